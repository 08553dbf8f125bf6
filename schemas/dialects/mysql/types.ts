import type { TypeSpec } from "../../languages/sql/mysql/statement.ts";
import type { DataType, TypeFamily } from "../../model.ts";
import type { MysqlFacts } from "./facts.ts";

/** The base name of a written type and what else follows from the alias. */
export interface BaseType {
  readonly base: string;
  readonly arguments: readonly string[];
  /** ZEROFILL: numbers are shown with zeros in front. */
  readonly isPadded: boolean;
}

/** The type as the server's catalog prints it; `charset` is the one the column has, if any is known. */
export function dataType(spec: TypeSpec, facts: MysqlFacts, charset?: string): DataType {
  const { base, arguments: args } = baseType(spec, facts, charset);
  const flags = `${spec.unsigned || spec.name === "serial" ? " unsigned" : ""}${spec.zerofill ? " zerofill" : ""}`;
  const raw = printed(base, args, spec, facts) + (NUMERIC.has(base) ? flags : "");
  return { raw, family: isTextJson(spec, facts) ? "json" : family(base, args, spec.name), ...sizes(base, args) };
}

/** Resolves aliases and what the charset makes of a text type. */
export function baseType(spec: TypeSpec, facts: MysqlFacts, charset: string | undefined): BaseType {
  const { name, arguments: args, zerofill: isPadded } = spec;
  const base = aliasOf(name, args, facts);
  if (charset === "binary" && Object.hasOwn(BYTES, base))
    return { base: BYTES[base] ?? base, arguments: sized(base, args), isPadded };
  const smallest =
    (base === "text" || base === "blob") && args[0] !== undefined
      ? smallestFor(base, Number(args[0]), charset ?? facts.defaultCharset)
      : base;
  return { base: smallest, arguments: smallest === base ? sized(base, args) : [], isPadded };
}

function aliasOf(name: string, args: readonly string[], facts: MysqlFacts): string {
  if (name === "json" && facts.jsonIsText) return "longtext";
  if (name === "float" && args.length === 1 && Number(args[0]) > FLOAT_DIGITS) return "double";
  if (name === "geomcollection" || name === "geometrycollection")
    return facts.jsonIsText ? "geometrycollection" : "geomcollection";
  return ALIASES[name] ?? name;
}

/** Sizes that the server fills in. */
function sized(base: string, args: readonly string[]): readonly string[] {
  switch (base) {
    case "char":
    case "binary":
    case "bit":
      return args.length > 0 ? args : ["1"];
    case "decimal":
      return [args[0] ?? "10", args[1] ?? "0"];
    case "float":
    case "double":
      return args.length === 2 ? args : [];
    case "time":
    case "datetime":
    case "timestamp":
      return args[0] === "0" ? [] : args;
    case "text":
    case "blob":
      return [];
    default:
      return args;
  }
}

const isTextJson = (spec: TypeSpec, facts: MysqlFacts): boolean => spec.name === "json" && facts.jsonIsText;

function printed(base: string, args: readonly string[], spec: TypeSpec, facts: MysqlFacts): string {
  if (base === "enum" || base === "set") return `${base}(${args.map(quoted).join(",")})`;
  const widths = WIDTHS[base];
  if (widths) return printedInteger(base, args, spec, widths, facts);
  if (base === "year") return facts.printsWidths ? `year(${args[0] ?? "4"})` : "year";
  return args.length === 0 ? base : `${base}(${args.join(",")})`;
}

function printedInteger(
  base: string,
  args: readonly string[],
  spec: TypeSpec,
  [signed, unsigned]: readonly [number, number],
  facts: MysqlFacts,
): string {
  const isBoolean = spec.name === "bool" || spec.name === "boolean";
  const isUnsigned = spec.unsigned || spec.name === "serial";
  const width = isBoolean ? "1" : (args[0] ?? String(isUnsigned ? unsigned : signed));
  // Newer servers print the width only where it means something: booleans and zero fill.
  const shows = facts.printsWidths || spec.zerofill || (base === "tinyint" && width === "1" && !isUnsigned);
  return shows ? `${base}(${width})` : base;
}

function quoted(label: string): string {
  return `'${label.replaceAll("'", "''")}'`;
}

function family(base: string, args: readonly string[], name: string): TypeFamily {
  if (base === "tinyint" && (args[0] === "1" || name.startsWith("bool"))) return "boolean";
  return FAMILIES[base] ?? "other";
}

function sizes(base: string, args: readonly string[]): Pick<DataType, "length" | "precision" | "scale"> {
  const [first, second] = args.map(Number);
  if (first === undefined || !Number.isFinite(first)) return {};
  if (LENGTHS.has(base)) return { length: first };
  if (base === "decimal" || base === "float" || base === "double") return { precision: first, scale: second ?? 0 };
  return base === "time" || base === "datetime" || base === "timestamp" ? { precision: first } : {};
}

/** `TEXT(1000)` asks for the smallest type that holds as many characters. */
function smallestFor(base: "text" | "blob", length: number, charset: string): string {
  const bytes = length * (base === "text" ? bytesPerCharacter(charset) : 1);
  const size = SIZES.find(([, most]) => bytes <= most);
  return `${size?.[0] ?? "long"}${base}`;
}

/** Most bytes a character of a charset takes. */
export function bytesPerCharacter(charset: string): number {
  return CHARACTER_BYTES[charset] ?? 1;
}

/** TEXT grows to hold the same characters in a charset that needs more bytes for them. */
export function convertedType(spec: TypeSpec, from: string, to: string): TypeSpec {
  const at = TEXTS.indexOf(spec.name);
  if (at < 0 || bytesPerCharacter(to) <= bytesPerCharacter(from)) return spec;
  return { ...spec, name: TEXTS[at + 1] ?? spec.name, arguments: [] };
}

const TEXTS: readonly string[] = ["tinytext", "text", "mediumtext", "longtext"];
const CHARACTER_BYTES: Readonly<Record<string, number>> = {
  utf8mb4: 4,
  utf8mb3: 3,
  utf16: 4,
  utf16le: 4,
  utf32: 4,
  ucs2: 2,
  gbk: 2,
  gb2312: 2,
  big5: 2,
  sjis: 2,
  ujis: 3,
  gb18030: 4,
  cp932: 2,
  euckr: 2,
  eucjpms: 3,
};
const SIZES: readonly (readonly [string, number])[] = [
  ["tiny", 255],
  ["", 65_535],
  ["medium", 16_777_215],
];
const FLOAT_DIGITS = 24;
/** Display widths that older servers fill in: signed, unsigned. */
const WIDTHS: Readonly<Record<string, readonly [number, number]>> = {
  tinyint: [4, 3],
  smallint: [6, 5],
  mediumint: [9, 8],
  int: [11, 10],
  bigint: [20, 20],
};
const NUMERIC: ReadonlySet<string> = new Set([...Object.keys(WIDTHS), "decimal", "float", "double"]);
const LENGTHS: ReadonlySet<string> = new Set(["char", "varchar", "binary", "varbinary", "bit", "vector"]);
const BYTES: Readonly<Record<string, string>> = {
  char: "binary",
  varchar: "varbinary",
  tinytext: "tinyblob",
  text: "blob",
  mediumtext: "mediumblob",
  longtext: "longblob",
};
const ALIASES: Readonly<Record<string, string>> = {
  bool: "tinyint",
  boolean: "tinyint",
  character: "char",
  dec: "decimal",
  fixed: "decimal",
  float4: "float",
  float8: "double",
  int1: "tinyint",
  int2: "smallint",
  int3: "mediumint",
  int4: "int",
  int8: "bigint",
  integer: "int",
  middleint: "mediumint",
  nchar: "char",
  number: "decimal",
  numeric: "decimal",
  nvarchar: "varchar",
  real: "double",
  serial: "bigint",
  sql_tsi_year: "year",
  varcharacter: "varchar",
  varchar2: "varchar",
};
const FAMILIES: Readonly<Record<string, TypeFamily>> = {
  tinyint: "integer",
  smallint: "integer",
  mediumint: "integer",
  int: "integer",
  bigint: "integer",
  year: "integer",
  decimal: "decimal",
  float: "float",
  double: "float",
  bit: "bits",
  char: "text",
  varchar: "text",
  tinytext: "text",
  text: "text",
  mediumtext: "text",
  longtext: "text",
  set: "text",
  enum: "enum",
  binary: "binary",
  varbinary: "binary",
  tinyblob: "binary",
  blob: "binary",
  mediumblob: "binary",
  longblob: "binary",
  date: "date",
  time: "time",
  datetime: "timestamp",
  timestamp: "timestamp",
  json: "json",
  uuid: "uuid",
  inet4: "network",
  inet6: "network",
  vector: "vector",
  geometry: "geometry",
  point: "geometry",
  linestring: "geometry",
  polygon: "geometry",
  multipoint: "geometry",
  multilinestring: "geometry",
  multipolygon: "geometry",
  geometrycollection: "geometry",
  geomcollection: "geometry",
};

/** True for types that have a charset and a collation. */
export function isText(base: string): boolean {
  return TEXT_BASES.has(base);
}
const TEXT_BASES: ReadonlySet<string> = new Set(["char", "varchar", ...TEXTS, "enum", "set"]);

/** True for types that hold whole or broken numbers. */
export const isNumeric = (base: string): boolean => NUMERIC.has(base) || base === "year";
