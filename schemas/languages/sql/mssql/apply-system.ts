import { missing, note, shown, type Applier } from "./applier.ts";
import { refreshView } from "./apply-objects.ts";
import type { Value } from "./catalog-rows.ts";
import { columnOf, defaultOf, sameName, touch, type DraftObject, type DraftTable } from "./draft.ts";
import { parseName, parseParts } from "./parse-name.ts";
import { dataType } from "../../../dialects/mssql/types.ts";

/** Arguments of a call, by name where given and by place else. */
export interface CallArguments {
  at(name: string, index: number): Value;
}

/** Procedures of the server that change the schema; false for all others. */
export function applySystemProcedure(applier: Applier, name: string, args: CallArguments, at: number): boolean {
  switch (name.toLowerCase()) {
    case "sp_rename":
      rename(applier, args, at);
      return true;
    case "sp_addextendedproperty":
    case "sp_updateextendedproperty":
    case "sp_dropextendedproperty":
      describe(applier, args, name.toLowerCase().startsWith("sp_drop"), at);
      return true;
    case "sp_refreshview":
    case "sp_refreshsqlmodule": {
      const ref = parseName(String(args.at("@viewname", 0) ?? args.at("@name", 0) ?? ""));
      const found = ref ? applier.draft.find(ref) : undefined;
      if (found?.kind === "view") refreshView(applier, found);
      return true;
    }
    case "sp_addtype":
      addType(applier, args, at);
      return true;
    default:
      return false;
  }
}

function rename(applier: Applier, args: CallArguments, at: number): void {
  const { draft } = applier;
  const from = args.at("@objname", 0);
  const to = args.at("@newname", 1);
  const kind = args.at("@objtype", 2);
  if (typeof from !== "string" || typeof to !== "string") {
    return note(applier, "The names that sp_rename is given are not known before it runs", at);
  }
  const parts = parseParts(from);
  const what = typeof kind === "string" ? kind.toUpperCase() : "";
  const place = applier.place(at);
  const isNested = what === "COLUMN" || what === "INDEX";
  const name = parts.at(-1) ?? "";
  if (what === "USERDATATYPE") {
    const type = draft.type(refOf(parts));
    if (!type) return missing(applier, `Type ${from}`, at);
    draft.removeType(type);
    type.name = to;
    draft.addType(type);
    return touch(type, place);
  }
  const object = isNested ? undefined : draft.find(refOf(parts));
  if (object) return renameObject(applier, object, to, at);
  const table = parts.length > 1 ? draft.table(refOf(parts.slice(0, -1))) : undefined;
  if (!table) return missing(applier, from, at);
  const column = what === "INDEX" ? undefined : columnOf(table, name);
  if (column) {
    column.name = to;
    touch(table, place);
    return touch(column, place);
  }
  const index = table.indexes.find((one) => sameName(one.name, name));
  const constraint = table.constraints.find((one) => sameName(one.name, name));
  if (index) {
    draft.renameIndex(table, index, to);
    return touch(index, place);
  }
  if (constraint) return renameObject(applier, constraint, to, at);
  missing(applier, from, at);
}

function refOf(parts: readonly string[]): { readonly schema?: string; readonly name: string } {
  const schema = parts.at(-2);
  return { name: parts.at(-1) ?? "", ...(schema === undefined ? {} : { schema }) };
}

function renameObject(applier: Applier, object: DraftObject, to: string, at: number): void {
  const place = applier.place(at);
  if (object.kind === "default") {
    const { table, column } = object;
    for (const part of defaultOf(table, column)) applier.draft.remove(part);
    if (column.default) column.default = { ...column.default, name: to };
    for (const part of defaultOf(table, column)) applier.draft.add(part);
    return touch(column, place);
  }
  applier.draft.rename(object, () => {
    object.name = to;
  });
  touch(object, place);
}

/** `MS_Description` is what tools show as the comment; other properties are not part of the model. */
function describe(applier: Applier, args: CallArguments, isDropped: boolean, at: number): void {
  const { draft } = applier;
  const property = args.at("@name", 0);
  if (typeof property !== "string" || property.toLowerCase() !== "ms_description") return;
  const shift = isDropped ? 1 : 0;
  const text = (name: string, index: number): string | null => {
    const value = args.at(name, index - shift);
    return typeof value === "string" ? value : null;
  };
  const comment = isDropped ? null : text("@value", 1);
  const schema = text("@level0name", 3);
  const kind = text("@level1type", 4)?.toUpperCase();
  const name = text("@level1name", 5);
  const partKind = text("@level2type", 6)?.toUpperCase();
  const part = text("@level2name", 7);
  if (schema === null) return;
  const set = (object: { comment?: string } | undefined, what: string): void => {
    if (!object) return missing(applier, what, at);
    if (comment === null || comment === "") delete object.comment;
    else object.comment = comment;
  };
  if (name === null) return set(draft.schemas.get(schema.toLowerCase()), `Schema ${schema}`);
  const ref = { schema, name };
  if (kind === "TYPE") return set(draft.type(ref), `Type ${schema}.${name}`);
  const object = draft.find(ref);
  if (!object) return missing(applier, shown(draft, { ...ref, at }), at);
  if (part === null) return set(object, name);
  if (object.kind === "view" && partKind === "COLUMN") {
    if (comment === null) object.comments.delete(part.toLowerCase());
    else object.comments.set(part.toLowerCase(), comment);
    return;
  }
  if (object.kind === "table" && partKind !== "PARAMETER")
    set(partOf(object, partKind ?? "", part), `${schema}.${name}.${part}`);
}

function partOf(table: DraftTable, kind: string, name: string): { comment?: string } | undefined {
  if (kind === "COLUMN") return columnOf(table, name);
  const found = [...table.constraints, ...table.indexes, ...table.triggers].find((one) => sameName(one.name, name));
  // A default is part of its column in the model: its description has no place of its own.
  return (
    found ??
    (table.columns.some((column) => column.default?.name !== undefined && sameName(column.default.name, name))
      ? {}
      : undefined)
  );
}

/** How types were made before CREATE TYPE. */
function addType(applier: Applier, args: CallArguments, at: number): void {
  const name = args.at("@typename", 0);
  const base = args.at("@phystype", 1);
  if (typeof name !== "string" || typeof base !== "string") return;
  const match = /^\s*([\w ]+?)\s*(?:\(([^)]*)\))?\s*$/.exec(base);
  const nullable = String(args.at("@nulltype", 2) ?? "NULL").toUpperCase() === "NULL";
  const { draft } = applier;
  const type = dataType(match?.[1] ?? base, match?.[2]?.split(",") ?? []);
  draft.addType({
    kind: "domain",
    number: draft.number(),
    name,
    schema: draft.defaultSchema,
    base: type,
    nullable,
    origin: { created: applier.place(at) },
  });
}
