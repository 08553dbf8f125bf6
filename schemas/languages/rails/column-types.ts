import type { Dialect } from "../../model.ts";
import { isNil, isTrue, nameText, numberOf, type RubyValue } from "./ruby.ts";

export interface TypeInput {
  /** As Rails calls it, such as `string`. */
  readonly type: string;
  readonly options: ReadonlyMap<string, RubyValue>;
  /** Version of the schema's format, such as 7.1; 0 before it was written. */
  readonly version: number;
}

/** The column's type as Active Record's adapter for the database writes it. */
export function railsType(dialect: Dialect, input: TypeInput): string {
  return adapters[dialect](input);
}

type Adapter = (input: TypeInput) => string;

/** Since Rails 7.0 times have microseconds unless they say otherwise. */
function precision({ options, version }: TypeInput): string {
  const given = options.get("precision");
  if (isNil(given)) return "";
  const digits = numberOf(given) ?? (version >= 7 ? 6 : undefined);
  return digits === undefined ? "" : `(${digits})`;
}

function decimal(word: string, { options }: TypeInput): string {
  const [digits, scale] = [numberOf(options.get("precision")), numberOf(options.get("scale"))];
  if (digits === undefined) return word;
  return `${word}(${digits}${scale === undefined ? "" : `,${scale}`})`;
}

const limited = (word: string, limit: number | undefined): string => (limit === undefined ? word : `${word}(${limit})`);

const TIMES: ReadonlySet<string> = new Set(["datetime", "timestamp", "timestamptz"]);

const postgres: Adapter = (input) => {
  const { type, options } = input;
  const limit = numberOf(options.get("limit"));
  if (TIMES.has(type)) return `${type === "timestamptz" ? "timestamptz" : "timestamp"}${precision(input)}`;
  switch (type) {
    case "string":
      return limited("character varying", limit);
    case "integer":
      if (limit === undefined || limit === 3 || limit === 4) return "integer";
      return limit < 3 ? "smallint" : "bigint";
    case "float":
      return limit !== undefined && limit <= 24 ? "real" : "double precision";
    case "decimal":
      return decimal("numeric", input);
    case "binary":
    case "blob":
      return "bytea";
    case "bit_varying":
      return limited("bit varying", limit);
    case "time":
    case "interval":
      return `${type}${numberOf(options.get("precision")) === undefined ? "" : precision(input)}`;
    case "enum":
      return quotedPath(nameText(options.get("enum_type")) ?? nameText(options.get("enum")) ?? "text");
    case "st_point":
    case "geometry":
    case "geography":
      return spatial(type, options);
    default:
      return limited(type, limit);
  }
};

function spatial(type: string, options: TypeInput["options"]): string {
  const limit = options.get("limit");
  if (limit?.kind !== "hash") return type === "st_point" ? "geometry(Point)" : type;
  const shape = nameText(limit.entries.get("type"))?.replace(/^st_/, "") ?? "geometry";
  const srid = numberOf(limit.entries.get("srid"));
  const flat = type === "st_point" ? "geometry" : type;
  const base = isTrue(limit.entries.get("geographic")) ? "geography" : flat;
  return `${base}(${shape}${srid === undefined ? "" : `,${srid}`})`;
}

const quotedPath = (name: string): string =>
  name
    .split(".")
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join(".");

/** Bytes that the sizes of texts and blobs hold. */
const SIZES: readonly (readonly [string, string, number])[] = [
  ["tiny", "tiny", 255],
  ["", "", 65_535],
  ["medium", "medium", 16_777_215],
  ["long", "long", 4_294_967_295],
];

function sized(word: string, { options }: TypeInput): string {
  const size = nameText(options.get("size"));
  const limit = numberOf(options.get("limit"));
  const found = SIZES.find(([name, , bytes]) =>
    size === undefined ? limit !== undefined && limit <= bytes : name === size,
  );
  return `${found?.[1] ?? ""}${word}`;
}

const mysql: Adapter = (input) => {
  const { type, options } = input;
  const limit = numberOf(options.get("limit"));
  const unsigned = isTrue(options.get("unsigned")) ? " unsigned" : "";
  switch (type) {
    case "string":
      return `varchar(${limit ?? 255})`;
    case "text":
      return sized("text", input);
    case "binary":
    case "blob":
      return limit !== undefined && limit <= 65_535 && type === "binary" && !options.has("size")
        ? `varbinary(${limit})`
        : sized("blob", input);
    case "integer":
      return `${integers[limit ?? 4] ?? "bigint"}${unsigned}`;
    case "bigint":
      return `bigint${unsigned}`;
    case "float":
      return `${limit !== undefined && limit > 24 ? "double" : "float"}${unsigned}`;
    case "decimal":
      return `${decimal("decimal", input)}${unsigned}`;
    case "boolean":
      return "tinyint(1)";
    case "datetime":
    case "timestamp":
      return `${type}${precision(input)}`;
    case "time":
      return `time${numberOf(options.get("precision")) === undefined ? "" : precision(input)}`;
    case "unsigned_integer":
      return "int unsigned";
    case "unsigned_bigint":
      return "bigint unsigned";
    default:
      return limited(type, limit) + unsigned;
  }
};

const integers: Readonly<Record<number, string>> = { 1: "tinyint", 2: "smallint", 3: "mediumint", 4: "int" };

const mssql: Adapter = (input) => {
  const { type, options } = input;
  const limit = numberOf(options.get("limit"));
  switch (type) {
    case "string":
      return `nvarchar(${limit ?? 4000})`;
    case "text":
      return "nvarchar(max)";
    case "integer":
      if (limit === undefined || limit === 4) return "int";
      return limit < 3 ? "smallint" : "bigint";
    case "boolean":
      return "bit";
    case "binary":
      return `varbinary(${limit ?? "max"})`;
    case "uuid":
      return "uniqueidentifier";
    case "datetime":
      return `datetime2${precision(input)}`;
    case "decimal":
      return decimal("decimal", input);
    default:
      return limited(type, limit);
  }
};

const adapters: Readonly<Record<Dialect, Adapter>> = { postgres, mysql, mssql };
