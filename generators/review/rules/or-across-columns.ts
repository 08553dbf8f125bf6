import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import type { ResolvedColumn, ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import { conjuncts } from "#schemas/languages/sql/walk-query.ts";
import {
  COMPARISONS,
  columnOf,
  conditionsOf,
  indexesBeginningWith,
  isConstant,
  sidesOf,
  testsIn,
} from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const orAcrossColumns: Rule = {
  id: "or-across-columns",
  scope: "query",
  title: "OR over different columns",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query) {
    const { resolved } = query;
    return conditionsOf(query.tree).flatMap((condition) =>
      conjuncts(condition).flatMap((term, at, terms) => {
        if (term.kind !== "or") return [];
        const others = terms.filter((_, place) => place !== at);
        // What is looked up by another condition is few rows: the OR then only filters them.
        if (others.some((other) => comparedColumns(other, resolved).some(isIndexed))) return [];
        const branches = term.terms.map((branch) => testsIn(branch).flatMap((test) => comparedColumns(test, resolved)));
        if (branches.some((columns) => columns.length === 0)) return [];
        const [first = [], ...rest] = branches;
        const isShared = first.some(({ column }) =>
          rest.every((columns) => columns.some((one) => one.column === column)),
        );
        const isServed = branches.every((columns) => columns.some(isIndexed));
        if (isShared || isServed) return [];
        const names = [...new Set(branches.flat().map(({ column }) => column.name))];
        return [
          {
            message: `OR over ${names.join(" and ")}: no one index serves it`,
            help: "UNION of two queries, or an index for each of the columns",
            objects: [...new Set(branches.flat().map(({ column }) => column.id))],
            at: term.at,
          },
        ];
      }),
    );
  },
};

/** Columns that a test compares with a value, such as one that an index could look up. */
function comparedColumns(test: Expression, resolved: ResolvedQuery): readonly ResolvedColumn[] {
  const sides =
    test.kind === "in" && test.list.every(isConstant)
      ? [test.of]
      : sidesOf(test, COMPARISONS).flatMap(([side, other]) => (isConstant(other) ? [side] : []));
  return sides.flatMap((side) => columnOf(side, resolved) ?? []);
}

const isIndexed = (column: ResolvedColumn): boolean => indexesBeginningWith(column).length > 0;
