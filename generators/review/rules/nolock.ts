import { blocksOf, sourcesOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const nolock: Rule = {
  id: "nolock",
  scope: "query",
  title: "Reading what is not committed",
  group: "query",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    return blocksOf(tree)
      .flatMap(({ block }) => sourcesOf(block.from))
      .flatMap((source) => {
        const hint = source.kind === "table" ? source.hints.find((one) => DIRTY.has(one)) : undefined;
        if (source.kind !== "table" || hint === undefined) return [];
        return [
          {
            message: `${hint} reads rows of ${source.name} that are not committed, twice, or not at all`,
            help: "Remove it, or let the database keep snapshots: READ_COMMITTED_SNAPSHOT",
            objects: [resolved.relationOf(source)?.id ?? []].flat(),
            at: source.at,
          },
        ];
      });
  },
};

const DIRTY: ReadonlySet<string> = new Set(["NOLOCK", "READUNCOMMITTED"]);
