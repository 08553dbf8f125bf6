import { afterAll, beforeAll, expect, it } from "vitest";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { reviewOn } from "#test/support/review-case.ts";

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await startEngine({ cacheDir: testCacheDir });
});
afterAll(async () => {
  await engine.close();
});

const migration = (text: string): MigrationFile => ({
  path: "migrations/0002_change.sql",
  text,
  version: "0002",
  transaction: "file",
});
const history = [
  { ...migration("CREATE TABLE orders (id bigint PRIMARY KEY, status text);"), path: "migrations/0001_orders.sql" },
];

async function check(
  text: string,
  expected: { findings: readonly string[]; ignored: readonly string[]; problems: readonly string[] },
) {
  const settings = { severity: { "missing-lock-timeout": "off" as const } };
  const review = await reviewOn(engine, { history, files: [migration(text)], settings });
  expect({
    findings: review.findings.map(({ rule }) => rule),
    ignored: review.ignored.map(({ rule }) => rule),
    problems: review.problems.map(({ origin, message }) => `${origin?.line} ${message}`),
  }).toEqual(expected);
}

it("silences a rule by a comment above the statement", () =>
  check("-- querygenie-ignore drop-column -- nobody ever wrote it\nALTER TABLE orders DROP COLUMN status;", {
    findings: [],
    ignored: ["drop-column"],
    problems: [],
  }));

it("silences a rule by a comment on the same line", () =>
  check("ALTER TABLE orders DROP COLUMN status; -- querygenie-ignore drop-column -- nobody ever wrote it", {
    findings: [],
    ignored: ["drop-column"],
    problems: [],
  }));

it("silences only the rules that are named", () =>
  check(
    "-- querygenie-ignore set-not-null, update-without-where -- small\nUPDATE orders SET status = 'open';\nALTER TABLE orders ALTER status SET NOT NULL;",
    {
      findings: ["set-not-null"],
      ignored: ["update-without-where"],
      problems: ["1 The ignore comment for set-not-null silences nothing"],
    },
  ));

it("reports a comment that silences nothing, names an unknown rule, or none", () =>
  check(
    "-- querygenie-ignore drop-colum -- typing\nALTER TABLE orders ADD COLUMN note text;\n-- querygenie-ignore\nSELECT 1;",
    {
      findings: [],
      ignored: [],
      problems: [
        "1 The ignore comment names the rule drop-colum, which does not exist",
        "3 An ignore comment names no rule",
      ],
    },
  ));

it.each(["squawk-ignore ban-drop-column", "atlas:nolint DS103", "atlas:nolint destructive", "pgfence-ignore"])(
  "honours %s",
  (comment) =>
    check(`-- ${comment}\nALTER TABLE orders DROP COLUMN status;`, {
      findings: [],
      ignored: ["drop-column"],
      problems: [],
    }),
);

it("honours squawk's comment for a whole file", () =>
  check("-- squawk-ignore-file\nALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders DROP COLUMN status;", {
    findings: [],
    ignored: ["drop-column"],
    problems: [],
  }));

it("says nothing about another linter's comment that silences nothing here", () =>
  check("-- squawk-ignore prefer-robust-stmts\nALTER TABLE orders ADD COLUMN note text;", {
    findings: [],
    ignored: [],
    problems: [],
  }));
