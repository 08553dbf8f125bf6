import { byteLength } from "../../../dialects/mssql/types.ts";
import type { NameRef } from "./reader.ts";
import {
  schemaOf,
  type Draft,
  type DraftConstraint,
  type DraftIndex,
  type DraftObject,
  type DraftTable,
} from "./draft.ts";

/** Undefined is a value that no rule here knows. */
export type Value = string | number | null | undefined;
export type Row = Readonly<Record<string, Value>>;

/** What a condition already fixes, so that not every row has to be looked at. */
export interface Hint {
  readonly name?: string;
  readonly object?: number;
  readonly table?: string;
}

/** A catalog view: the columns a hint can use, and its rows. */
export interface CatalogView {
  readonly nameColumn: string;
  readonly objectColumn?: string;
  readonly tableColumn?: string;
  rows(draft: Draft, hint: Hint): Iterable<Row>;
}

/** The catalog view a name stands for; null for tables of the user and for views that no rule here knows. */
export function catalogView({ schema, name }: NameRef): CatalogView | null {
  const key = `${(schema ?? "").toLowerCase()}.${name.toLowerCase()}`;
  return VIEWS[key] ?? VIEWS[key.replace(/^(?:dbo)?\.sys/, "sys.sys")] ?? null;
}

/** `U`, `V`, `P`, `FN` … as `sys.objects.type` has it. */
export function typeCode(object: DraftObject): string {
  switch (object.kind) {
    case "table":
      return "U";
    case "view":
      return "V";
    case "routine":
      return routineCode(object.source.variant, object.source.returns ?? "");
    case "sequence":
      return "SO";
    case "synonym":
      return "SN";
    case "trigger":
      return "TR";
    case "default":
      return "D";
    case "primary key":
      return "PK";
    case "unique":
      return "UQ";
    case "foreign key":
      return "F";
    case "check":
      return "C";
  }
}

function routineCode(variant: "procedure" | "function", returns: string): string {
  if (variant === "procedure") return "P";
  const word = returns.trim().toUpperCase();
  if (word === "TABLE") return "IF";
  return word.startsWith("@") ? "TF" : "FN";
}

export const schemaNumber = (draft: Draft, name: string): Value => draft.schemas.get(name.toLowerCase())?.number;

function objectRow(draft: Draft, object: DraftObject): Row {
  const schema = schemaOf(object);
  const type = typeCode(object);
  const parent = parentOf(object)?.number ?? 0;
  const owner = schemaNumber(draft, schema) ?? schema;
  return {
    name: object.name,
    object_id: object.number,
    id: object.number,
    type,
    xtype: type,
    schema_id: owner,
    uid: owner,
    parent_object_id: parent,
    parent_obj: parent,
    parent_id: parent,
    is_ms_shipped: 0,
    ...(object.kind === "foreign key" ? { referenced_object_id: targetNumber(draft, object) } : {}),
    ...(object.kind === "default"
      ? { parent_column_id: object.column.number, definition: `(${object.column.default?.expression ?? ""})` }
      : {}),
    ...(object.kind === "table" ? { temporal_type: object.options.has("system_versioning") ? 2 : 0 } : {}),
  };
}

/** What a constraint, default or trigger belongs to. */
function parentOf(object: DraftObject): { readonly number: number } | null {
  if ("table" in object) return object.table;
  return object.kind === "trigger" ? object.parent : null;
}

const targetNumber = (draft: Draft, { target }: DraftConstraint): Value =>
  target && (target.table ?? draft.table(target.ref))?.number;

function* objects(draft: Draft, hint: Hint, types: ReadonlySet<string> | null): Iterable<Row> {
  for (const object of hint.name === undefined ? draft.all() : draft.named(hint.name)) {
    if (types && !types.has(typeCode(object))) continue;
    if (hint.object !== undefined && object.number !== hint.object && !("table" in object)) continue;
    yield objectRow(draft, object);
  }
}

const objectView = (...types: readonly string[]): CatalogView => ({
  nameColumn: "name",
  objectColumn: "object_id",
  rows: (draft, hint) => objects(draft, hint, types.length === 0 ? null : new Set(types)),
});

function* tables(draft: Draft, hint: Hint): Iterable<DraftTable> {
  for (const object of hint.table === undefined ? draft.all() : draft.named(hint.table)) {
    if (object.kind !== "table" || (hint.object !== undefined && object.number !== hint.object)) continue;
    yield object;
  }
}

function* columns(draft: Draft, hint: Hint): Iterable<Row> {
  for (const table of tables(draft, hint)) {
    for (const [index, column] of table.columns.entries()) {
      const length = column.type.raw.endsWith("(max)") ? -1 : column.type.length;
      yield {
        name: column.name,
        column_name: column.name,
        object_id: table.number,
        id: table.number,
        column_id: column.number,
        colid: column.number,
        is_nullable: column.nullable ? 1 : 0,
        is_identity: column.identity ? 1 : 0,
        is_computed: column.generated ? 1 : 0,
        default_object_id: column.default?.number ?? 0,
        max_length: byteLength(column.type) ?? undefined,
        length: byteLength(column.type) ?? undefined,
        character_maximum_length: length,
        data_type: column.type.raw.replace(/\(.*/, ""),
        ordinal_position: index + 1,
        table_name: table.name,
        table_schema: table.schema,
        table_catalog: undefined,
        column_default: column.default ? `(${column.default.expression})` : null,
      };
    }
  }
  for (const object of hint.table === undefined ? draft.all() : draft.named(hint.table)) {
    if (object.kind !== "view" || (hint.object !== undefined && object.number !== hint.object)) continue;
    for (const column of object.columns ?? []) {
      const { name } = column;
      yield {
        name,
        column_name: name,
        object_id: object.number,
        id: object.number,
        table_name: object.name,
        table_schema: object.schema,
      };
    }
  }
}

function* indexes(draft: Draft, hint: Hint): Iterable<Row> {
  for (const table of tables(draft, hint)) {
    const keys = table.constraints.filter(
      (constraint) => constraint.kind === "primary key" || constraint.kind === "unique",
    );
    for (const index of [...table.indexes, ...keys]) yield indexRow(table, index);
  }
}

function indexRow(table: DraftTable, index: DraftIndex | DraftConstraint): Row {
  const isIndex = index.kind === "index";
  return {
    name: index.name,
    object_id: table.number,
    id: table.number,
    index_id: index.number,
    indid: index.number,
    is_unique: isIndex && !index.unique ? 0 : 1,
    is_primary_key: index.kind === "primary key" ? 1 : 0,
    is_unique_constraint: index.kind === "unique" ? 1 : 0,
    has_filter: isIndex && index.predicate !== undefined ? 1 : 0,
    type_desc: index.clustered === true ? "CLUSTERED" : "NONCLUSTERED",
    type: index.clustered === true ? 1 : 2,
    is_disabled: isIndex && !index.valid ? 1 : 0,
  };
}

function* indexColumns(draft: Draft, hint: Hint): Iterable<Row> {
  for (const table of tables(draft, hint)) {
    const keys = table.constraints.filter(
      (constraint) => constraint.kind === "primary key" || constraint.kind === "unique",
    );
    for (const index of [...table.indexes, ...keys]) {
      const base = { object_id: table.number, index_id: index.number };
      for (const [at, key] of index.keys.entries()) {
        yield {
          ...base,
          column_id: key.column.number,
          key_ordinal: at + 1,
          is_included_column: 0,
          is_descending_key: key.descending ? 1 : 0,
        };
      }
      if (index.kind !== "index") continue;
      for (const column of index.include)
        yield { ...base, column_id: column.number, key_ordinal: 0, is_included_column: 1 };
    }
  }
}

function* constraintRows(draft: Draft, hint: Hint, byColumn: boolean): Iterable<Row> {
  for (const table of tables(draft, hint)) {
    for (const constraint of table.constraints) {
      const row = {
        constraint_name: constraint.name,
        constraint_schema: table.schema,
        table_name: table.name,
        table_schema: table.schema,
        constraint_type: constraint.kind.toUpperCase(),
        constraint_object_id: constraint.number,
        parent_object_id: table.number,
        referenced_object_id: targetNumber(draft, constraint),
      };
      if (!byColumn) yield row;
      else
        for (const key of constraint.keys)
          yield { ...row, column_name: key.column.name, parent_column_id: key.column.number };
    }
  }
}

function* relations(draft: Draft, hint: Hint, onlyViews: boolean): Iterable<Row> {
  for (const object of hint.table === undefined ? draft.all() : draft.named(hint.table)) {
    if (object.kind !== "view" && (onlyViews || object.kind !== "table")) continue;
    const type = object.kind === "view" ? "VIEW" : "BASE TABLE";
    yield { table_schema: object.schema, table_name: object.name, table_type: type, table_catalog: undefined };
  }
}

function* routines(draft: Draft, hint: Hint): Iterable<Row> {
  for (const object of hint.table === undefined ? draft.all() : draft.named(hint.table)) {
    if (object.kind !== "routine") continue;
    const row = { routine_schema: object.schema, routine_name: object.name, specific_schema: object.schema };
    yield { ...row, specific_name: object.name, routine_type: object.source.variant.toUpperCase() };
  }
}

function* schemas(draft: Draft): Iterable<Row> {
  for (const schema of draft.schemas.values())
    yield { name: schema.name, schema_name: schema.name, schema_id: schema.number };
}

function* types(draft: Draft, _hint: Hint, onlyTables = false): Iterable<Row> {
  for (const type of draft.types.values()) {
    const isTable = type.kind === "table type" ? 1 : 0;
    if (onlyTables && isTable === 0) continue;
    const owner = schemaNumber(draft, type.schema) ?? type.schema;
    yield { name: type.name, schema_id: owner, user_type_id: type.number, is_user_defined: 1, is_table_type: isTable };
  }
}

const named = { nameColumn: "name", objectColumn: "object_id" } as const;
const ofTable = { nameColumn: "", tableColumn: "table_name" } as const;

const VIEWS: Readonly<Record<string, CatalogView>> = {
  "sys.objects": objectView(),
  "sys.all_objects": objectView(),
  "sys.sysobjects": { ...objectView(), objectColumn: "id" },
  "sys.tables": objectView("U"),
  "sys.views": objectView("V"),
  "sys.all_views": objectView("V"),
  "sys.procedures": objectView("P"),
  "sys.triggers": objectView("TR"),
  "sys.foreign_keys": objectView("F"),
  "sys.key_constraints": objectView("PK", "UQ"),
  "sys.check_constraints": objectView("C"),
  "sys.default_constraints": objectView("D"),
  "sys.sequences": objectView("SO"),
  "sys.synonyms": objectView("SN"),
  "sys.sql_modules": objectView("V", "P", "FN", "IF", "TF", "TR"),
  "sys.columns": { nameColumn: "", objectColumn: "object_id", rows: columns },
  "sys.all_columns": { nameColumn: "", objectColumn: "object_id", rows: columns },
  "sys.syscolumns": { nameColumn: "", objectColumn: "id", rows: columns },
  "sys.indexes": { nameColumn: "", objectColumn: "object_id", rows: indexes },
  "sys.sysindexes": { nameColumn: "", objectColumn: "id", rows: indexes },
  "sys.index_columns": { nameColumn: "", objectColumn: "object_id", rows: indexColumns },
  "sys.foreign_key_columns": {
    nameColumn: "",
    objectColumn: "parent_object_id",
    rows: (draft, hint) => constraintRows(draft, hint, true),
  },
  "sys.schemas": { ...named, rows: schemas },
  "sys.types": { ...named, rows: types },
  "sys.systypes": { ...named, rows: types },
  "sys.table_types": { ...named, rows: (draft, hint) => types(draft, hint, true) },
  "information_schema.tables": { ...ofTable, rows: (draft, hint) => relations(draft, hint, false) },
  "information_schema.views": { ...ofTable, rows: (draft, hint) => relations(draft, hint, true) },
  "information_schema.columns": { ...ofTable, rows: columns },
  "information_schema.table_constraints": { ...ofTable, rows: (draft, hint) => constraintRows(draft, hint, false) },
  "information_schema.check_constraints": { ...ofTable, rows: (draft, hint) => constraintRows(draft, hint, false) },
  "information_schema.referential_constraints": {
    ...ofTable,
    rows: (draft, hint) => constraintRows(draft, hint, false),
  },
  "information_schema.constraint_column_usage": {
    ...ofTable,
    rows: (draft, hint) => constraintRows(draft, hint, true),
  },
  "information_schema.constraint_table_usage": {
    ...ofTable,
    rows: (draft, hint) => constraintRows(draft, hint, false),
  },
  "information_schema.key_column_usage": { ...ofTable, rows: (draft, hint) => constraintRows(draft, hint, true) },
  "information_schema.routines": { nameColumn: "", tableColumn: "routine_name", rows: routines },
  "information_schema.schemata": { nameColumn: "", rows: schemas },
};
