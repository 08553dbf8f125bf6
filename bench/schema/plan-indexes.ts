import { objectName } from "./names.ts";
import type { PlannedIndex, PlannedTable } from "./plan.ts";
import type { Random } from "./random.ts";

/** Adds the unique constraints and the indexes that do not serve a reference. */
export function planIndexes(table: PlannedTable, random: Random): void {
  const has = (name: string): boolean => table.columns.some((column) => column.name === name);
  // A unique constraint of a partitioned table would have to hold the column it is split by.
  const isWhole = table.partitions === undefined;
  for (const name of ["slug", "sku", "order_no", "invoice_no", "tracking_no", "account_no", "external_id"]) {
    if (isWhole && has(name) && random.chance(0.5))
      table.uniques.push({ name: objectName(table.name, [name], "key"), columns: [name] });
  }
  const add = (index: Omit<PlannedIndex, "name">, suffix = "idx"): void => {
    table.indexes.push({ ...index, name: objectName(table.name, index.columns, suffix) });
  };
  if (has("status") && random.chance(0.6)) add({ columns: ["status"], isUnique: false, keys: "status" });
  if (has("created_at") && random.chance(0.3)) {
    if (table.role === "log") add({ columns: ["created_at"], isUnique: false, method: "brin", keys: "created_at" });
    else add({ columns: ["created_at"], isUnique: false, keys: "created_at desc" });
  }
  for (const name of ["email", "contact_email", "work_email"]) {
    if (has(name) && random.chance(0.7)) add({ columns: [name], isUnique: false, keys: `lower(${name})` }, "lower_idx");
  }
  for (const name of ["metadata", "labels", "search_text"]) {
    if (has(name) && random.chance(0.4)) add({ columns: [name], isUnique: false, method: "gin", keys: name });
  }
  if (has("is_default") && isWhole && random.chance(0.6)) {
    add({ columns: ["is_default"], isUnique: true, keys: "is_default", where: "is_default" }, "only_one");
  }
  if (has("code") && has("deleted_at") && isWhole && table.role !== "lookup") {
    add({ columns: ["code", "deleted_at"], isUnique: true, keys: "code", where: "deleted_at is null" }, "live_key");
  }
  if (has("external_id") && has("origin"))
    add({ columns: ["origin", "external_id"], isUnique: false, keys: "origin, external_id" });
  if (has("postal_code") && has("city") && random.chance(0.5)) {
    add({ columns: ["postal_code", "city"], isUnique: false, keys: "postal_code, city nulls first" });
  }
}
