import type { TypeName } from "libpg-query";
import { walk, type Node } from "../../languages/sql/postgres/ast.ts";
import type { ParseTree } from "../../languages/sql/postgres/parse.ts";

/**
 * The types that a statement suggests for the columns it names, by column name. A guess: what is compared with a number
 * is one, `->>` reads jsonb, and so on. A type that is to be changed is presumed to be one that the change rewrites,
 * as far as there is one that people have.
 */
export function presumedTypes(tree: ParseTree): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const suggest = (column: string | undefined, type: string | null | undefined): void => {
    if (column !== undefined && type && !found.has(column)) found.set(column, type);
  };
  walk(tree, {
    AlterTableCmd({ subtype, name, def }) {
      if (subtype === "AT_AlterColumnType" && def && "ColumnDef" in def) {
        suggest(name, typeBefore(def.ColumnDef.typeName));
      }
      if (subtype === "AT_ColumnDefault" && def) suggest(name, typeOfValue(def));
      if (subtype === "AT_AddIdentity") suggest(name, "bigint");
    },
    IndexStmt({ accessMethod, indexParams }) {
      for (const param of indexParams ?? []) {
        if (!("IndexElem" in param)) continue;
        const { name, opclass } = param.IndexElem;
        suggest(name, opclass ? typeOfOperatorClass(textOf(opclass.at(-1))) : BY_METHOD[accessMethod ?? ""]);
      }
    },
    Constraint({ contype, fk_attrs, pk_attrs, exclusions }) {
      if (contype === "CONSTR_FOREIGN") {
        for (const node of [...(fk_attrs ?? []), ...(pk_attrs ?? [])]) suggest(textOf(node), "bigint");
      }
      for (const node of exclusions ?? []) {
        const [element, operator] = "List" in node ? (node.List.items ?? []) : [];
        if (!element || !("IndexElem" in element)) continue;
        const isEqual = operator && "List" in operator && textOf(operator.List.items?.at(-1)) === "=";
        suggest(element.IndexElem.name, isEqual ? "bigint" : "tstzrange");
      }
    },
    A_Expr({ name, lexpr, rexpr }) {
      const operator = textOf(name?.at(-1)) ?? "";
      suggest(columnOf(lexpr), BY_OPERATOR[operator] ?? (rexpr && typeOfValue(rexpr)));
      suggest(columnOf(rexpr), BY_OPERATOR[operator] ?? (lexpr && typeOfValue(lexpr)));
    },
    CoalesceExpr({ args }) {
      const type = args?.map((arg) => typeOfValue(arg)).find((value) => value !== null);
      for (const arg of args ?? []) suggest(columnOf(arg), type);
    },
    FuncCall({ funcname, args }) {
      const type = BY_FUNCTION[textOf(funcname?.at(-1)) ?? ""];
      for (const arg of args ?? []) suggest(columnOf(arg), type);
    },
    BoolExpr({ args }) {
      for (const arg of args ?? []) suggest(columnOf(arg), "boolean");
    },
    BooleanTest({ arg }) {
      suggest(columnOf(arg), "boolean");
    },
    UpdateStmt({ targetList }) {
      for (const target of targetList ?? []) {
        if ("ResTarget" in target && target.ResTarget.val)
          suggest(target.ResTarget.name, typeOfValue(target.ResTarget.val));
      }
    },
    InsertStmt({ cols, selectStmt }) {
      const select = selectStmt && "SelectStmt" in selectStmt ? selectStmt.SelectStmt : undefined;
      const [row] = select?.valuesLists ?? [];
      const values = row && "List" in row ? (row.List.items ?? []) : [];
      for (const [at, column] of (cols ?? []).entries()) {
        const value = values[at];
        if ("ResTarget" in column && value) suggest(column.ResTarget.name, typeOfValue(value));
      }
    },
  });
  return found;
}

/** The type of a column that nothing but its name speaks of. */
export function typeOfName(column: string): string {
  for (const [pattern, type] of BY_NAME) if (pattern.test(column)) return type;
  return "text";
}

/** Types that are tried one after the other when a guess does not fit. */
export const otherTypes = [
  "text",
  "bigint",
  "numeric",
  "timestamptz",
  "boolean",
  "jsonb",
  "uuid",
  "text[]",
  "tstzrange",
  "tsvector",
  "date",
  "bytea",
] as const;

const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)(?:id|count|number|quantity|position|version|age|size)$|Id$/, "bigint"],
  [/_at$|_time$|timestamp|At$/, "timestamptz"],
  [/_(?:on|date)$|^date$/, "date"],
  [/^(?:is|has|can|should)_|^(?:active|enabled|deleted|archived)$/, "boolean"],
  [/price|amount|total|balance/, "numeric"],
];

const BY_METHOD: Readonly<Record<string, string>> = { gin: "jsonb", gist: "tstzrange", spgist: "text" };

const BY_OPERATOR: Readonly<Record<string, string>> = {
  "->": "jsonb",
  "->>": "jsonb",
  "#>": "jsonb",
  "#>>": "jsonb",
  "?": "jsonb",
  "@@": "tsvector",
  "||": "text",
  "~": "text",
  "~*": "text",
  "~~": "text",
  "!~~": "text",
  "~~*": "text",
};

const BY_FUNCTION: Readonly<Record<string, string>> = {
  lower: "text",
  upper: "text",
  length: "text",
  char_length: "text",
  trim: "text",
  btrim: "text",
  substring: "text",
  to_tsvector: "text",
  date_trunc: "timestamptz",
  extract: "timestamptz",
  date_part: "timestamptz",
  abs: "numeric",
  round: "numeric",
  sum: "numeric",
  avg: "numeric",
  jsonb_array_length: "jsonb",
  jsonb_typeof: "jsonb",
  array_length: "text[]",
  cardinality: "text[]",
};

function typeOfOperatorClass(name: string | undefined): string | null {
  if (name === undefined) return null;
  if (name.startsWith("jsonb")) return "jsonb";
  if (name.startsWith("varchar")) return "varchar";
  if (name.startsWith("array")) return "text[]";
  const [, type] = /^(int4|int8|uuid|date|timestamptz|timestamp|numeric|inet|tsvector|bpchar|vector)_/.exec(name) ?? [];
  return type ?? "text";
}

/** What the value that stands beside a column says about it; null when it says nothing. */
function typeOfValue(node: Node): string | null {
  if ("List" in node) return node.List.items?.map(typeOfValue).find((type) => type !== null) ?? null;
  if ("A_Const" in node) {
    const { ival, fval, boolval, sval } = node.A_Const;
    if (ival) return "bigint";
    if (fval) return "numeric";
    if (boolval) return "boolean";
    return sval ? typeOfText(sval.sval ?? "") : null;
  }
  if ("TypeCast" in node) return writtenType(node.TypeCast.typeName);
  if ("SQLValueFunction" in node) return "timestamptz";
  if ("A_ArrayExpr" in node) {
    const element = node.A_ArrayExpr.elements?.map(typeOfValue).find((type) => type !== null);
    return `${element ?? "text"}[]`;
  }
  if ("FuncCall" in node) {
    const name = textOf(node.FuncCall.funcname?.at(-1)) ?? "";
    if (name === "now" || name === "clock_timestamp") return "timestamptz";
    if (name === "gen_random_uuid" || name === "uuid_generate_v4" || name === "uuidv7") return "uuid";
    if (name === "nextval") return "bigint";
    return name.startsWith("jsonb_") ? "jsonb" : null;
  }
  return null;
}

/** A text constant is whatever it can be read as; one that looks like JSON or a day mostly is that. */
function typeOfText(text: string): string {
  if (/^\s*[[{].*[\]}]\s*$/.test(text)) return "jsonb";
  return /^\d{4}-\d\d-\d\d/.test(text) ? "timestamptz" : "text";
}

/** The type that a column is presumed to have before it becomes `printed`. */
export const typeBeforePrinted = (printed: string): string => PRINTED[printed.replace(/\(.*\)/, "")] ?? "text";

const PRINTED: Readonly<Record<string, string>> = {
  bigint: "int4",
  integer: "int8",
  smallint: "int4",
  numeric: "float8",
  boolean: "int4",
  jsonb: "json",
  date: "timestamp",
};

/** The type that a column is presumed to have before its type is changed to this one. */
function typeBefore(type: TypeName | undefined): string | null {
  const written = writtenType(type);
  if (written === null) return null;
  return BEFORE[written.replace(/\(.*\)/, "")] ?? (written.startsWith("timestamp") ? "timestamp" : "text");
}

const BEFORE: Readonly<Record<string, string>> = {
  int8: "int4",
  int4: "int8",
  int2: "int4",
  numeric: "float8",
  float8: "float4",
  float4: "numeric",
  // Most texts were limited before, and that costs nothing.
  text: "varchar(255)",
  varchar: "text",
  bpchar: "text",
  timestamptz: "timestamp",
  timestamp: "timestamptz",
  date: "timestamp",
  jsonb: "json",
  json: "text",
  uuid: "text",
  bool: "int4",
  citext: "text",
};

function writtenType(type: TypeName | undefined): string | null {
  const names = (type?.names ?? []).flatMap((node) => textOf(node) ?? []);
  const name = names[0] === "pg_catalog" ? names.slice(1) : names;
  if (name.length === 0 || name.length > 1) return null;
  return `${name.join(".")}${"[]".repeat(type?.arrayBounds?.length ?? 0)}`;
}

const textOf = (node: Node | undefined): string | undefined =>
  node && "String" in node ? node.String.sval : undefined;

function columnOf(node: Node | undefined): string | undefined {
  if (!node || !("ColumnRef" in node)) return undefined;
  return textOf(node.ColumnRef.fields?.at(-1));
}
