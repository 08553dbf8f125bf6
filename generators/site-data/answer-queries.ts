import { EngineError, type Engine, type EngineResult } from "#schemas/ports.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { SavedQuery } from "../generator.ts";
import { jsonValue } from "./json-value.ts";
import type { SitePlan, SiteQuery, SiteRows, SiteSamples } from "./contract.ts";

/** What the fixtures answer: the rows of the site. */
export interface SiteAnswers {
  readonly queries: readonly SiteQuery[];
  readonly samples: SiteSamples;
}

/** A page shows no more; the playground runs the query again for the rest. */
const MOST_ROWS = 100;
const SAMPLE_ROWS = 5;
/** A saved query that takes longer on fixtures has no place on a page. */
const TIMEOUT_MS = 10_000;

/**
 * Runs the saved queries on an engine that holds the schema and the fixtures, and takes some rows of each table.
 * Everything runs in read-only transactions. A query that fails says why instead of an answer.
 */
export async function answerQueries(
  engine: Engine,
  model: SchemaModel,
  queries: readonly SavedQuery[],
): Promise<SiteAnswers> {
  const answered: SiteQuery[] = [];
  for (const query of queries)
    answered.push({ ...query, ...(await readOnly(engine, () => answer(engine, query.sql))) });
  const samples: Record<string, SiteRows> = {};
  for (const { id, partitionOf } of model.tables) {
    if (partitionOf) continue;
    const sample = await readOnly(engine, () => sampleOf(engine, id));
    if (sample && sample.rows.length > 0) samples[id] = sample;
  }
  return { queries: answered, samples };
}

async function readOnly<T>(engine: Engine, work: () => Promise<T>): Promise<T> {
  await engine.exec("begin read only");
  try {
    return await work();
  } finally {
    await engine.exec("rollback");
  }
}

async function answer(engine: Engine, sql: string): Promise<Pick<SiteQuery, "result" | "plan" | "failure">> {
  try {
    const plan = await planOf(engine, sql);
    const result = await engine.query(sql, [], { rowMode: "array", timeoutMs: TIMEOUT_MS });
    return { plan, result: rowsOf(result, MOST_ROWS) };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "sql") throw error;
    // PostgreSQL's state for a parameter that was not given a value or has no type of its own.
    const needsValue = error.sqlstate === "08P01" || error.sqlstate === "42P18";
    return {
      failure: needsValue ? "This query asks for a value; run it with one." : `PostgreSQL refuses it: ${error.message}`,
    };
  }
}

async function planOf(engine: Engine, sql: string): Promise<SitePlan> {
  const json = await engine.query(`explain (format json) ${sql}`, [], { rowMode: "array", timeoutMs: TIMEOUT_MS });
  const text = await engine.query(`explain ${sql}`, [], { rowMode: "array", timeoutMs: TIMEOUT_MS });
  const lines = text.rows.map((row) => String(Object.values(row)[0]));
  return { tree: Object.values(json.rows[0] ?? {})[0] ?? null, text: lines.join("\n"), warnings: [] };
}

/** Null for a table that cannot be read here, such as a foreign one. */
async function sampleOf(engine: Engine, table: string): Promise<SiteRows | null> {
  try {
    const counted = await engine.query(`select count(*)::int from ${table}`, [], { rowMode: "array" });
    const total = Number(Object.values(counted.rows[0] ?? {})[0] ?? 0);
    const result = await engine.query(`select * from ${table} limit ${SAMPLE_ROWS}`, [], { rowMode: "array" });
    return { ...rowsOf(result, SAMPLE_ROWS), rowCount: total };
  } catch (error) {
    if (error instanceof EngineError && error.code === "sql") return null;
    throw error;
  }
}

function rowsOf({ fields, rows }: EngineResult, most: number): SiteRows {
  return {
    columns: fields.map(({ name }) => ({ name })),
    rows: rows.slice(0, most).map((row) => Object.values(row).map((value, at) => jsonValue(value, fields[at]?.type))),
    rowCount: rows.length,
    truncated: rows.length > most,
  };
}
