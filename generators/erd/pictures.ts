import type { Config } from "#schemas/config/schema.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Chapters } from "#generators/domains/chapter.ts";
import type { PageNames } from "#generators/docs/page-names.ts";
import { diagramOf, neighbourhood, schemaDiagram, type Diagram } from "./diagram.ts";
import { domainDiagram } from "./domain-diagram.ts";
import type { LayOut } from "./layout.ts";
import { layOutWithDagre } from "./layout-dagre.ts";
import { layOutInLanes } from "./layout-lanes.ts";
import { chapterPage, chapterPicture, OVERVIEW_PICTURE, schemaPicture, tablePicture } from "./picture-files.ts";

/** More tables in one picture show nothing; domains stand for them. */
export const TABLES_DRAWN = 100;

export interface Picture {
  /** Relative to the documentation's folder. */
  readonly file: string;
  readonly title: string;
  readonly diagram: Diagram;
  readonly layOut: LayOut;
  /** Page of what a box shows, without its ending. */
  readonly pageOf: (id: string) => string | undefined;
}

export interface PicturesInput {
  readonly index: ModelIndex;
  readonly pages: PageNames;
  readonly chapters: Chapters;
  readonly options: Pick<Config["erd"], "columns" | "distance" | "tables">;
}

/** Every picture of a database. A table without a neighbour has none. */
export function picturesOf(input: PicturesInput): readonly Picture[] {
  return [...tablePictures(input), ...schemaPictures(input), ...chapterPictures(input), ...overview(input)];
}

function tablePictures({ index, pages, options }: PicturesInput): readonly Picture[] {
  return index.model.tables.flatMap((table): readonly Picture[] => {
    if (table.partitionOf) return [];
    const diagram = neighbourhood(index, table.id, { distance: options.distance, limit: options.tables });
    if (diagram.edges.length === 0) return [];
    const title = `${table.id} and the tables it is joined to`;
    return [{ ...picture(pages, diagram, title), file: tablePicture(pages, table.id), layOut: layOutWithDagre }];
  });
}

function schemaPictures(input: PicturesInput): readonly Picture[] {
  const { index, pages, options } = input;
  const tables = index.model.tables.filter((table) => !table.partitionOf);
  const schemas = Map.groupBy(tables, ({ schema }) => schema);
  return [...schemas].map(([schema, own]) => {
    const title = `Tables of the schema ${schema}`;
    const ids = own.map(({ id }) => id);
    const drawn = own.length <= TABLES_DRAWN ? schemaDiagram(index, schema, options.columns) : null;
    const made = drawn ? picture(pages, drawn, title) : domainPicture(input, ids, title);
    return { ...made, file: schemaPicture(schema) };
  });
}

function chapterPictures({ index, pages, chapters, options }: PicturesInput): readonly Picture[] {
  return [...chapters.domainPages, ...chapters.viewpoints].flatMap(({ id, title, parts }): readonly Picture[] => {
    const tables = parts.flatMap((part) => part.tables).filter((table) => index.table(table));
    if (tables.length === 0) return [];
    const columns = tables.length <= TABLES_DRAWN ? options.columns : "none";
    return [{ ...picture(pages, diagramOf(index, tables, { columns }), title), file: chapterPicture(id) }];
  });
}

/** All tables without their columns, or the domains of a large database. One schema's picture shows it all already. */
function overview(input: PicturesInput): readonly Picture[] {
  const { index, pages, chapters } = input;
  const ids = index.model.tables.filter((table) => !table.partitionOf).map(({ id }) => id);
  const schemas = new Set(index.model.tables.map(({ schema }) => schema));
  if (ids.length <= TABLES_DRAWN && schemas.size < 2) return [];
  const title = "The whole database";
  if (ids.length > TABLES_DRAWN && chapters.domains.length > 0)
    return [{ ...domainPicture(input, ids, title), file: OVERVIEW_PICTURE }];
  return [{ ...picture(pages, diagramOf(index, ids, { columns: "none" }), title), file: OVERVIEW_PICTURE }];
}

/** Domains as boxes, as far as they hold some of the tables. A domain without a page of its own leads to none. */
function domainPicture(
  { index, chapters }: PicturesInput,
  ids: readonly ObjectId[],
  title: string,
): Omit<Picture, "file"> {
  const wanted = new Set(ids);
  const domains = chapters.domains
    .map((domain) => ({ ...domain, tables: domain.tables.filter((id) => wanted.has(id)) }))
    .filter(({ tables }) => tables.length > 0);
  const withPage = new Set(chapters.domainPages.map(({ id }) => id));
  return {
    title,
    diagram: domainDiagram(index, domains),
    layOut: layOutInLanes,
    pageOf: (id) => (withPage.has(id) ? chapterPage(id) : undefined),
  };
}

function picture(pages: PageNames, diagram: Diagram, title: string): Omit<Picture, "file"> {
  return { title, diagram, layOut: layOutInLanes, pageOf: (id) => pages.find(id) };
}
