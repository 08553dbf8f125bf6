import { isOneRow, sourcesOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const missingLimit: Rule = {
  id: "missing-limit",
  scope: "query",
  title: "Whole large table asked for",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query, scene) {
    const { tree, resolved } = query;
    if (tree.kind !== "select" || tree.limit || tree.body.kind !== "block") return [];
    const { body: block } = tree;
    if (isOneRow(block) || block.groupBy.length > 0 || block.distinct !== false) return [];
    const [source, ...others] = sourcesOf(block.from);
    const relation = source?.kind === "table" ? resolved.relationOf(source) : undefined;
    if (source?.kind !== "table" || !relation || !scene.sizes.isLarge(relation.id)) return [];
    // An inner join may leave few rows; what may narrow is not reported.
    if (block.where || source.sampled || others.length > 0) return [];
    return [
      {
        message: `Every row of ${relation.id} is asked for (${scene.sizes.words(relation.id)})`,
        help: "LIMIT and a key to go on from, or a condition",
        objects: [relation.id],
        at: block.at,
      },
    ];
  },
};
