import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import { columnOf, expressionsOf, inWords } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const equalsNull: Rule = {
  id: "equals-null",
  scope: "query",
  title: "Comparison with NULL",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    return expressionsOf(query.tree).flatMap((value) => {
      if (value.kind !== "operation" || (value.operator !== "=" && value.operator !== "<>")) return [];
      const isNull = (side: Expression): boolean => side.kind === "literal" && side.type === "null";
      const other = value.operands.find((side) => !isNull(side));
      if (value.operands.length !== 2 || !value.operands.some(isNull) || !other) return [];
      const column = columnOf(other, query.resolved);
      return [
        {
          message: `${inWords(other)} ${value.operator} NULL is never true`,
          help: value.operator === "=" ? "Write IS NULL" : "Write IS NOT NULL",
          objects: column ? [column.column.id] : [],
          at: value.at,
        },
      ];
    });
  },
};
