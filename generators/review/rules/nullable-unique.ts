import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
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
        const takesOneNull = dialectFacts(model.dialect).uniqueTakesOneNull;
        if (key.kind !== "unique" || (key.nullsNotDistinct && !takesOneNull) || key.inherited === true) return [];
        const nullable = key.columns.filter((name) => index.columnOf(table, name)?.nullable === true);
        if (nullable.length === 0) return [];
        return [
          {
            message: takesOneNull
              ? `${key.id} takes one row only where ${nullable.join(" and ")} is NULL`
              : `${key.id} lets rows repeat where ${nullable.join(" or ")} is NULL`,
            help: takesOneNull
              ? "Make it NOT NULL, or a unique index WHERE it IS NOT NULL"
              : "Make it NOT NULL, or the key NULLS NOT DISTINCT (PostgreSQL 15)",
            objects: [key.id, table.id],
            about: key,
          },
        ];
      }),
    );
  },
};
