import type { Table } from "#schemas/model.ts";
import { ownTables, primaryKeyOf } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const compositePk: Rule = {
  id: "composite-pk",
  scope: "schema",
  title: "Primary key of several columns",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ model }) {
    return ownTables(model).flatMap((table) => {
      const key = primaryKeyOf(table);
      if (!key || key.columns.length < 2 || isLink(table, key.columns)) return [];
      return [
        {
          message: `The primary key of ${table.id} has ${key.columns.length} columns (${key.columns.join(", ")}): every table that points at it repeats them all`,
          help: "A key of one column, and a unique constraint over these",
          objects: [key.id, table.id],
          about: key,
        },
      ];
    });
  },
};

/** A link table's key is made of the keys of what it links. */
const isLink = ({ constraints }: Table, columns: readonly string[]): boolean =>
  columns.every((column) =>
    constraints.some((other) => other.kind === "foreign key" && other.columns.includes(column)),
  );
