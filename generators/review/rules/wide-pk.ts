import type { DataType } from "#schemas/model.ts";
import { ownTables, primaryKeyOf } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const widePk: Rule = {
  id: "wide-pk",
  scope: "schema",
  title: "Wide primary key",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(index, { columnsPerPrimaryKey }) {
    return ownTables(index.model).flatMap((table) => {
      const key = primaryKeyOf(table);
      if (!key) return [];
      const isCopied = index.referencesTo(table.id).length > 0;
      const wide = table.columns.filter(({ name, type }) => key.columns.includes(name) && isWide(type, isCopied));
      if (wide.length === 0 && key.columns.length <= columnsPerPrimaryKey) return [];
      const why =
        wide.length > 0
          ? wide.map(({ name, type }) => `${name} ${type.raw}`).join(", ")
          : `${key.columns.length} columns`;
      return [
        {
          message: `The primary key of ${table.id} is wide (${why}): every foreign key and its index repeat it`,
          help: "A key of one bigint or uuid, and a unique constraint over these",
          objects: [key.id, table.id],
          about: key,
        },
      ];
    });
  },
};

/** Characters from which a text is no code any more. */
const LONG_TEXT = 100;

const LARGE: ReadonlySet<string> = new Set(["binary", "json", "xml"]);

/** A text without a limit may be a short code; it counts once other tables repeat it. */
const isWide = ({ family, length }: DataType, isCopied: boolean): boolean =>
  LARGE.has(family) || (family === "text" && (length === undefined ? isCopied : length > LONG_TEXT));
