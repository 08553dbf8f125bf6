import { isChangeOf } from "#schemas/change.ts";
import type { DataType } from "#schemas/model.ts";
import { columnId, type ObjectId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import { whyNarrower } from "../narrower-type.ts";
import type { Rule } from "../rule.ts";
import type { Scene } from "../scene.ts";

export const narrowingType: Rule = {
  id: "narrowing-type",
  scope: "statement",
  title: "Type that does not hold every old value",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check({ acts }, scene) {
    return actsOf(acts, "change type").flatMap(({ table, column }) => {
      const id = columnId(table.id, column);
      const before = scene.base.column(id);
      const after = before && !table.isNew ? typeAfter(id, scene) : undefined;
      const why = before && after ? whyNarrower(before.type, after) : null;
      if (before === undefined || after === undefined || why === null) return [];
      return [
        {
          message: `${id} becomes ${after.raw} after ${before.type.raw}, which may hold ${why}: the statement fails on the first, or they are cut`,
          help: "Add a column of the new type, check what does not fit while you fill it, then swap the names",
          objects: [id, table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

/** The type that a column of the base model has when all is done, under whatever name. */
function typeAfter(id: ObjectId, { changes }: Scene): DataType | undefined {
  for (const change of changes) {
    if (!isChangeOf(change, "column") || (change.kind !== "changed" && change.kind !== "renamed")) continue;
    if (change.before.id === id && change.fields.includes("type")) return change.after.type;
  }
  return undefined;
}
