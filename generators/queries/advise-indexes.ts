import type { ModelIndex } from "#schemas/model-index.ts";
import { idPart, type ObjectId } from "#schemas/object-id.ts";
import type { Table } from "#schemas/model.ts";
import type { ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import { scaledIndex, type PlanScale, type ScaledRelation } from "./plan-scale.ts";
import { indexCandidates, type IndexCandidate } from "./index-candidates.ts";
import { planQueries } from "./observe-queries.ts";
import type { PlanNode, QueryPlan } from "./query-plan.ts";
import type { ScaledEngine } from "./with-scale.ts";

/** An index that was made, planned with and rolled back, because it makes a query cheaper. */
export interface IndexAdvice {
  readonly table: ObjectId;
  /** As one would write it in a migration. */
  readonly sql: string;
  /** Key columns and expressions, as the index has them. */
  readonly keys: readonly string[];
  readonly include: readonly string[];
  readonly predicate?: string;
  /** The planner's units, of the whole query. */
  readonly costBefore: number;
  readonly costAfter: number;
  readonly planAfter: PlanNode;
  /** Estimated size in bytes. */
  readonly bytes: number;
  /** What every INSERT, and every UPDATE of one of its columns, does more. */
  readonly writes: string;
  /** Indexes of the table that this one makes needless, because it begins with their keys. */
  readonly redundant: readonly ObjectId[];
}

export interface AdviseInput {
  /** Holds the schema of `index`, as large as `scale` says: see `withScale`. */
  readonly scaled: ScaledEngine;
  readonly scale: PlanScale;
  readonly index: ModelIndex;
  /** With `$1` for parameters. */
  readonly sql: string;
  readonly resolved: ResolvedQuery;
  /** The plan without any new index, when it is known already. */
  readonly plan?: QueryPlan;
}

/** A query that costs less needs no index; dexter stops there too. */
const LEAST_COST = 100;
/** Share of the cost that an index must save. */
const LEAST_SAVING = 0.3;
/** An index that is hardly better than a smaller one is not worth its size. */
const NEARLY = 1.1;

/**
 * Indexes that make a query cheaper, the best for each table first. Each candidate (equality, range and order columns
 * together, expressions, partial, covering) is made on the empty table, planned with at the size it would have, and
 * rolled back. Empty when nothing is worth it.
 */
export async function adviseIndexes(input: AdviseInput): Promise<readonly IndexAdvice[]> {
  const { scaled, index, sql, resolved } = input;
  const plan = input.plan ?? (await planQueries(scaled, [sql]))[0];
  if (!plan || plan.root.totalCost < LEAST_COST) return [];
  const advice: IndexAdvice[] = [];
  for (const candidates of Map.groupBy(indexCandidates(resolved), ({ table }) => table.id).values()) {
    const tried: IndexAdvice[] = [];
    for (const candidate of candidates) {
      const found = await tryIndex(candidate, plan, input);
      if (found) tried.push(found);
    }
    const best = Math.min(...tried.map(({ costAfter }) => costAfter));
    const [chosen] = tried.filter(({ costAfter }) => costAfter <= best * NEARLY).toSorted((a, b) => a.bytes - b.bytes);
    const isWorthIt = chosen && chosen.costAfter <= plan.root.totalCost * (1 - LEAST_SAVING);
    if (isWorthIt) advice.push({ ...chosen, redundant: madeRedundant(chosen, index) });
  }
  return advice.toSorted((a, b) => a.costAfter - b.costAfter);
}

async function tryIndex(
  candidate: IndexCandidate,
  plan: QueryPlan,
  { scaled, scale, sql }: AdviseInput,
): Promise<IndexAdvice | null> {
  const { table } = candidate;
  const { engine } = scaled;
  const heap = scale.relations.find(({ schema, name }) => schema === table.schema && name === table.name);
  if (!heap) return null;
  // The build reads the whole table, which has pages without rows.
  await scaled.empty(heap);
  await engine.run("begin", { guarded: false });
  try {
    const { error } = await engine.run(createIndex(candidate, NAME), { guarded: true });
    if (error) return null;
    const size = sizeOf(candidate, heap);
    await scaled.rescale([{ ...heap, indexes: [...heap.indexes, size] }]);
    const [after] = await planQueries(scaled, [sql]);
    if (!after || !JSON.stringify(after.root.facts).concat(JSON.stringify(after.root)).includes(`"${NAME}"`))
      return null;
    return {
      table: table.id,
      sql: createIndex(candidate, null),
      keys: candidate.keys,
      include: candidate.include,
      ...(candidate.predicate === undefined ? {} : { predicate: candidate.predicate }),
      costBefore: plan.root.totalCost,
      costAfter: after.root.totalCost,
      planAfter: after.root,
      bytes: size.pages * PAGE,
      writes: writesOf(candidate),
      redundant: [],
    };
  } finally {
    await engine.run("rollback", { guarded: false });
    await scaled.rescale([heap]);
  }
}

const NAME = "_querygenie_candidate";
const PAGE = 8192;

function createIndex({ table, keys, include, predicate, method }: IndexCandidate, name: string | null): string {
  const using = method === "btree" ? "" : ` USING ${method}`;
  const on = `ON ${table.id}${using} (${keys.join(", ")})`;
  const tail = `${include.length > 0 ? ` INCLUDE (${include.map(idPart).join(", ")})` : ""}${predicate === undefined ? "" : ` WHERE ${predicate}`}`;
  return `CREATE INDEX ${name === null ? "CONCURRENTLY " : `${name} `}${on}${tail}`;
}

function sizeOf(candidate: IndexCandidate, heap: ScaledRelation) {
  const { keys, include, predicate, method, columns } = candidate;
  return scaledIndex(
    {
      name: NAME,
      method,
      keys: keys.map((_, at) => (columns[at] === undefined ? {} : { column: columns[at] })),
      include,
      ...(predicate === undefined ? {} : { predicate }),
    },
    { rows: heap.rows, columns: heap.columns },
  );
}

function writesOf({ table, columns, include, predicate }: IndexCandidate): string {
  const touched = [...new Set([...columns, ...include])].join(", ");
  const rows = predicate === undefined ? "" : ` of a row WHERE ${predicate}`;
  return `one entry more for each INSERT${rows} into ${table.id} and each UPDATE of ${touched}, which is then no HOT update`;
}

/** Plain indexes of the table whose keys the new one begins with. */
function madeRedundant({ table: id, keys, predicate }: IndexAdvice, index: ModelIndex): readonly ObjectId[] {
  const table: Table | undefined = index.table(id);
  if (!table || predicate !== undefined) return [];
  return table.indexes.flatMap((own) => {
    if (own.unique || own.primary || own.method !== "btree" || own.predicate !== undefined) return [];
    const names = own.keys.map(
      ({ column, descending }) => `${column === undefined ? "" : idPart(column)}${descending ? " DESC" : ""}`,
    );
    const isPrefix = names.length <= keys.length && names.every((name, at) => name !== "" && name === keys[at]);
    const isCovered = own.include.every((column) => keys.includes(idPart(column)));
    return isPrefix && isCovered ? [own.id] : [];
  });
}
