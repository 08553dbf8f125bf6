import type { Engine } from "#schemas/ports.ts";
import { EngineError } from "#schemas/ports.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { readPlanted } from "./planted.ts";
import type { QuestionSet } from "./read-questions.ts";
import { seedRows } from "./seed-rows.ts";

/** How an answer compares with the right one on seeded rows. */
export interface Verdict {
  /** The same rows, whatever their order and number, on all seeds. */
  readonly sameRows: boolean;
  /** The same rows the same number of times, on all seeds. */
  readonly sameBag: boolean;
  /** Why it failed to run, if it did. */
  readonly error?: string;
}

const SEEDS = [11, 23, 47] as const;

/** Fills one schema a database and seed; the judge then compares queries on all seeds. */
export async function makeJudge(engine: Engine, set: QuestionSet) {
  const parser = await loadParser();
  for (const [db, { model, script }] of set.databases) {
    const queries = set.questions.filter((question) => question.db === db).map(({ sql }) => sql);
    const planted = readPlanted(model, queries, parser);
    for (const seed of SEEDS) {
      await engine.exec(`create schema "${db}_${seed}"; set search_path = "${db}_${seed}"`);
      await engine.exec(script);
      await engine.exec("set session_replication_role = replica");
      await engine.exec(seedRows(model, planted, seed));
      await engine.exec("set session_replication_role = origin");
    }
  }
  async function rows(db: string, seed: number, sql: string): Promise<string[][]> {
    await engine.exec(`set search_path = "${db}_${seed}"`);
    const result = await engine.query(sql, [], { rowMode: "array", timeoutMs: 20_000 });
    return result.rows.map((row) => Object.values(row).map(cell));
  }
  return {
    rows,
    /** True when the query gives a row on one of the seeds. */
    async gives(db: string, sql: string): Promise<boolean> {
      for (const seed of SEEDS) if ((await rows(db, seed, sql)).length > 0) return true;
      return false;
    },
    async compare(db: string, gold: string, answer: string): Promise<Verdict> {
      let sameBag = true;
      for (const seed of SEEDS) {
        const expected = await rows(db, seed, gold);
        try {
          const found = await rows(db, seed, answer);
          if (!sameSomehow(expected, found, (all) => [...new Set(all)].sort().join("\n"))) {
            return { sameRows: false, sameBag: false };
          }
          sameBag &&= sameSomehow(expected, found, (all) => all.toSorted().join("\n"));
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
          return { sameRows: false, sameBag: false, error: error.message };
        }
      }
      return { sameRows: true, sameBag };
    },
  };
}

const MOST_PERMUTED = 5;

/** True when some order of the answer's columns gives the expected rows. */
function sameSomehow(
  expected: readonly string[][],
  found: readonly string[][],
  print: (rows: readonly string[]) => string,
): boolean {
  const width = expected[0]?.length ?? found[0]?.length ?? 0;
  if ((found[0]?.length ?? width) !== width) return false;
  const wanted = print(expected.map((row) => row.join("\t")));
  const orders = width > MOST_PERMUTED ? [Array.from({ length: width }, (_, at) => at)] : permutations(width);
  return orders.some((order) => print(found.map((row) => order.map((at) => row[at]).join("\t"))) === wanted);
}

function permutations(width: number): number[][] {
  if (width === 0) return [[]];
  return permutations(width - 1).flatMap((order) =>
    Array.from({ length: width }, (_, at) => [...order.slice(0, at), width - 1, ...order.slice(at)]),
  );
}

/** Numbers are compared by value to nine digits: an average has as many as the type has. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "∅";
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /^-?\d+(?:\.\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(9))) : text;
}
