import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const avoidEnum: Rule = {
  id: "avoid-enum",
  scope: "schema",
  title: "Enum type",
  group: "style",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "on",
  check({ model }) {
    const columns = ownTables(model).flatMap((table) =>
      table.columns
        .filter(({ type }) => type.family === "enum" && type.typeId === undefined)
        .map((column) => ({
          message: `${column.id} is an enum: a value anywhere but at its end, or one that goes, copies the table`,
          help: "A table of the values with a foreign key, or text with a CHECK",
          objects: [column.id, table.id],
          about: column,
        })),
    );
    const types = model.enums.map((type) => ({
      message: `${type.id} is an enum: a value can be added to it, and none can be removed or moved`,
      help: "A table of the values with a foreign key, or text with a CHECK",
      objects: [type.id],
      about: type,
    }));
    return [...types, ...columns];
  },
};
