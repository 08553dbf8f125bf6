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
      .flatMap(({ block }) => block.groupBy)
      .flatMap((value) =>
        value.kind === "literal" && value.type === "number"
          ? [
              {
                message: `GROUP BY ${value.text} means whatever column stands there`,
                help: "Name the column or its alias",
                objects: [],
                at: value.at,
              },
            ]
          : [],
      );
  },
};
