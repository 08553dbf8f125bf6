import { indexModel } from "#schemas/model-index.ts";
import type { Rule } from "../rule.ts";

export const foreignKeyTypeMismatch: Rule = {
  id: "foreign-key-type-mismatch",
  scope: "schema",
  title: "Foreign key of another type than its target",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ model }) {
    const index = indexModel(model);
    return index.references.flatMap(({ foreignKey, from, to }) => {
      if (!to || foreignKey.inherited === true) return [];
      return foreignKey.columns.flatMap((name, position) => {
        const column = index.columnOf(from, name);
        const target = index.columnOf(to, foreignKey.references.columns[position] ?? "");
        if (!column || !target || column.type.raw === target.type.raw) return [];
        return [
          {
            message: `${column.id} is ${column.type.raw} and points at ${target.id}, which is ${target.type.raw}`,
            help: "Give both the same type: values that fit one may not fit the other, and joins convert",
            objects: [foreignKey.id, column.id, target.id],
            about: foreignKey,
          },
        ];
      });
    });
  },
};
