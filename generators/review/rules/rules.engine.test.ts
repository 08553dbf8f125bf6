import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding, Rewrite } from "#schemas/finding.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { walk } from "#schemas/languages/sql/postgres/ast.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { resolveQuery } from "#schemas/languages/sql/resolve-query.ts";
import { indexModel } from "#schemas/model-index.ts";
import { defaultLimits } from "#schemas/config/rule-limits.ts";
import { shopModel } from "#test/support/shop.ts";
import { readPlan } from "../../queries/read-plan.ts";
import { judgeQueries } from "../judge-queries.ts";
import { createSizes } from "../sizes.ts";
import { objectId } from "#schemas/object-id.ts";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { lintOn, lintQueryOn, reviewOn } from "#test/support/review-case.ts";
import { pageBlocks, pageFiles, pageQuery, type PageBlock } from "#test/support/rule-page.ts";
import type { Rule } from "../rule.ts";
import { rules } from "./registry.ts";

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await startEngine({ cacheDir: testCacheDir, extensions: ["pg_trgm", "pg_buffercache"] });
});
afterAll(async () => {
  await engine.close();
});

/** What one rule says about a block of its own page. */
async function findingsOf(rule: Rule, block: PageBlock): Promise<readonly Finding[]> {
  const key = JSON.stringify([rule.id, block]);
  const found = known.get(key) ?? (await findingsOn(rule, block));
  known.set(key, found);
  return found;
}

/** A bad block is asked for twice: for what it shows and for its safe form. */
const known = new Map<string, readonly Finding[]>();

async function findingsOn(rule: Rule, block: PageBlock): Promise<readonly Finding[]> {
  const blocks = pageBlocks(rule.id).filter(({ dialect }) => dialect === "postgres");
  const { engineVersion } = block;
  const settings = { rules: [rule.id], ...(engineVersion === undefined ? {} : { engineVersion }) };
  const files = pageFiles(block);
  if (rule.scope === "schema") return lintOn(engine, files, settings, block);
  const sql = (role: PageBlock["role"]): string =>
    blocks
      .filter((other) => other.role === role)
      .map(({ sql: text }) => text)
      .join("\n");
  const setup = {
    path: "migrations/0001_setup.sql",
    text: sql("setup"),
    version: "0001",
    transaction: "file" as const,
  };
  if (rule.scope === "query") {
    const statistics = block.isLarge ? { statistics: await largeTables(sql("setup")) } : {};
    if (block.recorded !== undefined) return recordedFindings(rule, block.recorded);
    const planner = block.runs ? { statistics: await settingsOf(sql("setup")) } : {};
    return lintQueryOn(engine, {
      files: [setup],
      queries: [pageQuery(block)],
      choice: settings,
      ...statistics,
      ...planner,
    });
  }
  const queries = sql("query") === "" ? [] : [{ path: "queries/saved.sql", text: sql("query") }];
  const review = await reviewOn(engine, { history: [setup], files, queries, settings });
  const problems = review.problems.filter(({ severity }) => severity !== "info").map(({ message }) => message);
  if (block.fails) expect(problems).not.toEqual([]);
  else expect(problems).toEqual([]);
  return review.findings;
}

/** Statistics in which every table that the page makes has ten million rows. */
async function largeTables(setup: string): Promise<Statistics> {
  const parser = await loadParser();
  const relations: Record<string, { rows: number; bytes: number }> = {};
  const outcome = parser.parse(setup);
  if (outcome.ok) {
    walk(outcome.tree, {
      CreateStmt({ relation }) {
        const id = objectId(relation?.schemaname ?? "public", relation?.relname ?? "");
        relations[id] = { rows: 10_000_000, bytes: 1_500_000_000 };
      },
    });
  }
  return { version: 1, connection: "production", takenAt: "2026-11-20", relations };
}

/** What the page's SET statements say, as the settings of a server. */
async function settingsOf(setup: string): Promise<Statistics> {
  const parser = await loadParser();
  const planner: Record<string, string> = {};
  const outcome = parser.parse(setup);
  if (outcome.ok) {
    walk(outcome.tree, {
      VariableSetStmt({ name = "", args = [] }) {
        const [value] = args;
        const constant = value && "A_Const" in value ? value.A_Const : {};
        planner[name] = constant.sval?.sval ?? String(constant.ival?.ival ?? constant.fval?.fval ?? "");
      },
    });
  }
  return { version: 1, connection: "production", takenAt: "2026-11-20", planner, relations: {} };
}

/** What a rule says of a plan that another server has made. */
function recordedFindings(rule: Rule, json: string): readonly Finding[] {
  const run = readPlan(json, "none");
  if (rule.scope !== "query" || !run) throw new Error(`${rule.id}.md has no plan to read`);
  const tree = { kind: "other query", at: 0, parts: [] } as const;
  const index = indexModel(shopModel());
  const source = { kind: "saved", id: "page", title: "page" } as const;
  const origin = { file: "queries/page.sql", line: 1, column: 1 };
  const resolved = resolveQuery(tree, { index, searchPath: [] });
  const query = { source, origin, sql: "select", tree, resolved, nameProblems: [], run };
  const scene = { index, sizes: createSizes(undefined, 1), engineMajor: 18, limits: defaultLimits, queries: [] };
  return judgeQueries({ queries: [query], rules: [rule], scene, severity: {} }).map(({ finding }) => finding);
}

/** Each step is a migration of its own; outside a transaction, as some of them must be. */
function safeForm({ steps }: Rewrite): PageBlock {
  return {
    role: "good",
    dialect: "postgres",
    sql: steps.map(({ sql }) => `${sql};\n`).join("-- next file\n"),
    isOutside: true,
  };
}

describe.each(rules.filter(({ dialects }) => dialects.includes("postgres")))("$id", (rule) => {
  const blocks = pageBlocks(rule.id).filter(({ dialect }) => dialect === "postgres");

  it.each(blocks.filter(({ role }) => role === "bad"))("reports $sql", async (block) => {
    const findings = await findingsOf(rule, block);
    expect(findings.map((finding) => finding.rule)).toContain(rule.id);
    for (const { rewrite } of findings) {
      expect(rewrite?.steps.every(({ measured }) => measured !== undefined) ?? true).toBe(true);
    }
  });

  it.each(blocks.filter(({ role }) => role === "bad"))("is silent about its own safe form of $sql", async (block) => {
    const again: Finding[] = [];
    for (const { rewrite } of await findingsOf(rule, block)) {
      if (rewrite) again.push(...(await findingsOf(rule, safeForm(rewrite))));
    }
    expect(again).toEqual([]);
  });

  it.each(blocks.filter(({ role }) => role === "good"))("is silent about $sql", async (block) => {
    expect(await findingsOf(rule, block)).toEqual([]);
  });
});
