import type { Constraint, Index, SchemaModel, Table } from "#schemas/model.ts";
import { columnId } from "#schemas/object-id.ts";

/** A column by its table's id and its name. */
export interface ColumnName {
  readonly table: string;
  readonly name: string;
}

/** The model with one column renamed wherever its structure names it, as a RENAME COLUMN would leave it. */
export function renamedColumn(model: SchemaModel, { table: id, name }: ColumnName, to: string): SchemaModel {
  const given = (one: string): string => (one === name ? to : one);
  const index = (one: Index): Index => ({
    ...one,
    keys: one.keys.map((key) => (key.column === name ? { ...key, column: to } : key)),
    include: one.include.map(given),
  });
  const own = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((one) => (one.name === name ? { ...one, name: to, id: columnId(table.id, to) } : one)),
    constraints: table.constraints.map((one): Constraint => ({ ...one, columns: one.columns.map(given) })),
    indexes: table.indexes.map(index),
  });
  const pointing = (table: Table): Table => ({
    ...table,
    constraints: table.constraints.map((one): Constraint => {
      if (one.kind !== "foreign key" || one.references.table !== id) return one;
      return { ...one, references: { ...one.references, columns: one.references.columns.map(given) } };
    }),
  });
  return { ...model, tables: model.tables.map((table) => pointing(table.id === id ? own(table) : table)) };
}
