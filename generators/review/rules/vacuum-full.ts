import { actsOf } from "../acts/act.ts";
import { rewriteSeverity, sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const vacuumFull: Rule = {
  id: "vacuum-full",
  scope: "statement",
  title: "VACUUM FULL or CLUSTER in a migration",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    const named = actsOf(statement.acts, "new file").filter(({ how, table }) => COPIES.has(how) && !table.isNew);
    const all = actsOf(statement.acts, "rewrite everything");
    const help = "Use pg_repack or pg_squeeze, which copy the table while it is in use";
    return [
      ...named.map(({ how, table }) => ({
        message: `${how} copies ${sized(scene, table.id)} with all its indexes: it needs that much free disk, and nothing can read or write the table meanwhile`,
        help,
        objects: [table.id],
        evidence: "rule" as const,
        ...rewriteSeverity(scene, table.id),
      })),
      ...all.map(({ how }) => ({
        message: `${how} without a table copies every table that it may, one after the other: nothing can read or write the one at hand`,
        help,
        objects: [],
        evidence: "rule" as const,
      })),
    ];
  },
};

const COPIES = new Set(["VACUUM FULL", "CLUSTER"]);
