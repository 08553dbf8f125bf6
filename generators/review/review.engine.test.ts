import { existsSync, globSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "#schemas/finding.ts";
import { statisticsSchema } from "#schemas/json/statistics.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { measureMigrations } from "#schemas/replay/measure-migrations.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopFiles, shopFolder, shopPending } from "#test/support/shop.ts";
import { readSavedQuery, savedQuery } from "../queries/saved-query.ts";
import { markdownReport } from "./report/markdown.ts";
import { textReport } from "./report/text.ts";
import { reviewMigrations, type Review } from "./review.ts";

const coder = fileURLToPath(new URL("../../../shared/corpus/coder/coderd/database/migrations", import.meta.url));

describe("the shop's pending migration", () => {
  let engine: EmbeddedEngine;
  let review: Review;
  beforeAll(async () => {
    const measured = await measureMigrations(shopFiles(), [shopPending()], { cacheDir: testCacheDir });
    ({ engine } = measured);
    const parser = await loadParser();
    const queries = readdirSync(join(shopFolder, "queries")).flatMap((name) => {
      const text = readFileSync(join(shopFolder, "queries", name), "utf8");
      const { value } = readSavedQuery({ path: `queries/${name}`, text }, measured.base, parser);
      return value ? [savedQuery(value)] : [];
    });
    const statistics = statisticsSchema.parse(
      JSON.parse(readFileSync(join(shopFolder, ".querygenie/stats/production.json"), "utf8")),
    );
    review = await reviewMigrations({ ...measured, queries, statistics, settings: { engineVersion: "16" } });
  });
  afterAll(async () => {
    await engine.close();
  });

  const rulesAt = (line: number): readonly string[] =>
    review.findings.filter(({ span }) => span.line === line).map(({ rule }) => rule);

  it.each([
    [4, ["update-without-where"]],
    [5, ["set-not-null", "missing-lock-timeout"]],
    [8, ["drop-trigger"]],
    [11, ["drop-column", "query-breaks", "query-breaks"]],
    [14, ["add-column-volatile-default", "merge-alter-table"]],
    [15, ["create-index-not-concurrent"]],
    [18, ["create-index-not-concurrent"]],
    [21, ["add-foreign-key-blocking", "statement-after-access-exclusive"]],
    [28, ["rename-column", "query-breaks", "wide-lock-window"]],
    [31, ["change-column-type"]],
  ])("reports what line %i does", (line, rules) => {
    expect(rulesAt(line)).toEqual(rules);
  });

  it("is silent about the wider reference and the new table", () => {
    expect([25, 34, 42, 44].flatMap(rulesAt)).toEqual([]);
  });

  it("names the queries that break, with PostgreSQL's own hint", () => {
    const broken = review.findings.filter(({ rule }) => rule === "query-breaks");
    expect(broken.map(({ message, help }) => [message, help])).toEqual([
      [
        "Breaks the saved query queries/late-deliveries.sql:7: column o.state does not exist",
        'Perhaps you meant to reference the column "o.status".',
      ],
      [
        "Breaks the saved query queries/open-orders.sql:6: column o.state does not exist",
        'Perhaps you meant to reference the column "o.status".',
      ],
      ["Breaks the saved query queries/payment-delay.sql:7: column p.captured_at does not exist", undefined],
    ]);
  });

  it("offers safe forms that were run, none of which reads or rewrites under a lock that stops writes", () => {
    const rewritten = review.findings.filter(({ rewrite }) => rewrite !== undefined);
    expect(rewritten.map(({ span }) => span.line)).toEqual([5, 14, 15, 18, 21]);
    for (const { rewrite } of rewritten) {
      for (const { measured } of rewrite?.steps ?? []) {
        expect(measured?.rewrites).toEqual([]);
        const strong = measured?.locks.filter(({ mode }) =>
          /^(?:Share|ShareRowExclusive|AccessExclusive)Lock$/.test(mode),
        );
        expect(strong?.some(({ relation }) => measured?.scans.includes(relation))).toBe(false);
      }
    }
  });

  it("reads as a text", async () => {
    await expect(textReport(review)).toMatchFileSnapshot("__fixtures__/shop-pending.txt");
  });

  it("reads as a pull-request comment", async () => {
    await expect(markdownReport(review)).toMatchFileSnapshot("__fixtures__/shop-pending.md");
  });

  it("gives each finding a name of its own", () => {
    const names = review.findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.skipIf(!existsSync(coder))("the last 160 migrations of coder", () => {
  const COUNT = 160;
  const WINDOW = 20;
  /** Rules whose findings a scan of the table must bear out, and those that a rewrite must. */
  const SCANS = new Set([
    "add-constraint-without-not-valid",
    "add-foreign-key-blocking",
    "add-unique-constraint-blocking",
    "create-index-not-concurrent",
    "set-not-null",
  ]);
  const REWRITES = new Set(["add-column-rewrite", "add-column-volatile-default", "rewrite-under-lock"]);

  it("finds what was measured and nothing else", async () => {
    const paths = globSync("*.up.sql", { cwd: coder }).sort();
    const files = paths.map((path): MigrationFile => {
      const text = readFileSync(join(coder, path), "utf8");
      return { path, text, version: path.slice(0, 6), transaction: "file" };
    });
    const start = files.length - COUNT;
    const before = await replay(files.slice(0, start), { cacheDir: testCacheDir });
    const { engine } = before;
    try {
      let base = (await readReplayed(before, start)).model;
      const findings: Finding[] = [];
      const unexplained: string[] = [];
      for (let at = start; at < files.length; at += WINDOW) {
        const part = files.slice(at, at + WINDOW);
        await engine.exec("reset all");
        const live = await replay(part, { on: engine, measure: new Set(part.map(({ path }) => path)) });
        const head = (await readReplayed(live, part.length)).model;
        const reviewed = part.map((file) => ({
          file,
          statements: live.statements.filter(({ statement }) => statement.span.file === file.path),
        }));
        const review = await reviewMigrations({ base, head, files: reviewed, queries: [], engine: null });
        findings.push(...review.findings);
        unexplained.push(...unexplainedRewrites(review));
        base = head;
      }
      expect(findings.length).toBeGreaterThan(100);
      expect(findings.filter(({ rule }) => SCANS.has(rule)).length).toBeGreaterThan(10);
      const disagreeing = findings.filter(
        ({ rule, measurement }) =>
          (SCANS.has(rule) && !measurement?.scans.length) || (REWRITES.has(rule) && !measurement?.rewrites.length),
      );
      expect(disagreeing).toEqual([]);
      expect(unexplained).toEqual([]);
    } finally {
      await engine.close();
    }
  });

  /** Statements that rewrote an old table and about which nothing is said. */
  function unexplainedRewrites(review: Review): readonly string[] {
    return review.statements
      .filter(({ measurement, statement }) => {
        if (!measurement || measurement.rewrites.length === 0) return false;
        return !review.findings.some(({ span, evidence }) => span === statement.span && evidence === "measured");
      })
      .map(({ file, statement }) => `${file.path}:${statement.span.line}`);
  }
});
