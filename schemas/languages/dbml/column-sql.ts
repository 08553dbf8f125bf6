import type { Column, Enum } from "@dbml/parse";
import type { Dialect } from "../../model.ts";
import type { DdlWords } from "../declared/ddl-words.ts";
import { NO_SCHEMA } from "./linked.ts";

/** The column's type as the database takes it. DBML takes any word for a type, so those of other databases are turned. */
export function columnType({ type }: Column, labels: Enum | undefined, dialect: Dialect, words: DdlWords): string {
  const written = type.type_name.trim();
  const array = /(?:\[\s*\d*\s*\])+$/.exec(written)?.[0] ?? "";
  if (labels) {
    if (!words.hasEnumTypes)
      return enumColumn(
        labels.values.map(({ name }) => name),
        words,
      );
    const schema = labels.schemaName ?? NO_SCHEMA;
    const own = schema === "public" || schema === words.defaultSchema;
    return `${own ? "" : `${words.quote(schema)}.`}${words.quote(labels.name)}${array}`;
  }
  const bare = array === "" ? written : written.slice(0, -array.length);
  if (/"/.test(bare)) return written;
  const [word = ""] = bare.toLowerCase().split(/[\s(]/);
  const fixed = foreign[dialect].get(word);
  const schema = type.schemaName === null ? "" : `${words.quote(type.schemaName)}.`;
  if (fixed === undefined) return `${schema}${isPlain(bare) ? bare : words.quote(bare)}${array}`;
  return `${fixed.includes("(") || fixed.endsWith("!") ? fixed.replace("!", "") : fixed + bare.slice(word.length)}${array}`;
}

/** A type as SQL takes it: words, arguments, words. */
const isPlain = (type: string): boolean => /^[A-Za-z_][\w ]*(?:\([^()]*\))?[\w ]*$/.test(type);

function enumColumn(labels: readonly string[], words: DdlWords): string {
  if (words.enumColumn) return words.enumColumn(labels);
  return `nvarchar(${Math.max(1, ...labels.map(({ length }) => length))})`;
}

/** Types of one database and what they are in another. `!` leaves the arguments out. */
const foreign: Readonly<Record<Dialect, ReadonlyMap<string, string>>> = {
  postgres: new Map([
    ["string", "varchar"],
    ["datetime", "timestamp"],
    ["datetime2", "timestamp"],
    ["smalldatetime", "timestamp!"],
    ["datetimeoffset", "timestamptz"],
    ["tinyint", "smallint!"],
    ["mediumint", "integer!"],
    ["number", "numeric"],
    ["double", "double precision!"],
    ["longtext", "text!"],
    ["mediumtext", "text!"],
    ["tinytext", "text!"],
    ["nvarchar", "varchar"],
    ["nchar", "char"],
    ["ntext", "text!"],
    ["blob", "bytea!"],
    ["longblob", "bytea!"],
    ["binary", "bytea!"],
    ["varbinary", "bytea!"],
    ["uniqueidentifier", "uuid!"],
    ["guid", "uuid!"],
    ["long", "bigint!"],
  ]),
  mysql: new Map([
    ["string", "varchar(255)"],
    ["timestamptz", "timestamp"],
    ["uuid", "char(36)"],
    ["jsonb", "json!"],
    ["bytea", "blob!"],
    ["number", "decimal"],
  ]),
  mssql: new Map([
    ["string", "nvarchar(255)"],
    ["boolean", "bit!"],
    ["bool", "bit!"],
    ["timestamptz", "datetimeoffset"],
    ["timestamp", "datetime2"],
    ["uuid", "uniqueidentifier!"],
    ["json", "nvarchar(max)"],
    ["jsonb", "nvarchar(max)"],
    ["text", "nvarchar(max)"],
    ["bytea", "varbinary(max)"],
    ["double", "float!"],
    ["serial", "int identity(1,1)"],
    ["bigserial", "bigint identity(1,1)"],
    ["number", "decimal"],
  ]),
};

/** The default as SQL; null when there is none. */
export function defaultText({ dbdefault }: Column, words: DdlWords): string | null {
  if (!dbdefault) return null;
  const { type, value } = dbdefault;
  const text = String(value);
  if (type === "expression" || type === "number") return text;
  if (type === "boolean") {
    if (text.toLowerCase() === "null") return null;
    return text.toLowerCase() === "true" ? words.true : words.false;
  }
  return words.text(text);
}
