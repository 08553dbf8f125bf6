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

/** Page of a domain or viewpoint, without its ending. No table's page begins so: those have a dot. */
export const chapterPage = (id: string): string => `viewpoint-${id}`;

/** File of the picture of a domain or viewpoint. */
export const chapterPicture = (id: string): string => `erd/${chapterPage(id)}.svg`;

/** File of the picture of the whole database. */
export const OVERVIEW_PICTURE = "erd/overview.svg";
