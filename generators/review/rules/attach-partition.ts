import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const attachPartition: Rule = {
  id: "attach-partition",
  scope: "statement",
  title: "ATTACH PARTITION that reads the partition",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "attach partition").flatMap(({ table, partition }) => {
      const others = scene.family(table.id).filter((id) => id !== table.id);
      return [...(partition.isNew ? [] : [partition.id]), ...others]
        .filter((id) => scans(statement, [id]))
        .map((id) => ({
          message: `ATTACH PARTITION to ${table.id} reads all of ${sized(scene, id)}${whileBlocked(statement, id)}`,
          help: "Give it a CHECK that implies the bound, NOT VALID and then validated, before you attach",
          objects: [id, table.id],
          ...scanSeverity(statement, scene, id),
        }));
    });
  },
};
