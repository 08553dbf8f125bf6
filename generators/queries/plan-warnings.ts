import type { ObjectId } from "#schemas/object-id.ts";
import type { PlanNode } from "./plan.ts";

/** Rows of relations, by ObjectId: from the statistics of production where they are committed. */
export type RelationRows = Readonly<Record<ObjectId, number>>;

/** Below it, reading a whole table takes about as long as asking an index (10,000 rows are some hundred pages). */
export const LARGE_TABLE_ROWS = 10_000;

/** A pair of steps without a condition between them is remarked on from this many pairs of rows. */
const MANY_PAIRS = 100_000;

/**
 * What somebody should know before running a query on real data; in the plan's order, each once. `foundByIndex`: relations
 * that an index would be asked for if they were large, so that reading the few rows that are here tells nothing.
 */
export function planWarnings(
  plan: PlanNode,
  relationRows: RelationRows,
  foundByIndex: ReadonlySet<ObjectId> = new Set(),
): readonly string[] {
  const warnings = new Set<string>();
  const open = [plan];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const warning = scanWarning(node, relationRows, foundByIndex) ?? pairsWarning(node, relationRows);
    if (warning !== null) warnings.add(warning);
    open.push(...node.children.toReversed());
  }
  return [...warnings];
}

function scanWarning(
  { node, relation, conditions, rows }: PlanNode,
  relationRows: RelationRows,
  foundByIndex: ReadonlySet<ObjectId>,
): string | null {
  if (node !== "Seq Scan" || relation === undefined) return null;
  if (conditions.length > 0 && rows < LARGE_TABLE_ROWS && foundByIndex.has(relation)) return null;
  const all = Math.max(relationRows[relation] ?? 0, rows);
  if (all < LARGE_TABLE_ROWS) return null;
  const read = `Reads all of ${relation} (about ${count(all)} rows)`;
  return conditions.length === 0 ? `${read}.` : `${read} to keep those with ${conditions.join(" and ")}.`;
}

function pairsWarning({ node, conditions, children }: PlanNode, relationRows: RelationRows): string | null {
  const [outer, inner] = children;
  if (node !== "Nested Loop" || conditions.length > 0 || outer === undefined || inner === undefined) return null;
  // A condition may have become the inner side's own, as in an index scan for each outer row.
  if (hasCondition(inner)) return null;
  const pairs = size(outer, relationRows) * size(inner, relationRows);
  if (pairs < MANY_PAIRS) return null;
  return `Joins every row of one side with every row of the other (about ${count(pairs)} pairs): is a join condition missing?`;
}

const hasCondition = (node: PlanNode): boolean => node.conditions.length > 0 || node.children.some(hasCondition);

/** Rows a step gives; a scan without a condition gives all the relation's rows. */
function size(node: PlanNode, relationRows: RelationRows): number {
  const own = node.relation !== undefined && node.conditions.length === 0 ? (relationRows[node.relation] ?? 0) : 0;
  const [only, ...others] = node.children;
  const below = node.node === "Materialize" && only && others.length === 0 ? size(only, relationRows) : 0;
  return Math.max(node.rows, own, below);
}

const count = (rows: number): string => rows.toLocaleString("en", { maximumFractionDigits: 0 });
