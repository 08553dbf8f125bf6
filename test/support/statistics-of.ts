import type { Statistics } from "#schemas/json/statistics.ts";
import type { SchemaModel } from "#schemas/model.ts";

/** Statistics in which every table has so many rows, and nothing has read an index. */
export const statisticsOf = (
  { tables }: Pick<SchemaModel, "tables">,
  { rows }: { readonly rows: number },
): Statistics => ({
  version: 1,
  connection: "production",
  takenAt: "2026-11-20",
  relations: Object.fromEntries(
    tables.map(({ id, indexes }) => [
      id,
      { rows, bytes: rows * 150, indexes: Object.fromEntries(indexes.map(({ name }) => [name, { scans: 0 }])) },
    ]),
  ),
});
