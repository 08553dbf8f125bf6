import type { DataType } from "../../../model.ts";
import type { SourceRef } from "../../../source.ts";
import { dataType, isNotNullByDefault, isSystemType } from "../../../dialects/mssql/types.ts";
import { isTemporary, missing, refused, shown, type Applier } from "./applier.ts";
import {
  columnOf,
  defaultOf,
  sameName,
  type DraftColumn,
  type DraftConstraint,
  type DraftIndex,
  type DraftKeyPart,
  type DraftTable,
  type DraftType,
} from "./draft.ts";
import type { TypeText } from "./read-type.ts";
import type {
  CheckElement,
  ColumnElement,
  ForeignKeyElement,
  IndexElement,
  KeyElement,
  KeyPart,
  Statement,
  TableElement,
} from "./statement.ts";
import { setSystemVersioning } from "./temporal.ts";

export function applyCreateTable(applier: Applier, statement: Extract<Statement, { kind: "create table" }>): void {
  const { draft } = applier;
  const { name, at } = statement;
  if (isTemporary(name)) return;
  if (draft.find(name)) return refused(applier, `${shown(draft, name)} exists already`, at);
  const place = applier.place(at);
  const schema = draft.schemaName(name);
  draft.useSchema(schema, place);
  const table: DraftTable = {
    kind: "table",
    number: draft.number(),
    name: name.name,
    schema,
    origin: { created: place },
    columns: [],
    constraints: [],
    indexes: [],
    triggers: [],
    options: new Map(),
  };
  draft.add(table);
  addElements(applier, table, statement.elements, true);
  setOptions(applier, table, statement.options, place);
}

/** Options a reader of the schema wants to know; those about storage are left out. */
export function setOptions(
  applier: Applier,
  table: DraftTable,
  options: Readonly<Record<string, string>>,
  at: SourceRef,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (name === "system_versioning") setSystemVersioning(applier, table, value, at);
    else if (KEPT_OPTIONS.has(name)) table.options.set(name, value);
  }
}

/** Columns first: a constraint written before a column may name it. */
export function addElements(
  applier: Applier,
  table: DraftTable,
  elements: readonly TableElement[],
  validated: boolean,
): void {
  const later: TableElement[] = [];
  for (const element of elements) {
    if (element.kind !== "column") later.push(element);
    else {
      addColumn(applier, table, element);
      later.push(...element.constraints);
    }
  }
  // A primary key decides what is clustered before unique keys ask.
  for (const element of later) addElement(applier, table, element, validated);
}

function addElement(applier: Applier, table: DraftTable, element: TableElement, validated: boolean): void {
  switch (element.kind) {
    case "primary key":
    case "unique":
      return addKey(applier, table, element);
    case "foreign key":
      return addForeignKey(applier, table, element, validated);
    case "check":
      return addCheck(applier, table, element, validated);
    case "default": {
      const column = columnOf(table, element.column);
      if (!column) return missing(applier, `Column ${element.column} of ${table.schema}.${table.name}`, element.at);
      for (const old of defaultOf(table, column)) applier.draft.remove(old);
      const own = element.name === undefined ? {} : { name: element.name };
      column.default = { expression: element.expression, number: applier.draft.number(), ...own };
      for (const made of defaultOf(table, column)) applier.draft.add(made);
      return;
    }
    case "index":
      return void addIndex(applier, table, element);
    case "period":
      table.options.set("period_for_system_time", `${element.start}, ${element.end}`);
      return;
    default:
  }
}

function addColumn(applier: Applier, table: DraftTable, element: ColumnElement): void {
  if (columnOf(table, element.name)) {
    return refused(applier, `Column ${element.name} of ${table.schema}.${table.name} exists already`, element.at);
  }
  const column = newColumn(applier, element, table);
  if (!column) return;
  if (!column.marks.has("sparse") && table.columns.length >= MOST_COLUMNS) {
    const plain = table.columns.filter(({ marks }) => !marks.has("sparse")).length;
    if (plain >= MOST_COLUMNS) return tooMany(applier, table, element);
  }
  table.columns.push(column);
}

/** Those that are not sparse (https://learn.microsoft.com/sql/sql-server/maximum-capacity-specifications-for-sql-server). */
const MOST_COLUMNS = 1024;
/** Tables of which it was said: one refusal is enough for all columns that follow. */
const full = new WeakSet<DraftTable>();

function tooMany(applier: Applier, table: DraftTable, { name, at }: ColumnElement): void {
  if (full.has(table)) return;
  full.add(table);
  refused(applier, `${table.schema}.${table.name} takes ${MOST_COLUMNS} columns, and ${name} is one more`, at);
}

/** The column of an element, without its constraints; null when it has neither type nor expression. */
export function newColumn(applier: Applier, element: ColumnElement, table?: DraftTable): DraftColumn | null {
  const { draft } = applier;
  const { name, computed, type } = element;
  if (!computed && !type) {
    refused(applier, `Column ${name} has no type`, element.at);
    return null;
  }
  const resolved = type ? resolveType(applier, type) : { type: computedType(table, computed?.expression ?? "") };
  const isPeriod = element.period !== undefined;
  const generated = computed
    ? { expression: computed.expression, stored: computed.persisted }
    : isPeriod && { expression: `GENERATED ALWAYS AS ${element.period ?? ""}`, stored: true };
  const marks = new Map(element.marks.map((mark) => [mark.name, mark.text]));
  const isNotNull = element.identity !== undefined || isPeriod || isNotNullByDefault(resolved.type.raw);
  const own = resolved.ownType?.kind === "domain" ? resolved.ownType : undefined;
  return {
    kind: "column",
    number: draft.number(),
    name,
    ...resolved,
    nullable: element.nullable ?? (own ? own.nullable : !isNotNull),
    ...(element.identity ? { identity: element.identity } : {}),
    ...(generated ? { generated } : {}),
    ...(element.collation === undefined ? {} : { collation: element.collation }),
    marks,
    origin: { created: applier.place(element.at) },
  };
}

/** A computed column that only names another one has its type; any other expression is not worked out. */
function computedType(table: DraftTable | undefined, expression: string): DataType {
  const column = table && columnOf(table, expression.replace(/^\[(.*)\]$/s, "$1"));
  return column?.type ?? castType(expression) ?? { raw: "", family: "other" };
}

/** `CONVERT([int], …)` and `CAST(… AS date)` around the whole expression say the type. */
function castType(expression: string): DataType | null {
  const convert = /^(?:try_)?convert\s*\(\s*\[?(\w+)\]?\s*(?:\(([\w\s,]+)\))?\s*,/i.exec(expression);
  if (!convert?.[1] || !isSystemType(convert[1])) return null;
  return dataType(convert[1], convert[2]?.split(",") ?? []);
}

export function resolveType(
  applier: Applier,
  type: TypeText,
): { readonly type: DataType; readonly ownType?: DraftType } {
  const { draft } = applier;
  const isSystem = type.name.schema === undefined || sameName(type.name.schema, "sys");
  const own = draft.type(type.name);
  if (isSystem && (isSystemType(type.name.name) || !own)) return { type: dataType(type.name.name, type.arguments) };
  if (!own) return { type: { raw: shown(draft, type.name), family: "other" } };
  if (own.kind === "table type")
    return { type: { raw: `${own.schema}.${own.name}`, family: "composite" }, ownType: own };
  return { type: { ...own.base, raw: `${own.schema}.${own.name}` }, ownType: own };
}

export function keyParts(applier: Applier, table: DraftTable, keys: readonly KeyPart[]): DraftKeyPart[] {
  return keys.flatMap((key) => {
    const column = columnOf(table, key.name);
    if (column) return [{ column, descending: key.descending }];
    missing(applier, `Column ${key.name} of ${table.schema}.${table.name}`, key.at);
    return [];
  });
}

const hasClustered = (table: DraftTable): boolean =>
  table.constraints.some((constraint) => constraint.clustered === true) ||
  table.indexes.some((index) => index.clustered);

function addKey(applier: Applier, table: DraftTable, element: KeyElement): void {
  const keys = keyParts(applier, table, element.keys);
  if (keys.length === 0 || keys.length < element.keys.length) return;
  const isPrimary = element.kind === "primary key";
  if (isPrimary && table.constraints.some((constraint) => constraint.kind === "primary key")) {
    return refused(applier, `${table.schema}.${table.name} has a primary key already`, element.at);
  }
  const names = keys.map(({ column }) => column.name);
  const base = newConstraint(applier, table, element, isPrimary ? ["PK"] : ["UQ", ...names]);
  if (!base) return;
  // A primary key is clustered unless something else is.
  const clustered = element.clustered ?? (isPrimary && element.hash !== true && !hasClustered(table));
  addConstraint(applier, {
    ...base,
    kind: element.kind,
    keys,
    clustered,
    ...(element.hash === true ? { hash: true } : {}),
  });
  if (isPrimary) for (const { column } of keys) column.nullable = false;
}

function addForeignKey(applier: Applier, table: DraftTable, element: ForeignKeyElement, validated: boolean): void {
  const keys = keyParts(applier, table, element.columns);
  if (keys.length === 0 || keys.length < element.columns.length) return;
  const base = newConstraint(applier, table, element, ["FK", keys[0]?.column.name ?? ""]);
  if (!base) return;
  const { draft } = applier;
  const found = draft.table(element.table);
  const columns = element.references.map((column) => column.name);
  const ref = { ...element.table, schema: draft.schemaName(element.table) };
  addConstraint(applier, {
    ...base,
    kind: "foreign key",
    keys,
    target: found ? { ref, columns, table: found, ...resolveTarget(found, columns) } : { ref, columns },
    onDelete: element.onDelete,
    onUpdate: element.onUpdate,
    ...(element.enforced === false ? { enforced: false } : {}),
    validated: validated && element.enforced !== false,
  });
}

/** The columns a foreign key points at: those named, else the primary key's. */
export function resolveTarget(table: DraftTable, names: readonly string[]): { resolved?: readonly DraftColumn[] } {
  const primary = table.constraints.find((constraint) => constraint.kind === "primary key");
  if (names.length === 0) return primary ? { resolved: primary.keys.map(({ column }) => column) } : {};
  const columns = names.flatMap((name) => columnOf(table, name) ?? []);
  return columns.length === names.length ? { resolved: columns } : {};
}

function addCheck(applier: Applier, table: DraftTable, element: CheckElement, validated: boolean): void {
  const column = element.column === undefined ? undefined : columnOf(table, element.column);
  const base = newConstraint(applier, table, element, ["CK", ...(column ? [column.name] : [])]);
  if (!base) return;
  const keys = column ? [{ column, descending: false }] : [];
  addConstraint(applier, { ...base, kind: "check", keys, expression: element.expression, validated });
}

function newConstraint(
  applier: Applier,
  table: DraftTable,
  element: { readonly name?: string; readonly at: number },
  [prefix = "", ...parts]: readonly string[],
): Omit<DraftConstraint, "kind" | "keys"> | null {
  const { draft } = applier;
  const name = element.name ?? draft.systemName(table, prefix, parts);
  if (draft.find({ schema: table.schema, name })) {
    refused(applier, `${table.schema}.${name} exists already`, element.at);
    return null;
  }
  const origin = { created: applier.place(element.at) };
  return {
    number: draft.number(),
    name,
    table,
    isSystemNamed: element.name === undefined,
    validated: true,
    enforced: true,
    origin,
  };
}

function addConstraint({ draft }: Applier, constraint: DraftConstraint): void {
  constraint.table.constraints.push(constraint);
  draft.add(constraint);
}

/** Adds an index to a table; null when it cannot be. */
export function addIndex(applier: Applier, table: DraftTable, element: IndexElement): DraftIndex | null {
  if (table.indexes.some((index) => sameName(index.name, element.name))) {
    refused(applier, `Index ${element.name} of ${table.schema}.${table.name} exists already`, element.at);
    return null;
  }
  const keys = keyParts(applier, table, element.keys);
  if (keys.length < element.keys.length) return null;
  const index: DraftIndex = {
    kind: "index",
    number: applier.draft.number(),
    name: element.name,
    method: element.method,
    unique: element.unique,
    clustered: element.clustered === true,
    keys,
    include: element.include.flatMap((name) => columnOf(table, name) ?? []),
    ...(element.predicate === undefined ? {} : { predicate: element.predicate }),
    valid: true,
    origin: { created: applier.place(element.at) },
  };
  applier.draft.addIndex(table, index);
  return index;
}

const KEPT_OPTIONS: ReadonlySet<string> = new Set([
  "memory_optimized",
  "durability",
  "filegroup",
  "partition_scheme",
  "partition_column",
  "filetable",
  "graph",
  "ledger",
  "external",
  "lock_escalation",
  "data_deletion",
]);
