import { Untranslatable } from "./query.ts";

export interface TypeTranslation {
  readonly type: string;
  /** Set when values may differ. */
  readonly note?: string;
}

/** The type of PostgreSQL for one that MySQL or SQL Server prints; null when there is none. */
export function postgresType(raw: string): TypeTranslation | null {
  const [, word = "", inner, tail = ""] = /^\s*(double precision|[a-z_0-9]+)\s*(?:\((.*)\))?\s*(.*)$/is.exec(raw) ?? [];
  const name = word.toLowerCase().trim();
  const args = (inner ?? "").split(",").map((arg) => arg.trim());
  const isUnsigned = /\bunsigned\b/i.test(`${raw.slice(word.length)} ${tail}`);
  const [first = ""] = args;
  const digits = /^\d+$/.test(first) ? Math.min(Number(first), 6) : null;
  const isMax = first.toLowerCase() === "max";
  switch (name) {
    case "tinyint":
    case "bit":
      if (name === "bit" && Number(first) > 1) return { type: `bit(${first})` };
      return { type: "smallint" };
    case "smallint":
      return { type: isUnsigned ? "integer" : "smallint" };
    case "mediumint":
    case "int":
    case "integer":
      return { type: isUnsigned ? "bigint" : "integer" };
    case "bigint":
      return { type: "bigint", ...(isUnsigned ? { note: "values above 9223372036854775807 do not fit" } : {}) };
    case "year":
      return { type: "smallint" };
    case "decimal":
    case "numeric":
      return { type: inner === undefined ? "numeric(18,0)" : `numeric(${args.join(",")})` };
    case "money":
      return { type: "numeric(19,4)" };
    case "smallmoney":
      return { type: "numeric(10,4)" };
    case "float":
      return { type: raw.toLowerCase() === "float" || Number(first) > 24 ? "double precision" : "real" };
    case "real":
      return { type: "real" };
    case "double":
    case "double precision":
      return { type: "double precision" };
    case "char":
    case "varchar":
    case "nchar":
    case "nvarchar":
    case "sysname":
      if (name === "sysname") return { type: "varchar(128)" };
      return { type: isMax ? "text" : `varchar(${first || "1"})` };
    case "tinytext":
    case "text":
    case "mediumtext":
    case "longtext":
    case "ntext":
    case "enum":
    case "set":
      return { type: "text" };
    case "binary":
    case "varbinary":
    case "tinyblob":
    case "blob":
    case "mediumblob":
    case "longblob":
    case "image":
    case "rowversion":
      return { type: "bytea" };
    case "date":
      return { type: "date" };
    case "time":
      return { type: digits === null ? "time" : `time(${digits})` };
    case "datetime":
      return { type: `timestamp(${inner === undefined ? 3 : (digits ?? 0)})` };
    case "datetime2":
      return {
        type: `timestamp(${digits ?? 6})`,
        ...(first === "7" ? { note: "PostgreSQL keeps six digits of a second" } : {}),
      };
    case "smalldatetime":
      return { type: "timestamp(0)" };
    case "datetimeoffset":
      return { type: `timestamptz(${digits ?? 6})`, note: "the offset is kept as the moment only" };
    case "timestamp":
      return { type: `timestamp(${digits ?? 0})` };
    case "uniqueidentifier":
    case "uuid":
      return { type: "uuid" };
    case "json":
      return { type: "jsonb" };
    case "xml":
      return { type: "xml" };
    case "inet4":
    case "inet6":
      return { type: "inet" };
    case "hierarchyid":
    case "sql_variant":
    case "geometry":
    case "geography":
    case "point":
    case "polygon":
    case "linestring":
    case "multipoint":
    case "multipolygon":
    case "multilinestring":
    case "geometrycollection":
    case "geomcollection":
      return { type: "text", note: "PostgreSQL has no such type here" };
    default:
      return null;
  }
}

/** What a CAST names, which is not always what a column is. */
export function castType(type: string): string {
  const upper = type.toUpperCase();
  if (/^(?:UNSIGNED|SIGNED)(?: INTEGER| INT)?$/.test(upper)) return "bigint";
  if (/^N?(?:VAR)?CHAR$/.test(upper)) return "text";
  const found = postgresType(type);
  if (!found || found.note !== undefined) throw new Untranslatable(`the type ${type} is not translated`);
  return found.type;
}
