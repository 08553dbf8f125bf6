import {
  columnRows,
  constraintRows,
  indexColumnRows,
  indexRows,
  objectRows,
  relationRows,
  routineRows,
  schemaRows,
  typeRows,
  type Hint,
  type Row,
} from "./catalog-rows.ts";
import type { Draft } from "./draft.ts";
import type { NameRef } from "./reader.ts";

/** A catalog view: its rows, and the columns whose values find them without looking at all. */
export interface CatalogView {
  readonly keys: Readonly<Record<string, keyof Hint>>;
  rows(draft: Draft, hint: Hint): Iterable<Row>;
}

/** The catalog view a name stands for; null for tables of the user and for views that no rule here knows. */
export function catalogView({ schema, name }: NameRef): CatalogView | null {
  const key = `${(schema ?? "").toLowerCase()}.${name.toLowerCase()}`;
  return VIEWS[key] ?? VIEWS[key.replace(/^(?:dbo)?\.sys/, "sys.sys")] ?? null;
}

const objects = (...types: readonly string[]): CatalogView => ({
  keys: { name: "name", object_id: "object", parent_object_id: "parent", parent_id: "parent" },
  rows: (draft, hint) => objectRows(draft, hint, types.length === 0 ? null : new Set(types)),
});

const constraints = (byColumn: boolean): CatalogView => ({
  keys: {
    table_name: "table",
    constraint_name: "name",
    parent_object_id: "object",
    constraint_object_id: "object",
  },
  rows: (draft, hint) => constraintRows(draft, hint, byColumn),
});

const byObject = { object_id: "object", table_name: "table" } as const;
const byName = { name: "name", schema_name: "name" } as const;

const VIEWS: Readonly<Record<string, CatalogView>> = {
  "sys.objects": objects(),
  "sys.all_objects": objects(),
  "sys.sysobjects": { ...objects(), keys: { name: "name", id: "object", parent_obj: "parent" } },
  "sys.tables": objects("U"),
  "sys.views": objects("V"),
  "sys.all_views": objects("V"),
  "sys.procedures": objects("P"),
  "sys.triggers": objects("TR"),
  "sys.foreign_keys": objects("F"),
  "sys.key_constraints": objects("PK", "UQ"),
  "sys.check_constraints": objects("C"),
  "sys.default_constraints": objects("D"),
  "sys.sequences": objects("SO"),
  "sys.synonyms": objects("SN"),
  "sys.sql_modules": objects("V", "P", "FN", "IF", "TF", "TR"),
  "sys.columns": { keys: byObject, rows: columnRows },
  "sys.all_columns": { keys: byObject, rows: columnRows },
  "sys.syscolumns": { keys: { id: "object" }, rows: columnRows },
  "sys.indexes": { keys: { name: "name", object_id: "object" }, rows: indexRows },
  "sys.sysindexes": { keys: { name: "name", id: "object" }, rows: indexRows },
  "sys.index_columns": { keys: byObject, rows: indexColumnRows },
  "sys.foreign_key_columns": constraints(true),
  "sys.schemas": { keys: byName, rows: schemaRows },
  "sys.types": { keys: byName, rows: (draft, hint) => typeRows(draft, hint) },
  "sys.systypes": { keys: byName, rows: (draft, hint) => typeRows(draft, hint) },
  "sys.table_types": { keys: byName, rows: (draft, hint) => typeRows(draft, hint, true) },
  "information_schema.tables": { keys: byObject, rows: (draft, hint) => relationRows(draft, hint, false) },
  "information_schema.views": { keys: byObject, rows: (draft, hint) => relationRows(draft, hint, true) },
  "information_schema.columns": { keys: byObject, rows: columnRows },
  "information_schema.table_constraints": constraints(false),
  "information_schema.check_constraints": constraints(false),
  "information_schema.referential_constraints": constraints(false),
  "information_schema.constraint_column_usage": constraints(true),
  "information_schema.constraint_table_usage": constraints(false),
  "information_schema.key_column_usage": constraints(true),
  "information_schema.routines": { keys: { routine_name: "table" }, rows: routineRows },
  "information_schema.schemata": { keys: byName, rows: schemaRows },
};
