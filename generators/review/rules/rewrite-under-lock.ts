import { actsOf } from "../acts/act.ts";
import { rewriteSeverity, sized, whileBlocked } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const rewriteUnderLock: Rule = {
  id: "rewrite-under-lock",
  scope: "statement",
  title: "Table rewritten under a lock",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    const explained = new Set(
      statement.acts.flatMap((act) => (EXPLAINED.has(act.kind) && "table" in act ? scene.family(act.table.id) : [])),
    );
    const named = new Map(actsOf(statement.acts, "new file").map(({ table, how }) => [table.id, how]));
    const opaque = actsOf(statement.acts, "opaque")[0]?.what;
    return (statement.measurement?.rewrites ?? [])
      .filter((table) => !explained.has(table))
      .map((table) => ({
        message: `${named.get(table) ?? `This ${opaque ?? "statement"}`} writes ${sized(scene, table)} anew${whileBlocked(statement, table)}`,
        help: "Use pg_repack or pg_squeeze, or a maintenance window",
        objects: [table],
        ...rewriteSeverity(scene, table),
      }));
  },
};

/** Acts whose rewrites other rules report. */
const EXPLAINED = new Set(["add column", "change type", "refresh", "truncate"]);
