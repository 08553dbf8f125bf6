import { ownTables, primaryKeyOf, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const primaryKeyType: Rule = {
  id: "primary-key-type",
  scope: "schema",
  title: "Primary key of an unusual type",
  group: "schema",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "opt-in",
  check({ model }, { primaryKeyTypes }) {
    return ownTables(model).flatMap((table) => {
      const key = primaryKeyOf(table);
      return table.columns
        .filter(({ name, type }) => key?.columns.includes(name) && !primaryKeyTypes.includes(plainType(typeName(type))))
        .map((column) => ({
          message: `${column.id} is part of the primary key and of the type ${column.type.raw}`,
          help: `One of ${primaryKeyTypes.join(", ")}`,
          objects: [column.id, table.id],
          about: column,
        }));
    });
  },
};

/** MySQL's int is integer, and its sign is not part of the type's name. */
const plainType = (name: string): string => name.replace(/ unsigned$/, "").replace(/^int$/, "integer");
