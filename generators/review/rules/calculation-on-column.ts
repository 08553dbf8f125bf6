import { ARITHMETIC, COMPARISONS, columnOf, inWords, isConstant, sidesOf, testsOf, within } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const calculationOnColumn: Rule = {
  id: "calculation-on-column",
  scope: "query",
  title: "Calculation on a column in a condition",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check(query) {
    return testsOf(query.tree).flatMap((test) =>
      sidesOf(test, COMPARISONS).flatMap(([side, other]) => {
        if (side.kind !== "operation" || !ARITHMETIC.has(side.operator) || !isConstant(other)) return [];
        const columns = within(side).flatMap((part) => columnOf(part, query.resolved) ?? []);
        if (columns.length === 0) return [];
        return [
          {
            message: `${inWords(side)} is worked out for every row before it is compared`,
            help: "Move the calculation to the other side: the column alone can be looked up",
            objects: columns.map(({ column }) => column.id),
            at: side.at,
          },
        ];
      }),
    );
  },
};
