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
      .map(({ query: one }) => one.orderBy.map(({ value }) => value))
      .flatMap((list) => {
        const places = list.flatMap((value) => (value.kind === "literal" && value.type === "number" ? [value] : []));
        const [first] = places;
        if (!first) return [];
        return [
          {
            message: `ORDER BY ${places.map(({ text }) => text).join(", ")} goes by the place of columns in the list`,
            help: "Name the column or its alias",
            objects: [],
            at: first.at,
          },
        ];
      });
  },
};
