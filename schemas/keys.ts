import type { ForeignKey, Table } from "./model.ts";
import type { ModelIndex, Reference } from "./model-index.ts";

/** A set of columns in which no two rows are equal. */
export interface Key {
  readonly kind: "primary key" | "unique" | "unique index";
  /** Name of the constraint or index. */
  readonly name: string;
  /** In key order, never empty. */
  readonly columns: readonly string[];
}

export const cardinalities = ["zero or one", "exactly one", "zero or more", "one or more"] as const;
export type Cardinality = (typeof cardinalities)[number];

/** How many rows stand at each end of a foreign key. */
export interface ReferenceCardinality {
  /** Rows of the referencing table for one row of the referenced table. */
  readonly from: Cardinality;
  /** Rows of the referenced table for one row of the referencing table. */
  readonly to: Cardinality;
}

/**
 * The keys of a table: the primary key, then unique constraints, then unique indexes that enforce no constraint.
 * Partial, invalid and expression indexes are no keys: they do not hold for every row.
 */
export function keysOf(table: Table): readonly Key[] {
  const known = keysByTable.get(table);
  if (known) return known;
  const keys = findKeys(table);
  keysByTable.set(table, keys);
  return keys;
}

const keysByTable = new WeakMap<Table, readonly Key[]>();

function findKeys(table: Table): readonly Key[] {
  const primary: Key[] = [];
  const unique: Key[] = [];
  for (const { kind, name, columns } of table.constraints) {
    if (kind === "primary key" && columns.length > 0) primary.push({ kind, name, columns });
    if (kind === "unique" && columns.length > 0) unique.push({ kind, name, columns });
  }
  const indexes: Key[] = [];
  for (const index of table.indexes) {
    if (!index.unique || !index.valid || index.primary) continue;
    if (index.constraint !== undefined || index.predicate !== undefined) continue;
    const columns = index.keys.map((key) => key.column).filter((column) => column !== undefined);
    if (columns.length === 0 || columns.length < index.keys.length) continue;
    indexes.push({ kind: "unique index", name: index.name, columns });
  }
  return [...primary, ...unique, ...indexes];
}

/**
 * Cardinality as the schema enforces it, from nullability and uniqueness. The `from` side is at least one only when
 * the referenced table in turn must point back at such a row (an order that names its first line).
 */
export function cardinalityOf(index: ModelIndex, { foreignKey, from, to }: Reference): ReferenceCardinality {
  const single = keysOf(from).some((key) => key.columns.every((column) => foreignKey.columns.includes(column)));
  const { table } = foreignKey.references;
  const needed =
    to !== undefined && index.referencesFrom(table).some((back) => pointsBack(index, { foreignKey, from }, back));
  return {
    from: atLeast(needed, single),
    to: mustPoint(index, foreignKey, from) ? "exactly one" : "zero or one",
    ...foreignKey.cardinality,
  };
}

/**
 * Whether a table only links rows of others: one of its keys consists of the columns of at least two foreign keys,
 * and every other column fills itself (default, identity, generated) or may stay empty.
 */
export function isJunction(table: Table): boolean {
  const foreignKeys = table.constraints.filter((constraint) => constraint.kind === "foreign key");
  return keysOf(table).some((key) => {
    const inside = foreignKeys.filter((foreignKey) => foreignKey.columns.every((name) => key.columns.includes(name)));
    const covered = new Set(inside.flatMap((foreignKey) => foreignKey.columns));
    const linksTwo = new Set(inside.map((foreignKey) => foreignKey.columns.join("\0"))).size >= 2;
    if (!linksTwo || key.columns.some((name) => !covered.has(name))) return false;
    return table.columns.every((column) => {
      const fills = column.nullable || column.default !== undefined || column.identity || column.generated;
      return covered.has(column.name) || Boolean(fills);
    });
  });
}

/** Cardinality of every foreign key of a model, in the model's order. */
export function cardinalitiesOf(
  index: ModelIndex,
): readonly (Reference & { readonly cardinality: ReferenceCardinality })[] {
  return index.references.map((reference) => ({ ...reference, cardinality: cardinalityOf(index, reference) }));
}

/** Whether every row of the table must reference a row. One NULL frees a row, unless MATCH FULL wants all or none. */
function mustPoint(index: ModelIndex, { columns, match }: ForeignKey, table: Table): boolean {
  const required = (name: string) => index.columnOf(table, name)?.nullable === false;
  return match === "full" ? columns.some(required) : columns.every(required);
}

/** Whether `back`, from the referenced table, makes sure that a row with this foreign key exists. */
function pointsBack(index: ModelIndex, { foreignKey, from }: Reference, back: Reference): boolean {
  if (back.foreignKey === foreignKey || back.foreignKey.references.table !== from.id) return false;
  if (!mustPoint(index, back.foreignKey, back.from)) return false;
  return foreignKey.columns.every((column, position) => {
    const at = back.foreignKey.references.columns.indexOf(column);
    return at >= 0 && back.foreignKey.columns[at] === foreignKey.references.columns[position];
  });
}

function atLeast(needed: boolean, single: boolean): Cardinality {
  if (needed) return single ? "exactly one" : "one or more";
  return single ? "zero or one" : "zero or more";
}
