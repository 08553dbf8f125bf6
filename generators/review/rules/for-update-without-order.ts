import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import { blocksOf, givesOneRow, sourcesOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const forUpdateWithoutOrder: Rule = {
  id: "for-update-without-order",
  scope: "query",
  title: "Several rows locked in no order",
  group: "query",
  dialects: ["postgres", "mysql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    return blocksOf(tree).flatMap(({ query: whole, block }) => {
      const { locking, orderBy, limit } = whole;
      if (!locking || locking.wait !== "wait" || orderBy.length > 0 || isOne(limit) || givesOneRow(block, resolved))
        return [];
      return [
        {
          message: "Several rows are locked in whatever order they are found",
          help: "ORDER BY the key: two transactions that lock the same rows then wait, and do not deadlock",
          objects: sourcesOf(block.from).flatMap((source) =>
            source.kind === "table" ? (resolved.relationOf(source)?.id ?? []) : [],
          ),
          at: block.at,
        },
      ];
    });
  },
};

const isOne = (limit: Expression | undefined): boolean => limit?.kind === "literal" && limit.text === "1";
