import type { RangeVar, SelectStmt } from "libpg-query";
import type { SchemaModel, Table } from "#schemas/model.ts";

/** A way to write a query so that it costs less and gives the same rows. */
export interface Rewrite {
  readonly id: string;
  /** What it does and why that is less work, in a sentence. */
  readonly title: string;
  /** Changes the query, which is a copy of its own; false when there is nothing to change. */
  apply(select: SelectStmt, model: SchemaModel): boolean;
}

/**
 * The table that is read: in its schema, in public, or the only one of that name. Undefined where its keys, columns or
 * rows are not those of the model: columns renamed by an alias, ONLY, or tables that inherit from it and hold their own.
 */
export function tableRead(model: SchemaModel, { relname, schemaname, alias, inh }: RangeVar): Table | undefined {
  if (alias?.colnames !== undefined || inh !== true) return undefined;
  const found = model.tables.filter(
    (table) => table.name === relname && (schemaname === undefined || table.schema === schemaname),
  );
  const table = found.find(({ schema }) => schema === "public") ?? (found.length === 1 ? found[0] : undefined);
  return table && model.tables.some(({ inherits }) => inherits?.includes(table.id)) ? undefined : table;
}
