import { columnId, type ObjectId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import type { Scene } from "../scene.ts";
import { quotedId, quotedName } from "../quoted-name.ts";
import { type ReviewedStatement, scans } from "../statement.ts";

export const notNullOnExistingData: Rule = {
  id: "not-null-on-existing-data",
  scope: "statement",
  title: "NOT NULL on rows that are there",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "set not null").flatMap(({ table, column }) => {
      const old = scene.base.table(table.id);
      const isOptional = old ? scene.base.columnOf(old, column)?.nullable === true : true;
      // Without a scan something has proven it before.
      if (table.isNew || !isOptional || !scans(statement, scene.family(table.id))) return [];
      if (isFilled(table.id, column, statement, scene)) return [];
      const id = columnId(table.id, column);
      const { dialect } = scene.base.model;
      return [
        {
          message: `SET NOT NULL on ${id} fails if one row of ${sized(scene, table.id)} has NULL there, and nothing in this migration fills it`,
          help: `SELECT count(*) FROM ${quotedId(table.current, dialect)} WHERE ${quotedName(column, dialect)} IS NULL, and fill those rows first`,
          objects: [id, table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

/** Whether an earlier statement under review writes the column. */
function isFilled(table: ObjectId, column: string, { file, statement }: ReviewedStatement, scene: Scene): boolean {
  return scene
    .statementsOf(file.path)
    .filter((other) => other.statement.index < statement.index)
    .some(({ acts }) =>
      actsOf(acts, "update rows").some((act) => act.table.id === table && act.columns.includes(column)),
    );
}
