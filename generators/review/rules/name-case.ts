import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const nameCase: Rule = {
  id: "name-case",
  scope: "schema",
  title: "Mixed casing",
  group: "style",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check({ model }) {
    const tables = ownTables(model);
    const all = tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]);
    // Where most names have capitals, that is the convention.
    if (all.filter(hasCapital).length * 2 > all.length) return [];
    return tables.flatMap((table) => {
      const odd = [table, ...table.columns].filter(({ name }) => hasCapital(name));
      if (odd.length === 0) return [];
      return [
        {
          message: `${odd.map(({ name }) => `"${name}"`).join(", ")} ${odd[0] === table ? "" : `of ${table.id} `}must be quoted in every query, other names here not`,
          help: "snake_case",
          objects: [table.id, ...odd.filter(({ id }) => id !== table.id).map(({ id }) => id)],
          about: odd[0] ?? table,
        },
      ];
    });
  },
};

const hasCapital = (name: string): boolean => name !== name.toLowerCase();
