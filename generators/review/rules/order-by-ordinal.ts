import { selectsOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const orderByOrdinal: Rule = {
  id: "order-by-ordinal",
  scope: "query",
  title: "ORDER BY a position",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query) {
    return selectsOf(query.tree)
      .flatMap(({ query: one }) => one.orderBy.map(({ value }) => value))
      .flatMap((value) =>
        value.kind === "literal" && value.type === "number"
          ? [
              {
                message: `ORDER BY ${value.text} means whatever column stands there`,
                help: "Name the column or its alias",
                objects: [],
                at: value.at,
              },
            ]
          : [],
      );
  },
};
