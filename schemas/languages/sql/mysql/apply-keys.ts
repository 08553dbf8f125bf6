import { databaseOf, findTable, resolve, type ApplyContext } from "./apply-context.ts";
import {
  ApplyError,
  byName,
  nameKey,
  sameName,
  touch,
  type Built,
  type BuiltForeignKey,
  type BuiltKey,
  type BuiltTable,
} from "./built.ts";
import type { ForeignKeySpec, KeyPart, KeySpec } from "./statement.ts";

/** Adds a key under the name the server would choose. */
export function addKey(context: ApplyContext, table: BuiltTable, spec: KeySpec): void {
  if (spec.kind === "primary" && table.keys.some(({ kind }) => kind === "primary"))
    throw new ApplyError(`"${table.name}" has a primary key already`);
  const known = spec.name === undefined ? undefined : byName(table.keys, spec.name);
  if (known && spec.ifNotExists === true) return;
  // The index that a foreign key was given gives way to one that is named the same.
  if (known?.implicit === true) table.keys = table.keys.filter((key) => key !== known);
  else if (known && spec.kind !== "primary")
    throw new ApplyError(`key "${known.name}" exists already in "${table.name}"`);
  const period = spec.withoutOverlaps ? table.periods.get(spec.parts.at(-1)?.column?.toLowerCase() ?? "") : undefined;
  const ends = period ? [{ column: period.end }, { column: period.start }] : [];
  const columns = [...checkParts(table, period ? spec.parts.slice(0, -1) : spec.parts), ...ends];
  dropImplicit(table, { kind: spec.kind, parts: columns });
  const key: BuiltKey = {
    name: spec.kind === "primary" ? "PRIMARY" : (spec.name ?? freeName(table, columns[0])),
    kind: spec.kind,
    parts: columns,
    invisible: spec.invisible ?? false,
    implicit: false,
    origin: { created: context.placeAt(spec.offset) },
    ...(spec.using === undefined ? {} : { using: spec.using }),
    ...(spec.comment === undefined || spec.comment === "" ? {} : { comment: spec.comment }),
    ...(spec.parser === undefined ? {} : { parser: spec.parser }),
    ...(period ? { withoutOverlaps: period.name } : {}),
  };
  table.keys.push(key);
  if (spec.kind === "primary") {
    for (const part of columns) {
      const column = part.column === undefined ? undefined : byName(table.columns, part.column);
      if (!column || !column.nullable) continue;
      column.nullable = false;
      touch(column, key.origin.created);
    }
  }
}

/** Parts with the columns' own spelling. Throws when one does not exist. */
function checkParts(table: BuiltTable, parts: readonly KeyPart[]): KeyPart[] {
  return parts.map((part) => {
    if (part.column === undefined) return part;
    const column = byName(table.columns, part.column);
    if (!column) throw new ApplyError(`key column "${part.column}" does not exist in "${table.name}"`, true);
    return { ...part, column: column.name };
  });
}

/** The first column's name, with `_2` and so on when it is taken. */
function freeName(table: BuiltTable, first: KeyPart | undefined): string {
  const base = first?.column ?? "functional_index";
  const names = new Set(table.keys.map(({ name }) => name.toLowerCase()));
  if (!names.has(base.toLowerCase()) && base.toUpperCase() !== "PRIMARY") return base;
  let number = 2;
  while (names.has(`${base}_${number}`.toLowerCase())) number++;
  return `${base}_${number}`;
}

/** An index that the server made for a foreign key goes when a new index does its work. */
function dropImplicit(table: BuiltTable, by: Pick<BuiltKey, "kind" | "parts">): void {
  table.keys = table.keys.filter((key) => !key.implicit || !serves(by, columnsOf(key)));
}

/** True when a key's first columns are these, whole. */
function serves(key: Pick<BuiltKey, "kind" | "parts">, columns: readonly string[]): boolean {
  if (key.kind === "fulltext" || key.kind === "spatial") return false;
  return columns.every((name, index) => {
    const part = key.parts[index];
    return part?.column !== undefined && part.length === undefined && sameName(part.column, name);
  });
}

const columnsOf = (key: BuiltKey): readonly string[] => key.parts.flatMap(({ column }) => column ?? []);

/** Adds a foreign key and, where no index serves it, the one the server makes. */
export function addForeignKey(context: ApplyContext, table: BuiltTable, spec: ForeignKeySpec): void {
  const given = spec.name ?? (context.facts.namesChecksByTable ? undefined : spec.indexName);
  if (given !== undefined && byName(table.foreignKeys, given)) {
    if (spec.ifNotExists === true) return;
    throw new ApplyError(`foreign key "${given}" exists already in "${table.name}"`);
  }
  const columns = checkParts(
    table,
    spec.columns.map((column) => ({ column })),
  ).flatMap(({ column }) => column ?? []);
  const target =
    spec.references.table.schema === undefined
      ? { schema: table.schema, name: spec.references.table.name }
      : resolve(context, spec.references.table);
  databaseOf(context, target.schema);
  const referenced = findTable(context, target);
  const defaultAction = context.facts.defaultAction;
  const name = given ?? freeForeignKeyName(table);
  const foreignKey: BuiltForeignKey = {
    name,
    autoNamed: given === undefined,
    columns,
    schema: referenced?.schema ?? target.schema,
    table: referenced?.name ?? target.name,
    references: referencedColumns(referenced, spec.references.columns),
    onDelete: spec.references.onDelete ?? defaultAction,
    onUpdate: spec.references.onUpdate ?? defaultAction,
    match: spec.references.match ?? "simple",
    ...(spec.enforced === false ? { enforced: false } : {}),
    origin: { created: context.placeAt(spec.offset) },
  };
  const engine = table.options["engine"] ?? "";
  if (WITHOUT_FOREIGN_KEYS.has(engine.toLowerCase())) {
    context.lose(`${engine} reads the foreign key "${name}" of "${table.name}" and ignores it`, spec.offset, {
      help: "ENGINE=InnoDB makes it hold.",
      harmless: true,
    });
    return addImplicitKey(table, foreignKey, spec.name ?? spec.indexName);
  }
  table.foreignKeys.push(foreignKey);
  context.built.referrers.add(nameKey(foreignKey.schema, foreignKey.table), table);
  if (spec.enforced !== false) addImplicitKey(table, foreignKey, spec.name ?? spec.indexName);
}

/** They make the index of a foreign key, and nothing else of it. */
const WITHOUT_FOREIGN_KEYS: ReadonlySet<string> = new Set([
  "archive",
  "aria",
  "blackhole",
  "csv",
  "federated",
  "memory",
  "mrg_myisam",
  "myisam",
]);

/** The index that the server makes for a foreign key when no other does its work. It takes over from an older one. */
function addImplicitKey(table: BuiltTable, { columns, origin }: BuiltForeignKey, wanted: string | undefined): void {
  const parts = columns.map((column) => ({ column }));
  if (table.keys.some((key) => serves(key, columns) && (!key.implicit || key.parts.length > parts.length))) return;
  dropImplicit(table, { kind: "index", parts });
  const name = wanted !== undefined && !byName(table.keys, wanted) ? wanted : freeName(table, parts[0]);
  table.keys.push({ name, kind: "index", parts, invisible: false, implicit: true, origin });
}

function referencedColumns(table: BuiltTable | undefined, written: readonly string[]): string[] {
  if (!table) return [...written];
  const primary = table.keys.find(({ kind }) => kind === "primary");
  if (written.length === 0) return primary ? [...columnsOf(primary)] : [];
  return written.map((name) => byName(table.columns, name)?.name ?? name);
}

/** `orders_ibfk_1`, counting from the highest number in use. */
function freeForeignKeyName(table: BuiltTable): string {
  const prefix = `${table.name}_ibfk_`;
  let highest = 0;
  for (const { name } of table.foreignKeys) {
    if (!name.startsWith(prefix)) continue;
    const number = Number(name.slice(prefix.length));
    if (Number.isInteger(number)) highest = Math.max(highest, number);
  }
  return `${prefix}${highest + 1}`;
}

export function keyOf(table: BuiltTable, name: string): BuiltKey {
  const found = byName(table.keys, name);
  if (!found) throw new ApplyError(`key "${name}" does not exist in "${table.name}"`, true);
  return found;
}

export function dropForeignKey(built: Built, table: BuiltTable, name: string): void {
  const found = byName(table.foreignKeys, name);
  if (!found) throw new ApplyError(`foreign key "${name}" does not exist in "${table.name}"`, true);
  table.foreignKeys = table.foreignKeys.filter((one) => one !== found);
  const isSame = (one: BuiltForeignKey): boolean => one.schema === found.schema && one.table === found.table;
  if (!table.foreignKeys.some(isSame)) built.referrers.delete(nameKey(found.schema, found.table), table);
}
