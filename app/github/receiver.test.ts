import { createServer, request as httpRequest } from "node:http";
import { describe, expect, test } from "vitest";
import { signedWebhook } from "#test/support/fake-github/fake-github.ts";
import { silentLog } from "../log.ts";
import type { Job } from "./job.ts";
import { webhookReceiver, type ReceiverOptions } from "./receiver.ts";

const SECRET = "a secret of the shop";
const payload = JSON.stringify({
  action: "opened",
  number: 3,
  installation: { id: 7 },
  repository: { name: "shöp", owner: { login: "outdoor" }, default_branch: "main" },
});

interface Sent {
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** Sends requests one after the other to a receiver; their statuses, words, and what was begun. */
async function sent(
  requests: readonly Sent[],
  options: Partial<ReceiverOptions> & { fails?: boolean; full?: boolean } = {},
) {
  const known = new Set<string>();
  const log: string[] = [];
  const begun: Job[] = [];
  const route = webhookReceiver({
    secrets: [SECRET],
    queue: {
      async accept(delivery, jobs) {
        if (known.has(delivery)) return "duplicate";
        if (options.full === true) return "full";
        await new Promise((resolve) => setImmediate(resolve));
        if (options.fails === true) throw new Error("disk full");
        known.add(delivery);
        begun.push(...jobs);
        log.push(`written ${delivery}`);
        return "accepted";
      },
    },
    log: silentLog,
    count: (result) => log.push(result),
    ...options,
  });
  const server = createServer((incoming, outgoing) => void route.answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const answers: string[] = [];
  for (const {
    body = payload,
    headers = signedWebhook("pull_request", payload, SECRET),
    method = "POST",
  } of requests) {
    answers.push(
      await new Promise<string>((resolve, reject) => {
        const asked = httpRequest({ port, host: "127.0.0.1", method, headers, agent: false }, (answer) => {
          let text = "";
          answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
          answer.on("end", () => resolve(`${answer.statusCode} ${text.trim()}`));
        });
        asked.on("error", reject);
        asked.end(method === "GET" ? undefined : body);
      }),
    );
  }
  await new Promise((resolve) => server.close(resolve));
  return { answers, log, begun };
}

test("acknowledges a delivery when it is written down, and begins it then", async () => {
  const { answers, log, begun } = await sent([{}]);
  const delivery = "72d3162e-cc78-11e3-81ab-4c9367dc0958";
  expect(answers).toEqual(["202 accepted"]);
  expect(log).toEqual([`written ${delivery}`, "accepted"]);
  expect(begun[0]).toMatchObject({ kind: "pull-request", installation: 7, repo: "shöp", number: 3 });
});

test("takes a delivery once", async () => {
  expect((await sent([{}, {}])).answers).toEqual(["202 accepted", "202 duplicate"]);
});

test("takes it again when it could not be written down", async () => {
  const { answers, begun } = await sent([{}, {}], { fails: true });
  expect(answers).toEqual(["500 not written", "500 not written"]);
  expect(begun).toEqual([]);
});

test("takes the secret before while it is being replaced", async () => {
  const headers = signedWebhook("pull_request", payload, "the secret before");
  expect((await sent([{ headers }], { secrets: [SECRET, "the secret before"] })).answers).toEqual(["202 accepted"]);
  expect((await sent([{ headers }])).answers).toEqual(["401 forged"]);
});

describe("refuses", () => {
  const signed = signedWebhook("pull_request", payload, SECRET);
  const { "x-hub-signature-256": signature = "", ...unsigned } = signed;
  test.each([
    ["no signature", { headers: unsigned }, "401 forged"],
    ["another's signature", { headers: signedWebhook("pull_request", payload, "another secret") }, "401 forged"],
    ["a signature of another body", { body: payload.replace("3", "4") }, "401 forged"],
    [
      "a body whose spaces were changed on the way",
      { body: JSON.stringify(JSON.parse(payload), null, 1) },
      "401 forged",
    ],
    ["the old kind of signature", { headers: { ...unsigned, "x-hub-signature": "sha1=x" } }, "401 forged"],
    [
      "a signature in capitals",
      { headers: { ...signed, "x-hub-signature-256": signature.toUpperCase() } },
      "401 forged",
    ],
    ["an empty signature", { headers: { ...signed, "x-hub-signature-256": "sha256=" } }, "401 forged"],
    ["no delivery's name", { headers: { ...signed, "x-github-delivery": "" } }, "400 malformed"],
    ["a delivery's name that is none", { headers: { ...signed, "x-github-delivery": "a b" } }, "400 malformed"],
    ["what is no JSON", { body: "{", headers: signedWebhook("pull_request", "{", SECRET) }, "400 malformed"],
    ["another form", { body: "{}", headers: signedWebhook("pull_request", "{}", SECRET) }, "400 malformed"],
    ["to be read", { method: "GET" }, "405 malformed"],
  ] as const)("%s", async (_what, request, answer) => {
    const { answers, begun } = await sent([request]);
    expect([answers, begun]).toEqual([[answer], []]);
  });

  test("a body that is larger than any", async () => {
    const body = Buffer.alloc(26 * 1024 * 1024, 32);
    await expect(sent([{ body }]).then(({ answers }) => answers[0])).resolves.toBe("413 too large");
  });

  test("everything while the queue is full, so that GitHub shows it as failed", async () => {
    expect((await sent([{}], { full: true })).answers).toEqual(["503 queue full"]);
  });
});

test("thanks for events that mean nothing here", async () => {
  const { answers, begun } = await sent([{ headers: signedWebhook("star", payload, SECRET) }]);
  expect([answers, begun]).toEqual([["202 ignored"], []]);
});

test("writes down who has installed the App before it acknowledges, and acknowledges nothing that it could not write", async () => {
  const body = JSON.stringify({ action: "suspend", installation: { id: 7, account: { login: "outdoor" } } });
  const delivery = { body, headers: signedWebhook("installation", body, SECRET) };
  const learned: string[] = [];
  const installations = { learn: async (event: string) => void learned.push(event) };
  expect((await sent([delivery], { installations })).answers).toMatchObject([expect.stringMatching(/^202/)]);
  expect(learned).toEqual(["installation"]);
  const failing = { learn: () => Promise.reject(new Error("the store is gone")) };
  expect((await sent([delivery], { installations: failing })).answers).toMatchObject([expect.stringMatching(/^500/)]);
  // What is forged teaches nothing.
  await sent([{ ...delivery, headers: { ...delivery.headers, "x-hub-signature-256": "sha256=00" } }], {
    installations,
  });
  expect(learned).toHaveLength(1);
});
