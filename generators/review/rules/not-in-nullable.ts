import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import type { ResolvedColumn, ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import { conjuncts } from "#schemas/languages/sql/walk-query.ts";
import { COMPARISONS, columnOf, expressionsOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const notInNullable: Rule = {
  id: "not-in-nullable",
  scope: "query",
  title: "NOT IN over a column that may be NULL",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    return expressionsOf(tree).flatMap((value) => {
      const isNotIn =
        value.kind === "subquery" && (value.test === "not in" || (value.test === "all" && value.operator === "<>"));
      if (!isNotIn || value.query.body.kind !== "block") return [];
      const { items, where } = value.query.body;
      const [item] = items;
      const column = columnOf(item?.value, resolved);
      if (!column?.nullable || conjuncts(where).some((term) => excludesNull(term, column, resolved))) return [];
      return [
        {
          message: `One NULL in ${column.column.name} and NOT IN lets no row pass`,
          help: "NOT EXISTS, or AND … IS NOT NULL in the subquery",
          objects: [column.column.id],
          at: value.at,
        },
      ];
    });
  },
};

/** A condition that no NULL passes: IS NOT NULL, or any comparison of the column itself. */
function excludesNull(term: Expression, { column, source }: ResolvedColumn, resolved: ResolvedQuery): boolean {
  const isIt = (side: Expression | undefined): boolean => {
    const found = columnOf(side, resolved);
    return found?.column === column && found.source === source;
  };
  if (term.kind === "null test") return term.negated && isIt(term.of);
  if (term.kind === "in") return isIt(term.of);
  return term.kind === "operation" && STRICT.has(term.operator) && term.operands.some(isIt);
}

const STRICT: ReadonlySet<string> = new Set(
  [...COMPARISONS, "like", "ilike", "between"].filter((one) => one !== "<=>"),
);
