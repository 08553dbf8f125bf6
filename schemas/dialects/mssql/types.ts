import type { DataType, TypeFamily } from "#schemas/model.ts";

/** The model's type from a type's name and what stands in parentheses behind it; `typeId` for the schema's own types. */
export function dataType(name: string, args: readonly string[] = []): DataType {
  const lower = name.toLowerCase().split(/\s+/).join(" ");
  const canonical = SYNONYMS[lower] ?? lower;
  const [first, second] = args.map((argument) => argument.trim().toLowerCase());
  const known = FAMILIES[canonical];
  if (known === undefined) return { raw: withArguments(name, args), family: "other" };
  if (canonical === "float") return first !== undefined && Number(first) <= REAL_BITS ? plain("real") : plain("float");
  if (canonical === "decimal" || canonical === "numeric") {
    const precision = whole(first, DEFAULT_PRECISION);
    const scale = whole(second, 0);
    return { raw: `${canonical}(${precision},${scale})`, family: "decimal", precision, scale };
  }
  if (TIMES.has(canonical)) {
    const precision = whole(first, FINEST_SECONDS);
    return { raw: `${canonical}(${precision})`, family: known, precision };
  }
  if (LENGTHS.has(canonical)) {
    if (first === "max") return { raw: `${canonical}(max)`, family: known };
    const length = whole(first, 1);
    return { raw: `${canonical}(${length})`, family: known, length };
  }
  if (canonical === "vector" && first !== undefined)
    return { raw: `vector(${first})`, family: known, length: whole(first, 1) };
  if (canonical === "xml" && args.length > 0) return { raw: withArguments("xml", args), family: known };
  return plain(canonical);
}

/** Bytes a value of a type takes, as `COL_LENGTH` and `sys.columns.max_length` say; -1 for `(max)`, null when not known. */
export function byteLength({ raw, length, precision = 0 }: DataType): number | null {
  const name = raw.replace(/\(.*/s, "");
  if (raw.endsWith("(max)")) return -1;
  if (LENGTHS.has(name)) return (length ?? 1) * (name.startsWith("n") ? 2 : 1);
  if (name === "decimal" || name === "numeric") return DECIMAL_BYTES.find(([most]) => precision <= most)?.[1] ?? null;
  if (TIMES.has(name)) return (TIME_BYTES[name] ?? 0) + (precision <= 2 ? 0 : 1 + Number(precision > 4));
  return BYTES[name] ?? null;
}

/** Whether a name is a type of the engine itself. */
export function isSystemType(name: string): boolean {
  const lower = name.toLowerCase();
  return FAMILIES[SYNONYMS[lower] ?? lower] !== undefined;
}

/** Types whose columns take no NULL unless they say so. */
export function isNotNullByDefault(raw: string): boolean {
  return raw === "timestamp" || raw === "sysname";
}

const plain = (name: string): DataType => ({ raw: name, family: FAMILIES[name] ?? "other" });

function withArguments(name: string, args: readonly string[]): string {
  return args.length === 0 ? name : `${name}(${args.map((argument) => argument.trim()).join(",")})`;
}

function whole(text: string | undefined, fallback: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value >= 0 ? value : fallback;
}

/** `float(24)` and below is stored as `real`. */
const REAL_BITS = 24;
const DEFAULT_PRECISION = 18;
const FINEST_SECONDS = 7;

/** Other spellings, to the name that `sys.types` prints. */
const SYNONYMS: Readonly<Record<string, string>> = {
  integer: "int",
  dec: "decimal",
  "double precision": "float",
  rowversion: "timestamp",
  character: "char",
  "char varying": "varchar",
  "character varying": "varchar",
  "binary varying": "varbinary",
  "national char": "nchar",
  "national character": "nchar",
  "national char varying": "nvarchar",
  "national character varying": "nvarchar",
  "national text": "ntext",
};

const FAMILIES: Readonly<Record<string, TypeFamily>> = {
  bigint: "integer",
  int: "integer",
  smallint: "integer",
  tinyint: "integer",
  decimal: "decimal",
  numeric: "decimal",
  float: "float",
  real: "float",
  money: "money",
  smallmoney: "money",
  bit: "boolean",
  char: "text",
  varchar: "text",
  nchar: "text",
  nvarchar: "text",
  text: "text",
  ntext: "text",
  sysname: "text",
  binary: "binary",
  varbinary: "binary",
  image: "binary",
  timestamp: "binary",
  date: "date",
  time: "time",
  datetime: "timestamp",
  datetime2: "timestamp",
  smalldatetime: "timestamp",
  datetimeoffset: "timestamp",
  uniqueidentifier: "uuid",
  json: "json",
  xml: "xml",
  geography: "geometry",
  geometry: "geometry",
  hierarchyid: "other",
  sql_variant: "other",
  vector: "vector",
};
/** Digits up to which a decimal takes so many bytes. */
const DECIMAL_BYTES = [
  [9, 5],
  [19, 9],
  [28, 13],
  [38, 17],
] as const;
const TIME_BYTES: Readonly<Record<string, number>> = { time: 3, datetime2: 6, datetimeoffset: 8 };
const BYTES: Readonly<Record<string, number>> = {
  bigint: 8,
  int: 4,
  smallint: 2,
  tinyint: 1,
  float: 8,
  real: 4,
  money: 8,
  smallmoney: 4,
  bit: 1,
  date: 3,
  datetime: 8,
  smalldatetime: 4,
  uniqueidentifier: 16,
  timestamp: 8,
  sysname: 256,
  text: 16,
  ntext: 16,
  image: 16,
  xml: -1,
};
const LENGTHS: ReadonlySet<string> = new Set(["char", "varchar", "nchar", "nvarchar", "binary", "varbinary"]);
const TIMES: ReadonlySet<string> = new Set(["time", "datetime2", "datetimeoffset"]);
