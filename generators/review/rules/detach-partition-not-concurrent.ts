import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const detachPartitionNotConcurrent: Rule = {
  id: "detach-partition-not-concurrent",
  scope: "statement",
  title: "DETACH PARTITION while nothing can read the table",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "detach partition").flatMap(({ table, partition, isConcurrent }) => {
      if (isConcurrent || table.isNew) return [];
      const steps = [`${statement.statement.text} CONCURRENTLY`];
      return [
        {
          message: `DETACH PARTITION ${partition.id} waits for every query on ${sized(scene, table.id)} and stops new ones meanwhile`,
          help: "DETACH PARTITION … CONCURRENTLY (PostgreSQL 14 and later), outside a transaction",
          objects: [table.id, partition.id],
          ...(statement.acts.length > 1
            ? {}
            : { rewrite: { title: "Detach it concurrently, outside a transaction", steps } }),
        },
      ];
    });
  },
};
