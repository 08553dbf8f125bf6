import { blocksOf, givesOneRow, sourcesOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const nonSkipLockedQueue: Rule = {
  id: "non-skip-locked-queue",
  scope: "query",
  title: "Queue whose readers wait for each other",
  group: "query",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    return blocksOf(tree).flatMap(({ query: whole, block }) => {
      const { locking, limit } = whole;
      if (locking?.strength !== "update" || locking.wait !== "wait" || !limit || givesOneRow(block, resolved))
        return [];
      return [
        {
          message: "Readers that take the first free rows wait for the one before them",
          help: "FOR UPDATE SKIP LOCKED: each takes rows that nobody has",
          objects: sourcesOf(block.from).flatMap((source) =>
            source.kind === "table" ? (resolved.relationOf(source)?.id ?? []) : [],
          ),
          at: block.at,
        },
      ];
    });
  },
};
