import type { SelectStmt } from "libpg-query";
import type { SchemaModel, Table } from "#schemas/model.ts";

/** A way to write a query so that it costs less and gives the same rows. */
export interface Rewrite {
  readonly id: string;
  /** What it does and why that is less work, in a sentence. */
  readonly title: string;
  /** Changes the query, which is a copy of its own; false when there is nothing to change. */
  apply(select: SelectStmt, model: SchemaModel): boolean;
}

/** The table a name means: in its schema, in public, or the only one of that name. */
export function tableNamed(model: SchemaModel, name: string, schema: string | undefined): Table | undefined {
  const found = model.tables.filter(
    (table) => table.name === name && (schema === undefined || table.schema === schema),
  );
  return found.find((table) => table.schema === "public") ?? (found.length === 1 ? found[0] : undefined);
}
