import { byteLength } from "../../../dialects/mssql/types.ts";
import {
  partsOf,
  schemaOf,
  type Draft,
  type DraftConstraint,
  type DraftIndex,
  type DraftObject,
  type DraftTable,
  type DraftType,
} from "./draft.ts";

/** Undefined is a value that no rule here knows. */
export type Value = string | number | null | undefined;
export type Row = Readonly<Record<string, Value>>;

/** What a condition fixes already, so that not every row has to be looked at. */
export interface Hint {
  /** Name of the object, type, schema, index or constraint. */
  readonly name?: string;
  readonly object?: number;
  /** The object that it belongs to. */
  readonly parent?: number;
  /** Name of the table, view or routine. */
  readonly table?: string;
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

export function* objectRows(draft: Draft, hint: Hint, types: ReadonlySet<string> | null): Iterable<Row> {
  for (const object of hinted(draft, hint)) if (types?.has(typeCode(object)) !== false) yield objectRow(draft, object);
}

function hinted(draft: Draft, { name, object, parent }: Hint): Iterable<DraftObject> {
  if (object !== undefined) return one(draft.numbered(object));
  if (parent !== undefined) return one(draft.numbered(parent)).flatMap(partsOf);
  return name === undefined ? draft.all() : draft.named(name);
}

const one = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** Relations and routines: the one with a number, those of a name, or all. */
function owners(draft: Draft, { object, table }: Hint): Iterable<DraftObject> {
  if (object !== undefined) return one(draft.numbered(object));
  return table === undefined ? draft.all() : draft.named(table);
}

function* tables(draft: Draft, hint: Hint): Iterable<DraftTable> {
  if (hint.name !== undefined && hint.object === undefined && hint.table === undefined) {
    yield* withPart(draft, hint.name);
    return;
  }
  for (const object of owners(draft, hint)) {
    if (object.kind === "table") yield object;
    else if ("table" in object) yield object.table;
  }
}

/** Tables with an index or a constraint of this name. */
function withPart(draft: Draft, name: string): ReadonlySet<DraftTable> {
  const found = new Set(draft.withIndex(name));
  for (const object of draft.named(name)) if ("table" in object) found.add(object.table);
  return found;
}

export function* columnRows(draft: Draft, hint: Hint): Iterable<Row> {
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
  for (const object of owners(draft, hint)) {
    if (object.kind !== "view") continue;
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

export function* indexRows(draft: Draft, hint: Hint): Iterable<Row> {
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

export function* indexColumnRows(draft: Draft, hint: Hint): Iterable<Row> {
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

export function* constraintRows(draft: Draft, hint: Hint, byColumn: boolean): Iterable<Row> {
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

export function* relationRows(draft: Draft, hint: Hint, onlyViews: boolean): Iterable<Row> {
  for (const object of owners(draft, hint)) {
    if (object.kind !== "view" && (onlyViews || object.kind !== "table")) continue;
    const type = object.kind === "view" ? "VIEW" : "BASE TABLE";
    yield { table_schema: object.schema, table_name: object.name, table_type: type, table_catalog: undefined };
  }
}

export function* routineRows(draft: Draft, hint: Hint): Iterable<Row> {
  for (const object of owners(draft, hint)) {
    if (object.kind !== "routine") continue;
    const row = { routine_schema: object.schema, routine_name: object.name, specific_schema: object.schema };
    yield { ...row, specific_name: object.name, routine_type: object.source.variant.toUpperCase() };
  }
}

export function* schemaRows(draft: Draft, { name }: Hint): Iterable<Row> {
  for (const schema of name === undefined ? draft.schemas.values() : one(draft.schemas.get(name.toLowerCase())))
    yield { name: schema.name, schema_name: schema.name, schema_id: schema.number };
}

export function* typeRows(draft: Draft, hint: Hint, onlyTables = false): Iterable<Row> {
  for (const type of typesNamed(draft, hint)) {
    const isTable = type.kind === "table type" ? 1 : 0;
    if (onlyTables && isTable === 0) continue;
    const owner = schemaNumber(draft, type.schema) ?? type.schema;
    yield { name: type.name, schema_id: owner, user_type_id: type.number, is_user_defined: 1, is_table_type: isTable };
  }
}

const typesNamed = (draft: Draft, { name }: Hint): Iterable<DraftType> =>
  name === undefined
    ? draft.types.values()
    : [...draft.schemas.values()].flatMap((schema) => one(draft.type({ schema: schema.name, name })));
