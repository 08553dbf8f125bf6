import { blocksOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const groupByOrdinal: Rule = {
  id: "group-by-ordinal",
  scope: "query",
  title: "GROUP BY a position",
  group: "query",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "on",
  check(query) {
    return blocksOf(query.tree)
      .map(({ block }) => block.groupBy)
      .flatMap((list) => {
        const places = list.flatMap((value) => (value.kind === "literal" && value.type === "number" ? [value] : []));
        const [first] = places;
        if (!first) return [];
        return [
          {
            message: `GROUP BY ${places.map(({ text }) => text).join(", ")} goes by the place of columns in the list`,
            help: "Name the column or its alias",
            objects: [],
            at: first.at,
          },
        ];
      });
  },
};
