import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SchemaModel } from "#schemas/model.ts";
import type { MigrationFile, SourceFile } from "#schemas/source.ts";

/** Folder of the sample repository. */
export const shopFolder: string = fileURLToPath(new URL("../../examples/shop/", import.meta.url));

/** The sample's history, as its framework hands it to the replay. */
export function shopFiles(): MigrationFile[] {
  const folder = new URL("../../examples/shop/migrations/", import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return names.sort().map((name) => ({
    path: `migrations/${name}`,
    text: readFileSync(new URL(name, folder), "utf8"),
    version: name.slice(0, 4),
    transaction: "file",
  }));
}

/** The sample's pending migration, which the review is shown on. */
export function shopPending(): MigrationFile {
  const path = "migrations-pending/0031_order_rework.sql";
  const text = readFileSync(new URL(`../../examples/shop/${path}`, import.meta.url), "utf8");
  return { path, text, version: "0031", transaction: "file" };
}

/** The sample's model as it is committed; no engine needed. */
export function shopModel(): SchemaModel {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- A test of the pipeline holds this file equal to what the replay gives.
  return JSON.parse(
    readFileSync(new URL("../../examples/shop/docs/database/model.json", import.meta.url), "utf8"),
  ) as SchemaModel;
}

export function shopConfigText(): string {
  return readFileSync(new URL("../../examples/shop/querygenie.yml", import.meta.url), "utf8");
}

/** The files of the sample's saved queries. */
export function shopQueries(): SourceFile[] {
  const folder = new URL("../../examples/shop/queries/", import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ path: `queries/${name}`, text: readFileSync(new URL(name, folder), "utf8") }));
}
