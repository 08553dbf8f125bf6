import { describe, expect, test } from "vitest";
import type { Finding } from "#schemas/finding.ts";
import { fakeAi } from "#test/support/fake-ai.ts";
import { memoryStore } from "#test/support/memory-store.ts";
import { fakeProvider } from "#test/support/fake-provider.ts";
import { refuseSummary, summariseReview, type ReviewToSummarise } from "./summarise-review.ts";

const finding: Finding = {
  rule: "set-not-null",
  severity: "error",
  span: { file: "migrations/0042.sql", line: 3, column: 1, endLine: 3, endColumn: 60 },
  message: "SET NOT NULL on sales.orders.status reads 1,200,000 rows under a lock",
  objects: ["sales.orders.status"],
  evidence: "measured",
  fingerprint: "0123456789abcdef",
};

const review: ReviewToSummarise = {
  findings: [finding],
  changes: ["sales.orders.status: may no longer be NULL"],
  objects: ["sales.orders"],
  measurements: ["ACCESS EXCLUSIVE on sales.orders for 1.5 s"],
  dialect: "postgres",
  level: "schema",
  titleOf: (rule) => `What ${rule} finds`,
};

describe("a summary of a review", () => {
  test.each([
    [
      "says what was found",
      "sales.orders.status becomes NOT NULL; 1 error: a lock for 1.5 s.",
      ["0123456789abcdef"],
      "nothing is wrong",
    ],
    ["cites a finding that is not there", "One error.", ["ffff"], "there is no finding ffff"],
    ["names another table", "sales.invoices is locked.", [], "not an object of this review: sales.invoices"],
    ["invents a time", "The lock lasts 7 s.", [], "not measured or counted here: 7"],
    ["invents a share", "It reads 99 rows of sales.orders.", [], "not measured or counted here: 99"],
    ["mentions somebody", "Ask @dba first.", [], "a mention"],
    ["links somewhere", "See https://evil.example first.", [], "a link"],
  ] as const)("that %s", (_name, text, cites, wrong) => {
    const said = refuseSummary({ text, cites: [...cites] }, review);
    expect(said ?? "nothing is wrong").toContain(wrong);
  });

  test("is not there without a key, and after two answers that do not hold", async () => {
    expect(await summariseReview(fakeAi(), review)).toBe(null);
    const anthropic = fakeProvider("anthropic", { answer: { text: "It takes 7 s.", cites: [] } });
    expect(await summariseReview(fakeAi({ providers: { anthropic } }), review)).toBe(null);
    expect(anthropic.requests.length).toBe(2);
  });

  test("is paid for once, and asked for again when the review says something else", async () => {
    const anthropic = fakeProvider("anthropic", { answer: { text: "One column becomes required.", cites: [] } });
    const store = memoryStore();
    const ask = (given: ReviewToSummarise) =>
      summariseReview(fakeAi({ providers: { anthropic } }), { ...given, store });
    const words = { text: "One column becomes required.", by: expect.stringMatching(/^anthropic\//) };
    expect([await ask(review), await ask(review)]).toEqual([words, words]);
    expect(anthropic.requests.length).toBe(1);
    expect(await ask({ ...review, changes: [] })).toEqual(words);
    expect(anthropic.requests.length).toBe(2);
    expect(await ask({ ...review, changes: [], findings: [] }), "nothing to sum up").toBe(null);
  });

  test("tells the worst of very many findings, and how many there are", async () => {
    const anthropic = fakeProvider("anthropic", { answer: { text: "Of 3001 findings 1 is an error.", cites: [] } });
    const note = { ...finding, rule: "select-star", severity: "info" as const };
    const findings = [...Array.from({ length: 3000 }, (_, at) => ({ ...note, fingerprint: `n${at}` })), finding];
    const measurements = Array.from({ length: 3000 }, (_, at) => `L${at}: reads all of sales.orders`);
    const words = await summariseReview(fakeAi({ providers: { anthropic } }), { ...review, findings, measurements });
    expect(words?.text).toBe("Of 3001 findings 1 is an error.");
    const sent = JSON.stringify(anthropic.requests);
    expect(sent.length).toBeLessThan(20_000);
    expect(sent).toContain(finding.fingerprint);
    expect(sent).toContain("findings in all: 3001");
  });

  test("sends the title of a rule and never what it says about this schema", async () => {
    const anthropic = fakeProvider("anthropic", { answer: { text: "One column becomes required.", cites: [] } });
    await summariseReview(fakeAi({ providers: { anthropic } }), review);
    const sent = JSON.stringify(anthropic.requests);
    expect(sent).toContain("What set-not-null finds");
    expect(sent).not.toContain("1,200,000");
  });
});
