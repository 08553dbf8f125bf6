import { blocksOf, sourcesOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const selectWithoutWhere: Rule = {
  id: "select-without-where",
  scope: "query",
  title: "SELECT without WHERE",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check(query) {
    const { tree, resolved } = query;
    return blocksOf(tree).flatMap(({ query: whole, block, depth }) => {
      if (
        depth > 0 ||
        block.where ||
        whole.limit ||
        !sourcesOf(block.from).some((one) => one.kind === "table" && resolved.relationOf(one))
      )
        return [];
      return [
        {
          message: "SELECT without WHERE and without LIMIT",
          help: "Say which rows",
          objects: resolved.relations.map(({ id }) => id),
          at: block.at,
        },
      ];
    });
  },
};
