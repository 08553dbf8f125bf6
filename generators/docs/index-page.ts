import type { SchemaModel, Table } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { codeSpan, escapeLine, escapeParagraphs, link } from "#generators/markdown/escape.ts";
import type { Chapter } from "#generators/domains/chapter.ts";
import { chapterPage, OVERVIEW_PICTURE, schemaPicture } from "#generators/erd/picture-files.ts";
import { TABLES_DRAWN } from "#generators/erd/pictures.ts";
import { aboutDatabase } from "./about-database.ts";
import {
  describeExtension,
  describeRoutine,
  describeSequence,
  describeTable,
  describeType,
  type Description,
} from "./describe.ts";
import { COVERAGE_BADGE, type DocsContext } from "./docs-context.ts";
import { GLOSSARY_PAGE } from "./glossary-page.ts";
import {
  bullets,
  describedCell,
  foldedSql,
  inline,
  joined,
  legend,
  linkedName,
  markdownTable,
  originLine,
  section,
  type Block,
} from "./markdown.ts";
import { capitalised, grouped } from "./names.ts";
import { freeSequences } from "./page-names.ts";
import { layOutPage } from "./page-template.ts";
import { tableList } from "./table-list.ts";

export interface IndexPageInput {
  /** The schemas and how they refer to each other, as Markdown. */
  readonly overview: Block;
  /** The tables of each schema and how they refer to each other, as Markdown. */
  readonly drawings: ReadonlyMap<string, Block>;
}

/** The first page: what the database is, then everything that has a page. */
export function indexPage(context: DocsContext, { overview, drawings }: IndexPageInput): string {
  const { model } = context;
  const sources = new Set<Description["source"]>();
  const tables = model.tables.filter((table) => !table.partitionOf);
  const list = <T extends { readonly id: ObjectId }>(
    head: string,
    objects: readonly T[],
    describe: (object: T) => Description,
  ): Block => listing(context, { head, objects, describe, sources });
  const parts = {
    title: `# ${escapeLine(context.name)}`,
    badge: `![How much of the schema is described](${COVERAGE_BADGE})`,
    about: context.about === undefined ? null : escapeParagraphs(context.about),
    summary: inline(context, aboutDatabase(context.index)),
    labels: context.topLabels.length === 0 ? null : context.topLabels.map(codeSpan).join(" "),
    overview: section(context, "Overview", [overview, overviewPicture(context)]),
    domains: section(context, "Domains", [chapterList(context, context.chapters.domainPages)]),
    viewpoints: section(context, "Viewpoints", [chapterList(context, context.chapters.viewpoints)]),
    tables: joined(schemaSections(context, tables, drawings, sources)),
    views: section(context, "Views", [list("View", model.views, (view) => describeTable(context, view))]),
    types: section(context, "Types", [list("Type", typesOf(model), (type) => describeType(context, type))]),
    functions: section(context, "Functions", [
      list("Function", model.routines, (routine) => describeRoutine(context, routine)),
    ]),
    sequences: section(context, "Sequences", [
      list("Sequence", freeSequences(model), (one) => describeSequence(context, one)),
    ]),
    extensions: section(context, "Extensions", [
      list("Extension", model.extensions, (one) => describeExtension(context, one)),
    ]),
    others: section(context, "Other objects", otherObjects(context)),
    // Made last: it explains the marks that the lists above have.
    legend: legend(sources),
    glossary:
      (context.glossary?.terms.length ?? 0) > 0 ? `Words of the business: ${link("glossary", GLOSSARY_PAGE)}.` : null,
    data: dataFiles(context),
  };
  const subject = { id: context.name, name: context.name, file: INDEX };
  return layOutPage(context.templates, { layout: "index", parts, subject });
}

/** The first page's own name. */
const INDEX = "README";

/** The whole as a picture, when it is not the picture of the only schema. */
function overviewPicture({ hasPictures, index }: DocsContext): Block {
  const tables = index.model.tables.filter((table) => !table.partitionOf);
  const isShown = tables.length > TABLES_DRAWN || new Set(tables.map(({ schema }) => schema)).size > 1;
  return hasPictures && isShown ? link("Picture of the whole database", OVERVIEW_PICTURE) : null;
}

/** Tables named for each chapter; its page has them all. */
const TABLES_NAMED = 5;

function chapterList(context: DocsContext, chapters: readonly Chapter[]): Block {
  const rows = chapters.map(({ id, title, description = "", parts }) => {
    const tables = [...new Set(parts.flatMap((part) => part.tables))];
    const central = tables
      .toSorted(
        (a, b) => context.index.referencesTo(b).length - context.index.referencesTo(a).length || (a < b ? -1 : 1),
      )
      .slice(0, TABLES_NAMED)
      .map((table) => linkedName(context, table, context.index.relation(table)?.name));
    const about = [escapeLine(description), central.join(", ")].filter((text) => text !== "").join(" ");
    return [link(escapeLine(title), `${chapterPage(id)}.md`), grouped(tables.length), about];
  });
  return markdownTable(context, ["Domain", "Tables", "Description"], rows);
}

/** The files that hold the same as data. */
function dataFiles({ files }: DocsContext): Block {
  const known: readonly (readonly [string, string])[] = [
    ["model.json", ""],
    ["schema.json", " for tbls and Liam"],
    ["schema.dbml", ""],
    ["llms.txt", ""],
    ["json/", " with a file for each page"],
  ];
  const links = known.filter(([file]) => files.includes(file)).map(([file, what]) => `${link(file, file)}${what}`);
  return `The same as data: ${links.join(", ")}.`;
}

function schemaSections(
  context: DocsContext,
  tables: readonly Table[],
  drawings: ReadonlyMap<string, Block>,
  sources: Set<Description["source"]>,
): readonly Block[] {
  const schemas = [...new Set(tables.map((table) => table.schema))].sort();
  return schemas.map((schema) => {
    const own = tables.filter((table) => table.schema === schema);
    for (const table of own) sources.add(describeTable(context, table).source);
    const comment = context.model.schemas.find((one) => one.name === schema)?.comment;
    const drawing = drawings.get(schema) ?? null;
    const picture = context.hasPictures ? link("Picture of these tables", schemaPicture(schema)) : null;
    return section(context, escapeLine(schemas.length === 1 ? "Tables" : schema), [
      comment === undefined ? null : escapeParagraphs(comment),
      tableList(context, own, ({ name }) => name),
      drawing === null ? picture : `<details><summary>Diagram</summary>\n\n${drawing}\n\n</details>`,
    ]);
  });
}

/** What has no page: event triggers, publications, statistics, rules and the like, each with its definition. */
function otherObjects(context: DocsContext): readonly Block[] {
  const { others } = context.model;
  const items = others.map(({ kind, id, comment, origin }) => {
    const about = comment === undefined ? "" : ` ${escapeLine(comment)}`;
    const made = originLine(context, origin);
    return `${capitalised(kind)} ${codeSpan(id)}.${about}${made === null ? "" : ` <sub>${made}</sub>`}`;
  });
  const sql = others.map(({ definition }) => `${definition.replace(/;\s*$/, "")};`).join("\n");
  return [bullets(items), others.length === 0 ? null : foldedSql("SQL", sql)];
}

function typesOf(model: SchemaModel) {
  return [...model.enums, ...model.domains, ...model.composites, ...model.ranges];
}

interface Listing<T> {
  readonly head: string;
  readonly objects: readonly T[];
  readonly describe: (object: T) => Description;
  /** Takes in whose descriptions stand in the list. */
  readonly sources: Set<Description["source"]>;
}

function listing<T extends { readonly id: ObjectId }>(
  context: DocsContext,
  { head, objects, describe, sources }: Listing<T>,
): Block {
  const rows = objects.map((object) => {
    const description = describe(object);
    sources.add(description.source);
    return [linkedName(context, object.id), describedCell(context, description)];
  });
  return markdownTable(context, [head, "Description"], rows);
}
