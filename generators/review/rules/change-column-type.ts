import { columnId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import { rewriteSeverity, sized, whileBlocked } from "../blocking.ts";
import { rewrites, scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const changeColumnType: Rule = {
  id: "change-column-type",
  scope: "statement",
  title: "Type change that rewrites or reads the table",
  group: "migration",
  dialects: ["postgres", "mysql"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "change type").flatMap(({ table, column }) => {
      const family = scene.family(table.id);
      const isRewritten = rewrites(statement, family);
      if (table.isNew || (!isRewritten && !scans(statement, family))) return [];
      const does = isRewritten ? "writes every row of" : "reads all of";
      const anew = isRewritten ? " anew" : "";
      return [
        {
          message: `Changing the type of ${column} ${does} ${sized(scene, table.id)}${anew}${whileBlocked(statement, table.id)}`,
          help: "Add a column of the new type, write both, fill old rows in batches, then swap the names",
          objects: [table.id, columnId(table.id, column)],
          ...rewriteSeverity(scene, table.id),
        },
      ];
    });
  },
};
