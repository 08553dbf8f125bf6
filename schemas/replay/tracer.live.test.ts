/** The tracer against what a real PostgreSQL 18 says of the same statements in `pg_locks` and its catalog. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "pg";
import { rules } from "#generators/review/rules/registry.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { pageBlocks } from "#test/support/rule-page.ts";
import type { Measurement } from "../finding.ts";
import { loadParser, type Parser } from "../languages/sql/postgres/parse.ts";
import { splitStatements } from "../languages/sql/postgres/split.ts";
import type { MigrationFile } from "../source.ts";
import { emptyEngine } from "./empty-engine.ts";
import { HARNESS_SCHEMA } from "./harness.ts";
import { startEngine, type EmbeddedEngine } from "./pglite-engine.ts";
import { replay } from "./replay.ts";
import { readTraits } from "./statement-traits.ts";
import { createTracer } from "./tracer.ts";

/** What a statement did to relations that were there before, as texts. */
interface Seen {
  readonly locks: readonly string[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
}

const seenOf = ({ locks, rewrites, scans }: Measurement): Seen => ({
  locks: locks.map(({ relation, mode }) => `${relation}:${mode}`).sort(),
  rewrites: rewrites.toSorted(),
  scans: scans.toSorted(),
});

const { title, isMissing } = await postgresCase("npm");

describe.skipIf(isMissing)(`the tracer beside PostgreSQL ${title}`, { timeout: 120_000 }, () => {
  let server: PostgresServer;
  let engine: EmbeddedEngine;
  let parser: Parser;
  beforeAll(async () => {
    parser = await loadParser();
    server = await startPostgres({ settings: ["-c", "timezone=UTC", "-c", "fsync=off"] });
    engine = await startEngine({ cacheDir: testCacheDir });
  }, 120_000);
  afterAll(async () => {
    await engine.close();
    await server.close();
  });

  it("sees the same locks, rewrites and scans in the SQL of the rules' pages", async () => {
    const compared = new Comparison();
    for (const { id, dialects, scope } of rules) {
      if (!dialects.includes("postgres") || scope !== "statement") continue;
      const blocks = pageBlocks(id).filter(({ dialect }) => dialect === "postgres");
      const textOf = (role: "setup"): string =>
        blocks
          .filter((block) => block.role === role)
          .map(({ sql }) => sql)
          .join("\n");
      await emptyEngine(engine);
      await emptyServer(server.client);
      await engine.exec(textOf("setup"));
      await server.client.query(textOf("setup"));
      for (const { sql } of blocks.filter(({ role }) => role === "bad" || role === "good")) {
        await compared.inOneTransaction(id, statementsOf(id, sql), { engine, client: server.client });
      }
    }
    expect(compared.differences).toEqual([]);
    expect(compared.count).toBeGreaterThan(200);
  });

  it.skipIf(!hasCorpus)("sees the same in the last migrations of coder", async () => {
    const folder = join(corpusFolder, "coder/coderd/database/migrations");
    const files = globSync("*.up.sql", { cwd: folder })
      .sort()
      .map((path): MigrationFile => {
        const text = readFileSync(join(folder, path), "utf8");
        return { path, text, version: path.slice(0, 6), transaction: "file" };
      });
    const last = files.slice(-CODER_FILES);
    await engine.close();
    const replayed = await replay(files, { cacheDir: testCacheDir, measure: new Set(last.map(({ path }) => path)) });
    ({ engine } = replayed);
    await emptyServer(server.client);
    const compared = new Comparison();
    const refused: string[] = [];
    for (const file of files) {
      const measured = replayed.statements.filter(({ statement }) => statement.span.file === file.path);
      await server.client.query("begin");
      const watch = last.includes(file) ? await watchServer(server.client) : null;
      for (const { statement, outcome, measurement } of measured) {
        const name = `${file.path}:${statement.span.line}`;
        if (outcome === "failed" || outcome === "stubbed") continue;
        const { failure, seen } = await runOnServer(server.client, statement.text, watch);
        if (failure !== null) refused.push(`${name} ${failure}`);
        else if (measurement && seen) compared.add(name, seenOf(measurement), seen);
      }
      await server.client.query("commit");
    }
    expect(refused).toEqual([]);
    expect(compared.differences).toEqual([]);
    expect(compared.count).toBeGreaterThan(100);
  });

  function statementsOf(id: string, sql: string): readonly string[] {
    const { statements } = splitStatements({ path: `${id}.md`, text: sql });
    return statements
      .map(({ text }) => text)
      .filter((text) => {
        const { alone, control, failure } = readTraits(text, parser);
        return !alone && control === null && failure === undefined;
      });
  }
});

const CODER_FILES = 160;

/** What both databases saw, and where they disagree. */
class Comparison {
  count = 0;
  readonly differences: { readonly name: string; readonly ours: Seen | string; readonly theirs: Seen | string }[] = [];

  add(name: string, ours: Seen | string, theirs: Seen | string): void {
    this.count++;
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) this.differences.push({ name, ours, theirs });
  }

  /** Runs statements after one another in a transaction of each database that is rolled back. */
  async inOneTransaction(
    name: string,
    statements: readonly string[],
    { engine, client }: { readonly engine: EmbeddedEngine; readonly client: Client },
  ): Promise<void> {
    const tracer = createTracer(engine);
    await engine.exec("reset all; begin");
    await client.query("reset all; set timezone = 'UTC'; begin");
    const existing = await tracer.existing();
    const watch = await watchServer(client);
    for (const sql of statements) {
      const { result, measurement } = await tracer.trace(sql, existing);
      const { failure, seen } = await runOnServer(client, sql, watch);
      const ours = measurement ? seenOf(measurement) : (result.error?.sqlstate ?? "nothing");
      this.add(`${name}: ${sql}`, ours, seen ?? failure ?? "nothing");
    }
    await engine.exec("rollback");
    await client.query("rollback");
  }
}

/** A transaction's view of a server: what was there when it began. */
type ServerWatch = (run: () => Promise<void>) => Promise<Seen>;

interface Relation {
  readonly name: string;
  readonly node: string;
  readonly scans: number;
}

async function watchServer(client: Client): Promise<ServerWatch> {
  const relations = async (): Promise<Map<string, Relation>> => {
    const { rows } = await client.query<Relation & { oid: string }>(RELATIONS);
    return new Map(rows.map(({ oid, ...relation }) => [oid, relation]));
  };
  const locks = async (): Promise<readonly { oid: string; mode: string }[]> =>
    (await client.query<{ oid: string; mode: string }>(LOCKS)).rows;
  const existing = await relations();
  return async (run) => {
    const before = await relations();
    const held = new Set((await locks()).map(({ oid, mode }) => oid + mode));
    await run();
    const after = await relations();
    const changed = (isSo: (then: Relation, now: Relation) => boolean): readonly string[] =>
      [...after].flatMap(([oid, now]) => {
        const [first, then] = [existing.get(oid), before.get(oid)];
        return first && then && isSo(then, now) ? [first.name] : [];
      });
    return {
      locks: (await locks())
        .flatMap(({ oid, mode }) => {
          const relation = existing.get(oid);
          return relation && !held.has(oid + mode) ? [`${relation.name}:${mode}`] : [];
        })
        .sort(),
      rewrites: changed((then, now) => then.node !== now.node).toSorted(),
      scans: changed((then, now) => now.scans > then.scans).toSorted(),
    };
  };
}

/** Runs a statement behind a savepoint; its error code when the server refuses it. */
async function runOnServer(
  client: Client,
  sql: string,
  watch: ServerWatch | null,
): Promise<{ readonly failure: string | null; readonly seen?: Seen }> {
  await client.query("savepoint one");
  try {
    if (watch) return { failure: null, seen: await watch(async () => void (await client.query(sql))) };
    await client.query(sql);
    return { failure: null };
  } catch (error) {
    await client.query("rollback to savepoint one");
    return { failure: codeOf(error) };
  } finally {
    await client.query("release savepoint one");
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}

const RELATIONS = `select c.oid::text as oid, format('%s.%s', n.nspname, c.relname) as name, c.relfilenode::text as node,
    coalesce(s.seq_scan, 0)::int as scans
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_stat_xact_all_tables s on s.relid = c.oid
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'm', 'p')`;

const LOCKS = `select relation::text as oid, mode from pg_locks where locktype = 'relation' and pid = pg_backend_pid()`;

async function emptyServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ sql: string }>(
    `select format('drop extension %I cascade', extname) as sql from pg_extension where extname <> 'plpgsql'
     union all select format('drop event trigger %I', evtname) from pg_event_trigger
     union all select format('drop publication %I', pubname) from pg_publication
     union all select format('drop schema %I cascade', nspname) from pg_namespace
      where nspname !~ '^pg_' and nspname not in ('information_schema', '${HARNESS_SCHEMA}')`,
  );
  await client.query("reset all");
  for (const { sql } of rows) await client.query(sql);
  await client.query("create schema public");
}
