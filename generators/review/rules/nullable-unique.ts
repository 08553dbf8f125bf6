import { indexModel } from "#schemas/model-index.ts";
import type { Rule } from "../rule.ts";

export const nullableUnique: Rule = {
  id: "nullable-unique",
  scope: "schema",
  title: "Unique key over a nullable column",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check({ model }) {
    const index = indexModel(model);
    return model.tables.flatMap((table) =>
      table.constraints.flatMap((key) => {
        if (key.kind !== "unique" || key.nullsNotDistinct || key.inherited === true) return [];
        const nullable = key.columns.filter((name) => index.columnOf(table, name)?.nullable === true);
        if (nullable.length === 0) return [];
        return [
          {
            message: `${key.id} lets rows repeat where ${nullable.join(" or ")} is NULL`,
            help: "Make it NOT NULL, or the key NULLS NOT DISTINCT",
            objects: [key.id, table.id],
            about: key,
          },
        ];
      }),
    );
  },
};
