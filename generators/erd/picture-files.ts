import type { ObjectId } from "#schemas/object-id.ts";
import { schemaFileName, type PageNames } from "#generators/docs/page-names.ts";

/** File of a table's neighbourhood picture, relative to the documentation's folder. */
export function tablePicture(pages: PageNames, id: ObjectId): string {
  return `erd/${pages.of("table", id)}.svg`;
}

/** File of a schema's picture, relative to the documentation's folder. */
export function schemaPicture(schema: string): string {
  return `erd/schema-${schemaFileName(schema)}.svg`;
}
