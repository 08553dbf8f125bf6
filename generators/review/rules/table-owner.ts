import type { Table } from "#schemas/model.ts";
import type { Rule } from "../rule.ts";

export const tableOwner: Rule = {
  id: "table-owner",
  scope: "schema",
  title: "Tables of one schema with different owners",
  group: "schema",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check({ model }) {
    return [...Map.groupBy(model.tables, ({ schema }) => schema)].flatMap(([schema, tables]) => {
      const owners = Map.groupBy(tables, ownerOf);
      const [most] = [...owners].toSorted(([, a], [, b]) => b.length - a.length);
      if (!most || owners.size < 2) return [];
      return tables
        .filter((table) => ownerOf(table) !== most[0])
        .map((table) => ({
          message: `${table.id} belongs to ${ownerOf(table)}, most tables of ${schema} to ${most[0]}: a migration by either fails on the other's`,
          help: "ALTER TABLE … OWNER TO the one that all others have",
          objects: [table.id],
          about: table,
        }));
    });
  },
};

/** A model of migrations names an owner only where one is given. */
const ownerOf = ({ owner }: Table): string => owner ?? "whoever runs the migrations";
