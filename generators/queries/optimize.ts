import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import type { Parser } from "#schemas/languages/sql/postgres/parse.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { printSql } from "./print-sql.ts";
import { rewrites } from "./rewrites/rewrites.ts";

/** What `optimize` needs of a database; null for what it cannot tell. */
export interface OptimizePorts {
  /** All rows as text, or null when there are too many to compare, or the query fails. */
  readonly rows: (sql: string) => Promise<readonly (readonly string[])[] | null>;
  /** The planner's cost of the query. */
  readonly cost: (sql: string) => Promise<number | null>;
}

/** One way to make a query cheaper, proven before it is shown. */
export interface Suggestion {
  readonly kind: "rewrite" | "index" | "hint";
  readonly title: string;
  /** The query, or the statement that makes the index; absent from a hint. */
  readonly sql?: string;
  readonly costBefore?: number;
  readonly costAfter?: number;
}

export interface Optimized {
  readonly original: string;
  /** The cheapest query that gave the same rows; the original when none did. */
  readonly optimized: string;
  readonly suggestions: readonly Suggestion[];
  /** Share of the cost that the optimized query saves, 0 to 1, by the planner. */
  readonly estimatedImprovement: number;
  /** True when the optimized query gave the same rows on the data at hand. */
  readonly verified: boolean;
}

/** A plan must be this much cheaper to be worth a change. */
const LEAST_SAVING = 0.05;
/** From here on paging by OFFSET reads far more rows than it shows. */
const LARGE_OFFSET = 1000;

/**
 * Looks for cheaper ways to write a query. A rewrite is shown only when it gave the same rows on the data at hand and the
 * planner finds it cheaper. The query is one that has passed the guard.
 */
export async function optimize(
  sql: string,
  { model, parser, ports }: { readonly model: SchemaModel; readonly parser: Parser; readonly ports: OptimizePorts },
): Promise<Optimized> {
  const costBefore = await ports.cost(sql);
  const expected = await ports.rows(sql);
  const suggestions: Suggestion[] = [];
  let best = { sql, cost: costBefore ?? Infinity };
  for (const rewrite of rewrites) {
    const written = rewritten(sql, rewrite, { model, parser });
    if (written === null || costBefore === null) continue;
    if (expected === null) {
      if (await isCheaper(written, { costBefore, ports })) suggestions.push(unproven(rewrite.title));
      continue;
    }
    const found = await tryRewrite(written, { expected, costBefore, ports });
    if (found === null) continue;
    suggestions.push({ kind: "rewrite", title: rewrite.title, sql: written, costBefore, costAfter: found });
    if (found < best.cost) best = { sql: written, cost: found };
  }
  suggestions.push(...hints(sql, parser));
  const isBetter = best.sql !== sql && costBefore !== null && costBefore > 0;
  return {
    original: sql,
    optimized: best.sql,
    suggestions,
    estimatedImprovement: isBetter ? 1 - best.cost / costBefore : 0,
    verified: isBetter,
  };
}

function rewritten(
  sql: string,
  rewrite: (typeof rewrites)[number],
  { model, parser }: { readonly model: SchemaModel; readonly parser: Parser },
): string | null {
  // Each rewrite gets a tree of its own to change.
  const outcome = parser.parse(sql);
  const statement = outcome.ok ? outcome.tree.stmts?.[0]?.stmt : undefined;
  if (!statement || !("SelectStmt" in statement)) return null;
  const hidden = namesOfWith(statement);
  const read = { ...model, tables: model.tables.filter(({ name }) => !hidden.has(name)) };
  return rewrite.apply(statement.SelectStmt, read) ? printSql(statement) : null;
}

/** Names that WITH gives: they hide tables, whose keys and missing values say nothing of their rows. */
function namesOfWith(statement: Node): ReadonlySet<string> {
  const names = new Set<string>();
  walk(statement, { CommonTableExpr: ({ ctename }) => void names.add(ctename ?? "") });
  return names;
}

/** The cost of a rewrite that gives the same rows and is cheaper; null for any other. */
async function tryRewrite(
  sql: string,
  {
    expected,
    costBefore,
    ports,
  }: { readonly expected: readonly (readonly string[])[]; readonly costBefore: number; readonly ports: OptimizePorts },
): Promise<number | null> {
  const cost = await cheaperCost(sql, { costBefore, ports });
  if (cost === null) return null;
  const rows = await ports.rows(sql);
  return rows !== null && sameRows(expected, rows) ? cost : null;
}

interface Compared {
  readonly costBefore: number;
  readonly ports: OptimizePorts;
}

/** The cost of a query that is worth a change; null for any other. */
async function cheaperCost(sql: string, { costBefore, ports }: Compared): Promise<number | null> {
  const cost = await ports.cost(sql);
  return cost !== null && cost <= costBefore * (1 - LEAST_SAVING) ? cost : null;
}

const isCheaper = async (sql: string, compared: Compared): Promise<boolean> =>
  (await cheaperCost(sql, compared)) !== null;

/** A rewrite whose rows cannot be compared is told of and not shown. */
const unproven = (title: string): Suggestion => ({
  kind: "hint",
  title: `${title} It is cheaper by plan, but its rows could not be compared here: they are too many, or need values for $1.`,
});

function sameRows(a: readonly (readonly string[])[], b: readonly (readonly string[])[]): boolean {
  const print = (rows: readonly (readonly string[])[]): string =>
    rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join("\n");
  return a.length === b.length && print(a) === print(b);
}

/** What cannot be proven here because it changes how the query is asked. */
function hints(sql: string, parser: Parser): Suggestion[] {
  const outcome = parser.parse(sql);
  const statement = outcome.ok ? outcome.tree.stmts?.[0]?.stmt : undefined;
  const offset = statement && "SelectStmt" in statement ? statement.SelectStmt.limitOffset : undefined;
  const skipped = offset && "A_Const" in offset ? (offset.A_Const.ival?.ival ?? 0) : 0;
  if (skipped < LARGE_OFFSET) return [];
  const title = `OFFSET ${skipped} reads and throws away ${skipped} rows. Ask for the rows after the last one shown: WHERE (sort key) > (its value) ORDER BY sort key LIMIT n.`;
  return [{ kind: "hint", title }];
}
