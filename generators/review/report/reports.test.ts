import { describe, expect, it } from "vitest";
import type { Finding, Severity } from "#schemas/finding.ts";
import { actionReportExample, reviewViewSchema } from "#schemas/json/action-report.ts";
import { findingExample } from "#schemas/json/finding.ts";
import { reportSchema } from "#schemas/json/report.ts";
import type { Problem } from "#schemas/problem.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { NO_SYNTAX } from "../acts/read-syntax.ts";
import type { Review } from "../review.ts";
import { rules } from "../rules/registry.ts";
import { actionMarkdown } from "./action-markdown.ts";
import { codeFrame } from "./code-frame.ts";
import { fitParts } from "./fit-parts.ts";
import { githubAnnotations } from "./github-annotations.ts";
import { jsonReport } from "./json.ts";
import { markdownReport, viewMarkdown } from "./markdown.ts";
import { reviewView } from "./review-view.ts";
import { sarifReport } from "./sarif.ts";
import { textReport } from "./text.ts";

const sql = "ALTER TABLE sales.orders ALTER COLUMN status SET NOT NULL;";
const file: MigrationFile = {
  path: "migrations/0027_status.sql",
  text: `${sql}\n`,
  version: "0027",
  transaction: "file",
};
const span = { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 58 };

const finding = (facts: Partial<Finding> = {}): Finding => ({ ...findingExample, span, ...facts });

function review(findings: readonly Finding[], problems: readonly Problem[] = []): Review {
  const statement = { span, text: sql.slice(0, -1), index: 0, leadingComments: [], trailingComments: [] };
  const { measurement } = findingExample;
  return {
    files: [{ file, statements: [{ statement, outcome: "applied", touched: [], alone: false }] }],
    findings,
    problems,
    ignored: [],
    queries: [],
    judgedQueries: 0,
    changes: [],
    statements: [
      {
        file,
        statement,
        acts: [],
        alone: false,
        inTransaction: true,
        held: new Map(),
        hasLockTimeout: false,
        settings: new Map<string, string | null>(),
        syntax: NO_SYNTAX,
        isWrapped: true,
        notValidYet: new Set(),
        ...(measurement ? { measurement } : {}),
      },
    ],
    measured: { engine: { name: "PostgreSQL", version: "18.6" }, statements: 1 },
  };
}

describe("sarifReport", () => {
  const log = sarifReport({
    review: { findings: [finding(), finding({ rule: "drop-column", severity: "info", fingerprint: "b" })] },
    rules,
    toolVersion: "0.1.0",
  });
  const [run] = log.runs;

  it("is a SARIF 2.1.0 log with one run", () => {
    expect(log.version).toBe("2.1.0");
    expect(log.$schema).toContain("sarif-2.1.0");
    expect(run.tool.driver.name).toBe("QueryGenie");
  });

  it("lists the rules it uses, each result pointing at its own", () => {
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(["drop-column", "set-not-null"]);
  });

  it("gives each result a level, a text, a region that counts from 1 and a fingerprint", () => {
    const [first, second] = run.results;
    expect([first?.level, second?.level]).toEqual(["error", "note"]);
    expect(first?.message.text).toMatch(/\.$/);
    expect(first?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "migrations/0027_status.sql", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 58 },
    });
    expect(first?.partialFingerprints["querygenie/v1"]).toBe(findingExample.fingerprint);
  });
});

describe("githubAnnotations", () => {
  it.each<[Severity, string]>([
    ["error", "::error "],
    ["warning", "::warning "],
    ["info", "::notice "],
  ])("writes an %s as %s", (severity, start) => {
    expect(githubAnnotations([finding({ severity })]).startsWith(start)).toBe(true);
  });

  it("cannot be made to start another command", () => {
    const hostile = finding({
      message: "100 %\r\n::set-env name=PATH::x",
      span: { ...span, file: "a,b:c\n::error ::x.sql" },
    });
    const text = githubAnnotations([hostile]);
    expect(text.split("\n")).toHaveLength(2);
    expect(text).toContain("100 %25%0D%0A::set-env");
    expect(text).toContain("file=a%2Cb%3Ac%0A%3A%3Aerror %3A%3Ax.sql,");
  });
});

describe("jsonReport", () => {
  it("is what its published schema says", () => {
    const report = jsonReport({ review: review([finding()]), toolVersion: "0.1.0", database: "shop", changes: [] });
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(report.summary).toEqual({ error: 1, warning: 0, info: 0 });
  });
});

describe("markdownReport", () => {
  it("is one line when there is nothing to say", () => {
    const text = markdownReport(review([]), { footer: "docs follow on merge" });
    expect(text).toBe("QueryGenie · nothing to say: no changes · docs follow on merge\n");
  });

  it("escapes what a migration or an engine wrote", () => {
    const text = markdownReport(review([finding({ message: "<img src=x> | **bold** @everyone" })]));
    expect(text).not.toMatch(/(?<!\\)<img/);
    expect(text).not.toContain("**bold**");
    expect(text).not.toContain("@everyone");
  });

  it("shows what is said about queries, the worst first, with the text of the query", () => {
    const at = { file: "queries/a.sql", line: 3, column: 8, endLine: 3, endColumn: 9 };
    const asked: Review = {
      ...review([
        finding({ rule: "select-star", severity: "info", span: at, message: "reads `all` | columns" }),
        finding({ rule: "unknown-column", span: at, message: "no such column" }),
      ]),
      files: [],
      statements: [],
      judgedQueries: 2,
      queries: [
        { source: { kind: "file" }, origin: { file: at.file, line: 2, column: 1 }, sql: "select *\nfrom `x|y`" },
      ],
    };
    const text = markdownReport(asked);
    expect(text.split("\n")[0]).toBe("### QueryGenie · 1 error · 1 note · 2 queries");
    const [row = ""] = text.split("\n").filter((line) => line.startsWith("| ✖"));
    expect(row).toMatch(/^\| ✖ \| \*\*queries\/a\.sql:2\*\* /);
    expect(row).toContain("unknown-column: no such column.<br>select-star: reads \\`all\\` &#124; columns.");
    expect(row.replaceAll("\\|", "").split("|")).toHaveLength(5);
    expect(text).toContain("2 queries checked");
    expect(markdownReport({ ...asked, findings: [] })).toBe("QueryGenie · nothing to say: 2 queries checked\n");
  });

  it("has a model's words in place of the template's, and what they cost", () => {
    const worded = { ...review([finding()]), words: { text: "Two | steps.", by: "gemini/flash" } };
    const text = markdownReport(worded);
    expect(text).toContain("\nTwo &#124; steps. ✦\n");
    expect(text).toContain("✦ by gemini/flash, held to the findings");
    expect(text).not.toContain("**Does**");
    expect(textReport(worded)).toContain("Two | steps. ✦ gemini/flash");
    const call = { task: "summarise-review", provider: "gemini", model: "flash" };
    const usage = [{ ...call, calls: 2, failed: 1, inputTokens: 1200, outputTokens: 34, cost: 0.0021 }];
    const whole = actionMarkdown({ ...actionReportExample, usage }, { limit: 60_000 }) ?? "";
    expect(whole).toContain("<summary>Language models: 2 calls, 1,234 tokens</summary>");
    expect(whole).toContain("| `summarise-review` | `gemini/flash` | 2 (1 failed) | 1200 | 34 | $0.0021 |");
  });

  it("holds a diagram when it is given one", () => {
    const text = markdownReport(review([finding()]), { diagram: "erDiagram\n  orders {}" });
    expect(text).toContain("```mermaid\nerDiagram\n  orders {}\n```");
  });

  it("says the same from the plain data of a review that went through JSON", () => {
    const reviewed = review([finding()], [{ code: "QG201", severity: "error", message: "x", missingObject: true }]);
    const view = reviewViewSchema.parse(JSON.parse(JSON.stringify(reviewView(reviewed))));
    expect(viewMarkdown(view)).toBe(markdownReport(reviewed));
  });

  it("stays within GitHub's limit and says what it left out", () => {
    const many = Array.from({ length: 2_000 }, (_, index) => finding({ fingerprint: String(index) }));
    const text = markdownReport(review(many));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("Left out because a comment may not be longer: ");
    expect(text).toContain("2000 errors");
  });
});

describe("fitParts", () => {
  const parts = [
    { text: "title", name: "the title", isNeeded: true as const },
    { text: "a".repeat(400), name: "the table" },
    { text: "b".repeat(400), name: "the evidence" },
  ];
  it.each([
    [1000, true, true],
    [700, true, false],
    [300, false, false],
  ])("keeps in %i characters what comes first", (limit, hasTable, hasEvidence) => {
    const text = fitParts(parts, limit);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect([text.includes("aaa"), text.includes("bbb")]).toEqual([hasTable, hasEvidence]);
  });
});

describe("textReport", () => {
  it("says that nothing was found", () => {
    expect(textReport(review([]))).toBe(
      "nothing found in 1 file · no changes\n1 statement measured on embedded PostgreSQL 18.6 · table sizes unknown\n",
    );
  });
});

describe("codeFrame", () => {
  const at = (text: string, place: Partial<typeof span>): readonly string[] =>
    codeFrame({ ...file, text }, { ...span, ...place });

  it("marks a statement of one line", () => {
    expect(at("  DROP TABLE orders;", { column: 3, endColumn: 20 })).toEqual([
      "│ 1    DROP TABLE orders;",
      "│      ^^^^^^^^^^^^^^^^^",
    ]);
  });

  it("cuts a long statement and says so", () => {
    expect(at("a\nb\nc\nd\ne\nf", { endLine: 6, endColumn: 2 })).toEqual([
      "│ 1  a",
      "│ 2  b",
      "│ 3  c",
      "│ 4  d",
      "│    … 2 more",
    ]);
  });
});
