import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding, Rewrite } from "#schemas/finding.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { walk } from "#schemas/languages/sql/postgres/ast.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { objectId } from "#schemas/object-id.ts";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { lintOn, lintQueryOn, reviewOn } from "#test/support/review-case.ts";
import { pageBlocks, pageFiles, type PageBlock } from "#test/support/rule-page.ts";
import type { Rule } from "../rule.ts";
import { rules } from "./registry.ts";

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await startEngine({ cacheDir: testCacheDir });
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
  if (rule.scope === "schema") return lintOn(engine, files, settings);
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
    return lintQueryOn(engine, { files: [setup], sql: block.sql, choice: settings, ...statistics });
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
