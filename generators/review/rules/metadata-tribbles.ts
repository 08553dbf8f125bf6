import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const metadataTribbles: Rule = {
  id: "metadata-tribbles",
  scope: "schema",
  title: "Numbered columns",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check({ model }) {
    return ownTables(model).flatMap((table) =>
      [...Map.groupBy(table.columns, ({ name }) => stemOf(name))].flatMap(([stem, columns]) => {
        const types = new Set(columns.map(({ type }) => type.raw));
        if (stem === null || columns.length < FEWEST || types.size > 1) return [];
        return [
          {
            message: `${columns.map(({ name }) => name).join(", ")} of ${table.id} are one list: looking for a value asks each of them, and one more needs a migration`,
            help: "A table with one row each",
            objects: [table.id, ...columns.map(({ id }) => id)],
            about: table,
          },
        ];
      }),
    );
  },
};

/** Two lines of an address are no list. */
const FEWEST = 3;

/** What a numbered name begins with; null for a name without a number at its end. */
const stemOf = (name: string): string | null => /^(.*\D)\d+$/.exec(name)?.[1] ?? null;
