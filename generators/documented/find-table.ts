import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { SchemaModel, Table } from "#schemas/model.ts";
import { objectId, parseObjectId } from "#schemas/object-id.ts";

/** The table that people mean by an id, or by a name without a schema. */
export function findTable(model: SchemaModel, name: string): Table | undefined {
  const parts = parseObjectId(name) ?? [name];
  const id = parts.length === 1 ? objectId(dialectFacts(model.dialect).defaultSchema, ...parts) : objectId(...parts);
  return model.tables.find((table) => table.id === id);
}

/** The first of the names that the table has no column of. */
export function missingColumn({ columns }: Table, names: readonly string[]): string | undefined {
  return names.find((name) => !columns.some((column) => column.name === name));
}
