import { isTextual, ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const eav: Rule = {
  id: "eav",
  scope: "schema",
  title: "Table of names and values",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check({ model }) {
    return ownTables(model).flatMap((table) => {
      const { columns, constraints } = table;
      const attribute = columns.find(({ name, type }) => ATTRIBUTE.has(name) && isTextual(type));
      const value = columns.find(({ name }) => VALUE.has(name));
      const entity = constraints.find((constraint) => constraint.kind === "foreign key");
      if (!attribute || !value || !entity || columns.length > MOST_COLUMNS) return [];
      return [
        {
          message: `${table.id} keeps the attributes of ${entity.references.table} as rows of ${attribute.name} and ${value.name}: no type, no NOT NULL and no foreign key can hold for one of them`,
          help: "Columns, or one jsonb column",
          objects: [table.id],
          about: table,
        },
      ];
    });
  },
};

const ATTRIBUTE = new Set([
  "attribute",
  "attribute_name",
  "attr",
  "attr_name",
  "property",
  "property_name",
  "field",
  "field_name",
  "key",
  "meta_key",
]);
const VALUE = new Set(["value", "attribute_value", "attr_value", "property_value", "field_value", "meta_value"]);

/** With more of its own the table is about something. */
const MOST_COLUMNS = 6;
