import { describe, expect, it } from "vitest";
import type { MigrationFile } from "#schemas/source.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import { migration, reviewedByRule } from "#test/support/review-by-rule.ts";
import { SHARED_CASES, type SharedCase } from "#test/support/shared-rule-cases.ts";
import { pageBlocks } from "#test/support/rule-page.ts";
import { lintModel } from "../lint-model.ts";
import { rules } from "../rules/registry.ts";

async function found({ rule, dialect, history = "" }: SharedCase, sql: string): Promise<readonly string[]> {
  const settings = { rules: [rule] };
  const scope = rules.find(({ id }) => id === rule)?.scope;
  if (scope === "schema") {
    const { model } = await readerOf(dialect).readModel([migration("0002", sql)], {});
    return lintModel(model, settings).map((finding) => finding.rule);
  }
  const { findings } = reviewedByRule({ dialect, history, files: [migration("0002", sql)], settings });
  return findings.map((finding) => finding.rule);
}

describe("rules of PostgreSQL that other dialects have too", () => {
  it.each(SHARED_CASES)("$rule reports, in $dialect: $bad", async (one) => {
    expect(await found(one, one.bad)).toContain(one.rule);
  });

  it.each(SHARED_CASES)("$rule is silent, in $dialect, about: $good", async (one) => {
    expect(await found(one, one.good)).toEqual([]);
  });

  /** Tried where they live: over files with down parts, transactions of the tool, and saved queries. */
  const elsewhere = new Set([
    "no-down-migration",
    "irreversible-migration",
    "commit-in-migration",
    "query-breaks",
    "edited-applied-migration",
    "out-of-order-migration",
  ]);

  it.each(["mysql", "mssql"] as const)("a file's place in the history counts in %s", (dialect) => {
    const file = migration("0002", "CREATE TABLE orders (id int PRIMARY KEY);");
    const told = (history: MigrationFile["history"]): readonly string[] =>
      reviewedByRule({ dialect, history: "", files: [{ ...file, ...(history && { history }) }] }).findings.map(
        ({ rule }) => rule,
      );
    expect(told({ kind: "edited" })).toContain("edited-applied-migration");
    expect(told({ kind: "out of order", before: "migrations/0009_later.sql" })).toContain("out-of-order-migration");
    expect(told(undefined)).toEqual(expect.not.arrayContaining(["edited-applied-migration", "out-of-order-migration"]));
  });

  it("are tried in each of their dialects", () => {
    const untried = rules.flatMap(({ id, dialects }) =>
      dialects
        .filter((dialect) => dialect !== "postgres" && !elsewhere.has(id))
        .filter((dialect) => !SHARED_CASES.some((one) => one.rule === id && one.dialect === dialect))
        .filter((dialect) => !pageBlocks(id).some((block) => block.role === "bad" && block.dialect === dialect))
        .map((dialect) => `${id} ${dialect}`),
    );
    expect(untried).toEqual([]);
  });
});
