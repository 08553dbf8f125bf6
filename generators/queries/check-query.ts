import type { Parser } from "#schemas/languages/sql/postgres/parse.ts";
import { placeInStatement } from "#schemas/languages/sql/postgres/parse-problem.ts";
import { EngineError, type Engine } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import { guardQuery, type GuardVerdict } from "./guard.ts";

/**
 * The guard with the engine's judgement: lets pass one query that changes nothing and that the database can plan.
 * Nothing is run. Names that do not exist are told with the engine's hint and place (QG520). Throws `EngineError` when
 * the engine itself fails.
 */
export async function checkQuery(
  sql: string,
  { parser, engine, file = "query" }: { readonly parser: Parser; readonly engine: Engine; readonly file?: string },
): Promise<GuardVerdict> {
  const verdict = guardQuery(sql, parser, file);
  if (!verdict.ok) return verdict;
  // A plan for any values needs none of them.
  const prefix = verdict.parameters > 0 ? "explain (generic_plan) " : "explain ";
  try {
    if (verdict.parameters > 0) await engine.exec(prefix + verdict.text);
    else await engine.query(prefix + verdict.text);
    return verdict;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "sql") throw error;
    const offset = verdict.start + Math.max(0, (error.position ?? 1) - 1 - prefix.length);
    return { ok: false, problem: refused(error, { sql, offset, file }) };
  }
}

function refused(
  error: EngineError,
  { sql, offset, file }: { readonly sql: string; readonly offset: number; readonly file: string },
): Problem {
  const span = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    code: "QG520",
    severity: "error",
    message: `The database cannot plan the query: ${error.message}.`,
    help: error.hint ?? "Correct the names and types of the query.",
    origin: placeInStatement({ span, text: sql, index: 0 }, offset),
    ...(error.sqlstate === undefined ? {} : { sqlstate: error.sqlstate }),
  };
}
