import { baseType, isText } from "../../../dialects/mysql/types.ts";
import { databaseOf, type ApplyContext } from "./apply-context.ts";
import { addCheck } from "./apply-checks.ts";
import { addForeignKey, addKey } from "./apply-keys.ts";
import { ApplyError, byName, nameKey, sameName, touch, type BuiltColumn, type BuiltTable } from "./built.ts";
import type { ColumnSpec, Placement, TypeSpec } from "./statement.ts";

/** Adds a column with the keys and checks of its definition. */
export function addColumn(context: ApplyContext, table: BuiltTable, spec: ColumnSpec, place?: Placement): void {
  if (byName(table.columns, spec.name)) throw new ApplyError(`column "${spec.name}" exists already in "${table.name}"`);
  const column = builtColumn(context, table, spec);
  insert(table.columns, column, place);
  addParts(context, table, spec);
}

/** Gives a column another definition and, for CHANGE, another name. */
export function modifyColumn(
  context: ApplyContext,
  table: BuiltTable,
  from: string,
  spec: ColumnSpec,
  place?: Placement,
): void {
  const old = columnOf(table, from);
  if (!sameName(from, spec.name) && byName(table.columns, spec.name))
    throw new ApplyError(`column "${spec.name}" exists already in "${table.name}"`);
  if (old.name !== spec.name) renameColumn(context, table, old.name, spec.name);
  const column: BuiltColumn = { ...builtColumn(context, table, spec), origin: old.origin };
  if (isInPrimaryKey(table, column.name)) column.nullable = false;
  const at = table.columns.indexOf(old);
  table.columns[at] = column;
  table.checks = table.checks.filter((check) => check.column === undefined || !sameName(check.column, column.name));
  touch(column, context.placeAt(spec.offset));
  if (place) {
    table.columns.splice(at, 1);
    insert(table.columns, column, place);
  }
  addParts(context, table, spec);
}

export function columnOf(table: BuiltTable, name: string): BuiltColumn {
  const found = byName(table.columns, name);
  if (!found) throw new ApplyError(`column "${name}" does not exist in "${table.name}"`, true);
  return found;
}

/** The new name in keys and foreign keys, of other tables too. */
export function renameColumn(context: ApplyContext, table: BuiltTable, from: string, to: string): void {
  const column = columnOf(table, from);
  const swap = (name: string): string => (sameName(name, from) ? to : name);
  for (const key of table.keys) {
    key.parts = key.parts.map((part) => (part.column === undefined ? part : { ...part, column: swap(part.column) }));
  }
  for (const foreignKey of table.foreignKeys) foreignKey.columns = foreignKey.columns.map(swap);
  for (const check of table.checks) if (check.column !== undefined && sameName(check.column, from)) check.column = to;
  for (const other of context.built.referrers.of(nameKey(table.schema, table.name))) {
    for (const foreignKey of other.foreignKeys) {
      if (foreignKey.schema === table.schema && foreignKey.table === table.name)
        foreignKey.references = foreignKey.references.map(swap);
    }
  }
  column.name = to;
}

/** Drops a column out of its keys as well; a key without columns goes. */
export function dropColumn(table: BuiltTable, name: string): void {
  const column = columnOf(table, name);
  table.columns = table.columns.filter((one) => one !== column);
  for (const key of table.keys)
    key.parts = key.parts.filter((part) => part.column === undefined || !sameName(part.column, name));
  table.keys = table.keys.filter((key) => key.parts.length > 0);
  table.checks = table.checks.filter((check) => check.column === undefined || !sameName(check.column, name));
}

/** https://dev.mysql.com/doc/refman/8.4/en/column-count-limit.html; InnoDB takes fewer. */
const MOST_COLUMNS = 4096;
const full = new WeakSet<readonly BuiltColumn[]>();

function insert(columns: BuiltColumn[], column: BuiltColumn, place?: Placement): void {
  if (columns.length >= MOST_COLUMNS) {
    // One refusal is enough for all columns that follow.
    if (full.has(columns)) return;
    full.add(columns);
    throw new ApplyError(`a table takes ${MOST_COLUMNS} columns, and "${column.name}" is one more`);
  }
  if (!place) columns.push(column);
  else if ("first" in place) columns.unshift(column);
  else {
    const at = columns.findIndex((one) => sameName(one.name, place.after));
    columns.splice(at < 0 ? columns.length : at + 1, 0, column);
    if (at < 0) throw new ApplyError(`column "${place.after}" does not exist, so "${column.name}" was put last`);
  }
}

function builtColumn(context: ApplyContext, table: BuiltTable, spec: ColumnSpec): BuiltColumn {
  const isSerial = spec.type.name === "serial";
  const text = textOf(context, table, spec.type);
  const timestamp = implicitTimestamp(context, table, spec);
  const column: BuiltColumn = {
    name: spec.name,
    type: spec.type,
    ...text,
    nullable: spec.nullable ?? timestamp?.nullable ?? spec.primary !== true,
    autoIncrement: spec.autoIncrement ?? isSerial,
    invisible: spec.invisible ?? false,
    origin: { created: context.placeAt(spec.offset) },
  };
  // The server makes it NOT NULL, whatever the column says.
  if (column.autoIncrement) column.nullable = false;
  const value = spec.default ?? timestamp?.default;
  if (value !== undefined) column.default = value;
  const update = spec.onUpdate ?? timestamp?.onUpdate;
  if (update !== undefined) column.onUpdate = update;
  if (spec.generated) column.generated = spec.generated;
  if (spec.comment !== undefined && spec.comment !== "") column.comment = spec.comment;
  return column;
}

/** The charset and collation that a column gets, where anything names them. */
export function textOf(
  context: ApplyContext,
  table: BuiltTable,
  type: TypeSpec,
): { charset?: string; collation?: string } {
  const { base } = baseType(type, context.facts, type.charset);
  if (type.name === "json" && context.facts.jsonIsText) return { charset: "utf8mb4", collation: "utf8mb4_bin" };
  const isNational = type.name === "nvarchar" || type.name === "nchar";
  // CHARACTER SET binary makes bytes of the text.
  if (!isText(base)) return type.charset === "binary" ? { charset: "binary" } : {};
  const own = type.charset ?? (isNational ? "utf8mb3" : undefined);
  const named = own ?? (type.collation === undefined ? undefined : charsetOf(type.collation));
  const charset = named ?? table.charset;
  if (type.collation !== undefined) return { charset: charsetOf(type.collation), collation: type.collation };
  if (type.binary) {
    const known = charset ?? context.facts.defaultCharset;
    if (known === "binary") return { charset: known };
    return { charset: known, collation: `${known}_bin` };
  }
  if (charset === undefined) return {};
  if (own !== undefined) return { charset, collation: context.facts.defaultCollation(charset) };
  return { charset, ...(table.collation === undefined ? {} : { collation: table.collation }) };
}

export const charsetOf = (collation: string): string => collation.split("_")[0] ?? collation;

/** What older servers make of a TIMESTAMP that says nothing of NULL and default. */
function implicitTimestamp(context: ApplyContext, table: BuiltTable, spec: ColumnSpec) {
  if (context.facts.hasExplicitTimestamps || spec.type.name !== "timestamp" || spec.generated) return undefined;
  if (spec.nullable === true) return undefined;
  const isFirst = !table.columns.some((column) => column.type.name === "timestamp");
  if (spec.default !== undefined || spec.onUpdate !== undefined) {
    return { nullable: false, ...(spec.default === undefined && spec.onUpdate !== undefined ? { default: "0" } : {}) };
  }
  const fraction = spec.type.arguments[0];
  const now = fraction === undefined ? "CURRENT_TIMESTAMP" : `CURRENT_TIMESTAMP(${fraction})`;
  return isFirst ? { nullable: false, default: now, onUpdate: now } : { nullable: false, default: "0" };
}

/** Keys, checks and references that stand in a column's definition. */
function addParts(context: ApplyContext, table: BuiltTable, spec: ColumnSpec): void {
  const parts = [{ column: spec.name }];
  if (spec.primary === true) addKey(context, table, { kind: "primary", parts, offset: spec.offset });
  if (spec.unique === true || spec.type.name === "serial")
    addKey(context, table, { kind: "unique", parts, offset: spec.offset });
  for (const check of spec.checks) addCheck(context, table, check, spec.offset, spec.name);
  // A check of the column's own takes the place of the one that the type brings.
  if (spec.type.name === "json" && context.facts.jsonIsText && spec.checks.length === 0) {
    addCheck(context, table, { expression: `json_valid(\`${spec.name}\`)`, enforced: true }, spec.offset, spec.name);
  }
  addInlineReference(context, table, spec);
}

/** `column … REFERENCES table`, which not every server takes for a foreign key. */
export function addInlineReference(
  context: ApplyContext,
  table: BuiltTable,
  { name, offset, references }: ColumnSpec,
): void {
  if (!references) return;
  const { facts } = context;
  if (facts.honoursInlineReferences) {
    const { name: given, ...target } = references;
    addForeignKey(context, table, {
      columns: [name],
      references: target,
      offset,
      ...(given === undefined ? {} : { name: given }),
    });
    return;
  }
  context.lose(`${facts.name} ${facts.version} reads REFERENCES in the column "${name}" and ignores it`, offset, {
    help: "Write a FOREIGN KEY of the table to make the reference hold.",
    harmless: true,
  });
}

export function isInPrimaryKey(table: BuiltTable, name: string): boolean {
  return table.keys.some(
    (key) =>
      key.kind === "primary" && key.parts.some((part) => part.column !== undefined && sameName(part.column, name)),
  );
}

/** The charset and collation of a new table: its own, else its database's. */
export function tableText(
  context: ApplyContext,
  schema: string,
  own: { readonly charset?: string; readonly collation?: string },
): { charset?: string; collation?: string } {
  const { charset, collation } = own;
  if (collation !== undefined) return { charset: charsetOf(collation), collation };
  if (charset !== undefined) return { charset, collation: context.facts.defaultCollation(charset) };
  const database = databaseOf(context, schema);
  return {
    ...(database.charset === undefined ? {} : { charset: database.charset }),
    ...(database.collation === undefined ? {} : { collation: database.collation }),
  };
}
