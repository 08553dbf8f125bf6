import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import { blocksOf, columnOf, isPinned, sourcesOf, within } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const distinctHidesJoin: Rule = {
  id: "distinct-hides-join",
  scope: "query",
  title: "DISTINCT over a join that multiplies rows",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    return blocksOf(tree).flatMap(({ query: whole, block }) => {
      if (block.distinct !== "all" || block.groupBy.length > 0 || block.items.some(({ value }) => hasStar(value)))
        return [];
      const shown = [...block.items, ...whole.orderBy].flatMap(({ value }) => within(value));
      const used = new Set(shown.map((part) => columnOf(part, resolved)?.source));
      const isSure = shown.every((part) => part.kind !== "column" || columnOf(part, resolved));
      const idle = sourcesOf(block.from).find(
        (source) =>
          source.kind === "table" &&
          !used.has(source) &&
          resolved.relationOf(source)?.kind === "table" &&
          // Joined by its key it adds no row.
          !isPinned(block, source, resolved, () => true),
      );
      if (!isSure || used.size === 0 || idle?.kind !== "table") return [];
      const { alias, name } = idle;
      return [
        {
          message: `DISTINCT takes out again what the join with ${alias ?? name} multiplies`,
          help: `Ask with EXISTS (SELECT 1 FROM ${name} …): no row is doubled then, and none must be sorted out`,
          objects: [resolved.relationOf(idle)?.id ?? []].flat(),
          at: block.at,
        },
      ];
    });
  },
};

const hasStar = (value: Expression): boolean => value.kind === "star";
