import type { ObjectId } from "#schemas/object-id.ts";
import { parsePlan, relationsFoundByIndex, type PlanNode } from "#generators/queries/plan.ts";
import { planInWords } from "#generators/queries/plan-in-words.ts";
import { planWarnings, type RelationRows } from "#generators/queries/plan-warnings.ts";
import { queryInWords } from "#generators/queries/query-in-words.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { ReadSession } from "./connection.ts";
import { toQueryProblem, type Outcome } from "./query-failure.ts";
import { guard, planLines, planPrefix, type GuardedRequest, type QueryRequest, type RunContext } from "./run-query.ts";

export interface QueryPlan {
  readonly tree: PlanNode;
  /** The plan as `EXPLAIN` prints it. */
  readonly text: string;
  readonly warnings: readonly string[];
  /** What the query does, step by step; two spaces for each level of subqueries. */
  readonly words: readonly string[];
  /** The plan in words, in the order of the work. */
  readonly steps: readonly string[];
  /** The step that costs most, and its share of the whole cost. */
  readonly costliest: { readonly step: string; readonly share: number };
}

/**
 * Plans a query and does not run it. Without values for `$1` … the plan is the one for any values. `relationRows`:
 * sizes that the warnings go by when they are larger than what the database holds. Default: none.
 */
export async function explainQuery(
  request: Pick<QueryRequest, "sql" | "params">,
  context: RunContext & { readonly relationRows?: RelationRows | undefined },
): Promise<Outcome<QueryPlan>> {
  const guarded = await guard(request, { needsValues: false });
  if (!guarded.ok) return guarded;
  const { connection, limits, signal, caller, relationRows = {} } = context;
  const added = planPrefix(guarded.value, "json").length;
  try {
    const value = await connection.inTransaction(
      async (session) => {
        context.onTurn?.();
        const json = await planLines(session, guarded.value, "json");
        const lines = await planLines(session, guarded.value, "text");
        const tree = parsePlan(json.join("\n"));
        const words = await wordsOf(guarded.value.text);
        const text = lines.join("\n");
        const large = Object.keys(relationRows).length > 0 ? await foundByIndex(session, guarded.value) : undefined;
        return { tree, text, warnings: planWarnings(tree, relationRows, large), words, ...planInWords(tree) };
      },
      { signal, caller },
    );
    return { ok: true, value };
  } catch (error) {
    return { ok: false, problem: toQueryProblem(error, { ...guarded.value, added }, limits) };
  }
}

/** The relations that an index would be asked for if their rows here were as many as in production. */
async function foundByIndex(session: ReadSession, guarded: GuardedRequest): Promise<ReadonlySet<ObjectId>> {
  await session.read({ sql: "set local enable_seqscan = off", params: [], maxRows: 1 });
  return relationsFoundByIndex((await planLines(session, guarded, "json")).join("\n"));
}

async function wordsOf(sql: string): Promise<readonly string[]> {
  const outcome = (await loadParser()).parse(sql);
  const statement = outcome.ok ? outcome.tree.stmts?.[0]?.stmt : undefined;
  return statement ? queryInWords(statement).map(({ depth, text }) => `${"  ".repeat(depth)}${text}`) : [];
}
