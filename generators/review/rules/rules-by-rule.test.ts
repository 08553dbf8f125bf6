import { describe, expect, it } from "vitest";
import type { Finding } from "#schemas/finding.ts";
import type { Problem } from "#schemas/problem.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import { reviewedByRule } from "#test/support/review-by-rule.ts";
import { statisticsOf } from "#test/support/statistics-of.ts";
import { pageBlocks, pageFiles, pageQuery, type PageBlock } from "#test/support/rule-page.ts";
import { lintQueries } from "../lint-queries.ts";
import { lintModel } from "../lint-model.ts";
import type { Rule } from "../rule.ts";
import { rules } from "./registry.ts";

const byRule = ["mysql", "mssql"] as const;

interface Judged {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

async function findingsOf(rule: Rule, block: PageBlock): Promise<readonly Finding[]> {
  const { findings, problems } = await judged(rule, block);
  expect(problems.filter(({ severity }) => severity !== "info")).toEqual([]);
  expect(findings.every(({ evidence }) => evidence === "rule")).toBe(true);
  return findings;
}

async function judged(rule: Rule, block: PageBlock): Promise<Judged> {
  const { dialect, engineVersion } = block;
  const settings = { rules: [rule.id], ...(engineVersion === undefined ? {} : { engineVersion }) };
  const files = pageFiles(block);
  if (rule.scope === "query") {
    const setup = { ...block, sql: historyOf(rule, dialect) };
    const { model } = await readerOf(dialect).readModel(pageFiles(setup), settings);
    const statistics = block.isLarge ? { statistics: statisticsOf(model, { rows: 10_000_000 }) } : {};
    return lintQueries({ model, queries: [pageQuery(block)], ...statistics }, settings);
  }
  if (rule.scope === "schema") {
    const { model, problems } = await readerOf(dialect).readModel(files, settings);
    const idle = block.hasIdleIndexes ? { statistics: statisticsOf(model, { rows: 1000 }) } : {};
    return { findings: lintModel(model, { ...settings, ...idle }), problems };
  }
  return reviewedByRule({ dialect, history: historyOf(rule, dialect), files, settings });
}

const historyOf = (rule: Rule, dialect: PageBlock["dialect"]): string =>
  pageBlocks(rule.id)
    .filter((other) => other.role === "setup" && other.dialect === dialect)
    .map(({ sql }) => sql)
    .join(dialect === "mssql" ? "\nGO\n" : "\n");

const blocksOf = ({ id }: Rule): readonly PageBlock[] => pageBlocks(id).filter(({ dialect }) => dialect !== "postgres");
const shown = rules.filter((rule) => !rule.dialects.includes("postgres") || blocksOf(rule).length > 0);

describe.each(shown)("$id", (rule) => {
  const blocks = blocksOf(rule);

  it.each(blocks.filter(({ role }) => role === "bad"))("reports $sql", async (block) => {
    expect((await findingsOf(rule, block)).map((finding) => finding.rule)).toContain(rule.id);
  });

  it.each(blocks.filter(({ role }) => role === "good"))("is silent about $sql", async (block) => {
    expect(await findingsOf(rule, block)).toEqual([]);
  });

  it("shows bad and good SQL of each of its dialects", () => {
    const wanted = byRule.filter((one) => rule.dialects.includes(one));
    // Rules that PostgreSQL has too may show these dialects, and show both kinds of SQL then.
    const told = rule.dialects.includes("postgres") ? blocks.map(({ dialect }) => dialect) : wanted;
    for (const dialect of told) {
      const roles = blocks.filter((block) => block.dialect === dialect).map(({ role }) => role);
      expect(roles).toContain("bad");
      expect(roles).toContain("good");
    }
  });
});
