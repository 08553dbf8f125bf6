import { columnId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { notNullSteps } from "../not-null-steps.ts";
import { scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const setNotNull: Rule = {
  id: "set-not-null",
  scope: "statement",
  title: "SET NOT NULL that reads the whole table",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "set not null").flatMap(({ table, column }) => {
      if (table.isNew || !scans(statement, scene.family(table.id))) return [];
      const spares = scene.engineMajor >= SPARES_THE_SCAN;
      const steps = notNullSteps(table.current, column, scene.engineMajor);
      return [
        {
          message: `SET NOT NULL on ${column} reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: spares
            ? "Prove it by a constraint that is validated in a transaction of its own first"
            : `Before PostgreSQL ${SPARES_THE_SCAN} nothing spares this scan: keep a validated CHECK (${column} IS NOT NULL) in its place`,
          objects: [table.id, columnId(table.id, column)],
          ...scanSeverity(statement, scene, table.id),
          ...(statement.acts.length > 1 || !spares
            ? {}
            : { rewrite: { title: "Prove it before you require it", steps } }),
        },
      ];
    });
  },
};

/** First version that trusts a validated CHECK. Source: PostgreSQL 12 release notes. */
const SPARES_THE_SCAN = 12;
