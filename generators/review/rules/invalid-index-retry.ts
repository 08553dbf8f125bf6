import { parseObjectId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import type { Scene } from "../scene.ts";
import type { ReviewedStatement } from "../statement.ts";

export const invalidIndexRetry: Rule = {
  id: "invalid-index-retry",
  scope: "statement",
  title: "Index that a retry takes for built",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "create index").flatMap(({ table, name, isConcurrent, ifNotExists }) => {
      if (!isConcurrent || !ifNotExists || table.isNew || name === undefined) return [];
      if (isCleared(name, statement, scene)) return [];
      return [
        {
          message: `If the build of ${name} on ${sized(scene, table.id)} fails, it stays behind as INVALID, and IF NOT EXISTS takes it for built at the next try`,
          help: `DROP INDEX CONCURRENTLY IF EXISTS ${name}, then CREATE INDEX CONCURRENTLY without IF NOT EXISTS`,
          objects: [table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

/** Whether the file drops what an earlier try has left. */
function isCleared(name: string, { file, statement }: ReviewedStatement, scene: Scene): boolean {
  return scene.statementsOf(file.path).some((other) => {
    if (other.statement.index >= statement.index) return false;
    const dropped = actsOf(other.acts, "drop index").map(({ index }) => parseObjectId(index)?.at(-1));
    const cleared = actsOf(other.acts, "clear index").map((act) => act.name);
    return [...dropped, ...cleared].includes(name);
  });
}
