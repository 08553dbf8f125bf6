import { expressionsOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const nPlusOne: Rule = {
  id: "n-plus-one",
  scope: "query",
  title: "Query in a loop",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { source, tree, resolved } = query;
    if (source.kind !== "code" || !source.inLoop || tree.kind !== "select") return [];
    if (!expressionsOf(tree).some(({ kind }) => kind === "parameter")) return [];
    return [
      {
        message: `${source.caller} asks the database once for each turn of a loop`,
        help: "Ask once, with a join or with = ANY (…) over all the values",
        objects: resolved.relations.map(({ id }) => id),
      },
    ];
  },
};
