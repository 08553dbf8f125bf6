import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const foreignKeyOnPartitionedNotValid: Rule = {
  id: "foreign-key-on-partitioned-not-valid",
  scope: "statement",
  title: "NOT VALID foreign key on a partitioned table",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check({ acts }, scene) {
    if (scene.engineMajor >= NOT_VALID_ON_PARTITIONED) return [];
    return actsOf(acts, "add constraint").flatMap(({ table, constraint, isNotValid, name = "" }) => {
      const { variant } = scene.head.table(table.current) ?? scene.base.table(table.id) ?? {};
      if (constraint !== "foreign key" || !isNotValid || variant !== "partitioned") return [];
      return [
        {
          message: `ADD FOREIGN KEY ${name} NOT VALID fails: PostgreSQL ${scene.engineMajor} refuses it on the partitioned table ${table.id}`,
          help: "Add it to each partition NOT VALID, validate each, then add it to the parent, which takes them over",
          objects: [table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

/** First version that takes it. Source: PostgreSQL 18 release notes. */
const NOT_VALID_ON_PARTITIONED = 18;
