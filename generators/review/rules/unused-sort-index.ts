import type { Table } from "#schemas/model.ts";
import type { PlanNode } from "../../queries/query-plan.ts";
import { countWords } from "../sizes.ts";
import type { Rule } from "../rule.ts";

export const unusedSortIndex: Rule = {
  id: "unused-sort-index",
  scope: "query",
  needs: "plan",
  title: "Sort that an index could spare",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check(query, scene) {
    if (!query.plan) return [];
    return resultSort(query.plan.root).flatMap(({ type, sortKey = [], children }) => {
      const [below] = children;
      const relation = below?.relation;
      if (!SORTS.has(type) || !below || relation === undefined || !scene.sizes.isLarge(relation)) return [];
      // Rows that are few after a condition are sorted in no time.
      if (below.rows < LEAST_ROWS || !below.type.endsWith("Scan")) return [];
      const columns = sortKey.map((key) => sortColumn(key, scene.index.table(relation)));
      if (columns.length === 0 || columns.includes(null)) return [];
      return [
        {
          message: `About ${countWords(below.rows)} rows of ${relation} are sorted by ${sortKey.join(", ")}`,
          help: `An index on ${relation} (${columns.join(", ")}) gives them in that order`,
          objects: [relation],
        },
      ];
    });
  },
};

const SORTS: ReadonlySet<string> = new Set(["Sort", "Incremental Sort"]);
const LEAST_ROWS = 10_000;

/** Nodes that pass rows on in the order in which they come. */
const PASSING: ReadonlySet<string> = new Set(["Limit", "LockRows", "Gather Merge", "Result"]);

/** The sort that gives the result its order; those for joins and groups are the planner's own choice. */
function resultSort(node: PlanNode): readonly PlanNode[] {
  if (SORTS.has(node.type)) return [node];
  const [only] = node.children;
  return PASSING.has(node.type) && only ? resultSort(only) : [];
}

/** A key of a sort as an index would have it, `created_at DESC`; null when it is no column of the table. */
function sortColumn(key: string, table: Table | undefined): string | null {
  const [name = "", ...how] = key.split(" ");
  const column = name.split(".").at(-1)?.replaceAll('"', "");
  const isColumn = table?.columns.some((one) => one.name === column) ?? false;
  return isColumn && column !== undefined ? [column, ...how].join(" ") : null;
}
