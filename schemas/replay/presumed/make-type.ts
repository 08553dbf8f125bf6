import { walk } from "../../languages/sql/postgres/ast.ts";
import type { ParseTree } from "../../languages/sql/postgres/parse.ts";
import { embeddedExtensions } from "../extensions.ts";
import { standInFor } from "../stand-ins.ts";
import { otherGuess } from "./make-column.ts";
import type { MissingObject } from "./missing-object.ts";
import { presumedTypes } from "./presume-types.ts";
import { quoted, sqlName, type StandIn } from "./stand-in-catalog.ts";
import { lastName } from "./statement-hints.ts";
import { keyOf, type MakeInput } from "./statement-names.ts";

/** A type that nothing else is known of is an enum: a domain would be a matter of its base type. */
export async function makeType(printed: string, { tree, catalog }: MakeInput): Promise<readonly string[] | null> {
  const [schema, name] = printed.includes(".") ? printed.split(".") : [undefined, printed];
  if (name === undefined) return null;
  if (embeddedExtensions.includes(name)) return [`create extension ${quoted(name)}`];
  if (name === "geometry" || name === "geography") {
    const sql = standInFor("postgis", schema);
    return sql === null ? null : sql.split(";\n");
  }
  const full = `${quoted(schema ?? (await catalog.currentSchema()) ?? "public")}.${quoted(name)}`;
  const [node] = (tree.stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
  if (node && ("AlterDomainStmt" in node || ("DropStmt" in node && node.DropStmt.removeType === "OBJECT_DOMAIN"))) {
    const [base] = [...presumedTypes(tree).entries()].filter(([column_]) => column_ === "value");
    return [`create domain ${full} as ${base?.[1] ?? "text"}`];
  }
  if (node && "AlterTableStmt" in node && node.AlterTableStmt.objtype === "OBJECT_TYPE") {
    return [`create type ${full} as (presumed text)`];
  }
  return [`create type ${full} as enum ('presumed')`];
}

export async function makeLabel(
  { name, type: printed }: { readonly name: string; readonly type?: string },
  { tree, catalog }: MakeInput,
): Promise<readonly string[] | null> {
  const parts: string[] = printed === undefined ? [] : printed.split(".");
  walk(tree, {
    AlterEnumStmt({ typeName }) {
      parts.push(...(typeName ?? []).flatMap((node) => lastName(node) ?? []));
    },
  });
  const typeName = parts.at(-1);
  if (typeName === undefined) return null;
  const schema = parts.length > 1 ? parts[0] : await catalog.currentSchema();
  return [
    `alter type ${quoted(schema ?? "public")}.${quoted(typeName)} add value if not exists '${name.replaceAll("'", "''")}'`,
  ];
}

const EXTENSION_OF: Readonly<Record<string, string>> = {
  uuid_generate_v4: "uuid-ossp",
  uuid_generate_v1: "uuid-ossp",
  crypt: "pgcrypto",
  gen_salt: "pgcrypto",
  digest: "pgcrypto",
  similarity: "pg_trgm",
  unaccent: "unaccent",
};

export async function makeRoutine(
  { name: printed, arguments: types, is }: Extract<MissingObject, { readonly kind: "function" }>,
  input: MakeInput,
): Promise<readonly string[] | null> {
  const { tree, catalog, made } = input;
  const [schema, last] = printed.includes(".") ? printed.split(".") : [undefined, printed];
  const name = last ?? printed;
  const extension = EXTENSION_OF[name];
  if (extension !== undefined) return [`create extension if not exists ${quoted(extension)}`];
  if (is === "aggregate") return null;
  const id: StandIn = { schema: schema ?? (await catalog.currentSchema()) ?? "public", name };
  const key_ = `function ${keyOf(id)}(${(types ?? []).join()})`;
  if (made.has(key_)) return otherGuess(input);
  made.add(key_);
  const list = (types ?? []).map((each) => (each === "unknown" ? "text" : each)).join(", ");
  const before = `create schema if not exists ${quoted(id.schema)}`;
  const text = JSON.stringify(tree);
  if (text.includes('"CreateTrigStmt"')) {
    return [before, `create function ${sqlName(id)}() returns trigger language plpgsql as 'begin return new; end'`];
  }
  if (is === "procedure") return [before, `create procedure ${sqlName(id)}(${list}) language sql as ''`];
  // An index and a generated column take immutable functions only; a default may be anything, and the worst is presumed.
  const volatility = text.includes('"IndexStmt"') || text.includes('"CONSTR_GENERATED"') ? "immutable" : "volatile";
  const returns = defaultType(tree) ?? "text";
  return [
    before,
    `create function ${sqlName(id)}(${list}) returns ${returns} ${volatility} language plpgsql as 'begin return null; end'`,
  ];
}

/** The type of the column whose default the statement gives. */
function defaultType(tree: ParseTree): string | null {
  const found: string[] = [];
  walk(tree, {
    ColumnDef({ typeName }) {
      const names = (typeName?.names ?? []).flatMap((node) => lastName(node) ?? []);
      const name = names.at(-1);
      if (name !== undefined && names.length === (names[0] === "pg_catalog" ? 2 : 1)) found.push(quoted(name));
    },
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}
