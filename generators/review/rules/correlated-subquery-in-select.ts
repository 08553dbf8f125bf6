import { blocksOf, givesOneRow, sourcesOf, within } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const correlatedSubqueryInSelect: Rule = {
  id: "correlated-subquery-in-select",
  scope: "query",
  title: "Subquery for each row of the result",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    return blocksOf(tree).flatMap(({ block }) => {
      if (givesOneRow(block, resolved)) return [];
      return block.items.flatMap(({ value }) =>
        within(value).flatMap((part) => {
          if (part.kind !== "subquery" || part.test !== "scalar" || !resolved.isCorrelated(part.query)) return [];
          return [
            {
              message: "A subquery in the select list runs once for each row of the result",
              help: "Join the table, grouped when several rows match, or use LEFT JOIN LATERAL",
              objects: sourcesOf(part.query.body.kind === "block" ? part.query.body.from : []).flatMap((source) =>
                source.kind === "table" ? (resolved.relationOf(source)?.id ?? []) : [],
              ),
              at: part.at,
            },
          ];
        }),
      );
    });
  },
};
