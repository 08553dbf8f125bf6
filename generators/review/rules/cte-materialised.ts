import type { QueryTree, SelectBlock } from "#schemas/languages/sql/query-tree.ts";
import { conjuncts } from "#schemas/languages/sql/walk-query.ts";
import { COMPARISONS, blocksOf, isConstant, sidesOf, sourcesOf, within } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const cteMaterialised: Rule = {
  id: "cte-materialised",
  scope: "query",
  title: "CTE that is worked out as a whole",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check(query, scene) {
    const { tree } = query;
    if (tree.kind === "other query") return [];
    return tree.with.flatMap((table) => {
      if (table.materialized === false || !couldBeNarrowed(table.query)) return [];
      const uses = usesOf(tree, table.name);
      const isKept = table.materialized === true || uses.length > 1 || scene.engineMajor < INLINES;
      // Only where every use says which of its rows it wants is anything lost.
      if (!isKept || uses.length === 0 || !uses.every((use) => isFiltered(use))) return [];
      const kept = uses.length > 1 ? "used twice" : `PostgreSQL ${scene.engineMajor}`;
      const why = table.materialized === true ? "MATERIALIZED" : kept;
      return [
        {
          message: `${table.name} is worked out as a whole (${why}) before the conditions on it are looked at`,
          help: scene.engineMajor < INLINES ? "Write it as a subquery" : "NOT MATERIALIZED lets the conditions into it",
          objects: query.resolved.relations.map(({ id }) => id),
          at: table.at,
        },
      ];
    });
  },
};

/** From this version on a CTE that is used once is part of the query. */
const INLINES = 12;

/** A plain SELECT: conditions on its columns could be moved into it. */
function couldBeNarrowed(query: QueryTree): boolean {
  if (query.kind !== "select" || query.limit || query.body.kind !== "block" || query.locking) return false;
  const { groupBy, distinct, items } = query.body;
  const isCalculated = items.some(({ value }) => within(value).some((part) => part.kind === "call"));
  return groupBy.length === 0 && distinct === false && !isCalculated && query.body.from.length > 0;
}

interface Use {
  readonly block: SelectBlock;
  readonly name: string;
}

function usesOf(tree: QueryTree, name: string): readonly Use[] {
  return blocksOf(tree).flatMap(({ block }) =>
    sourcesOf(block.from).flatMap((source) =>
      source.kind === "table" && source.schema === undefined && source.name === name
        ? [{ block, name: source.alias ?? name }]
        : [],
    ),
  );
}

/** A condition compares a column of it with a value. */
function isFiltered({ block, name }: Use): boolean {
  const isAlone = sourcesOf(block.from).length === 1;
  return conjuncts(block.where).some((term) =>
    sidesOf(term, COMPARISONS).some(
      ([side, other]) =>
        side.kind === "column" && isConstant(other) && (side.qualifier.at(-1) ?? (isAlone ? name : "")) === name,
    ),
  );
}
