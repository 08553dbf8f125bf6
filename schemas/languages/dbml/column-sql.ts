import type { Database } from "@dbml/core";
import type { Dialect } from "../../model.ts";
import type { DdlWords } from "../declared/ddl-words.ts";

type Field = Database["schemas"][number]["tables"][number]["fields"][number];

/** The column's type as the database takes it. DBML takes any word for a type, so those of other databases are turned. */
export function columnType(field: Field, dialect: Dialect, words: DdlWords): string {
  const { _enum: labels, type } = field;
  const written = String(type.type_name).trim();
  const array = /(?:\[\s*\d*\s*\])+$/.exec(written)?.[0] ?? "";
  if (labels) {
    if (!words.hasEnumTypes)
      return enumColumn(
        labels.values.map(({ name }) => name),
        dialect,
        words,
      );
    const schema = labels.schema.name;
    const own = schema === "public" || schema === words.defaultSchema;
    return `${own ? "" : `${words.quote(schema)}.`}${words.quote(labels.name)}${array}`;
  }
  const bare = array === "" ? written : written.slice(0, -array.length);
  if (/"/.test(bare)) return written;
  const [word = ""] = bare.toLowerCase().split(/[\s(]/);
  const fixed = foreign[dialect].get(word);
  const schema = type.schemaName === null ? "" : `${words.quote(String(type.schemaName))}.`;
  if (fixed === undefined) return `${schema}${isPlain(bare) ? bare : words.quote(bare)}${array}`;
  return `${fixed.includes("(") || fixed.endsWith("!") ? fixed.replace("!", "") : fixed + bare.slice(word.length)}${array}`;
}

/** A type as SQL takes it: words, arguments, words. */
const isPlain = (type: string): boolean => /^[A-Za-z_][\w ]*(?:\([^()]*\))?[\w ]*$/.test(type);

function enumColumn(labels: readonly string[], dialect: Dialect, words: DdlWords): string {
  if (dialect === "mysql") return `enum(${labels.map(words.text).join(",")})`;
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
export function defaultText(field: Field, words: DdlWords): string | null {
  const given: unknown = field.dbdefault;
  if (typeof given !== "object" || given === null) return null;
  const { type, value }: { readonly type: unknown; readonly value: unknown } = { type: "", value: "", ...given };
  const text = String(value);
  if (type === "expression") return text;
  if (type === "number") return text;
  if (type === "boolean") {
    if (text.toLowerCase() === "null") return null;
    return text.toLowerCase() === "true" ? words.true : words.false;
  }
  return words.text(text);
}
