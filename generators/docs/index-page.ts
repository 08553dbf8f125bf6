import type { SchemaModel, Table } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { escapeLine, escapeParagraphs, link } from "#generators/markdown/escape.ts";
import { schemaPicture } from "#generators/erd/picture-files.ts";
import { aboutDatabase } from "./about-database.ts";
import { describeRoutine, describeTable, describeType, type Description } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { describedCell, inline, legend, linkedName, markdownTable, page, section, type Block } from "./markdown.ts";
import { grouped } from "./names.ts";

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
  const rest = [
    ...schemaSections(context, tables, drawings, sources),
    section("Views", [listing(context, "View", model.views, (view) => describeTable(context, view), sources)]),
    section("Types", [listing(context, "Type", typesOf(model), (type) => describeType(context, type), sources)]),
    section("Functions", [
      listing(context, "Function", model.routines, (routine) => describeRoutine(context, routine), sources),
    ]),
  ];
  return page([
    `# ${escapeLine(context.name)}`,
    context.about === undefined ? null : escapeParagraphs(context.about),
    inline(context, aboutDatabase(context.index)),
    section("Overview", [overview]),
    ...rest,
    legend(sources),
    FORMATS,
  ]);
}

const FORMATS =
  "The same as data: [model.json](model.json), [schema.json](schema.json) for tbls and Liam, [schema.dbml](schema.dbml), [llms.txt](llms.txt).";

function schemaSections(
  context: DocsContext,
  tables: readonly Table[],
  drawings: ReadonlyMap<string, Block>,
  sources: Set<Description["source"]>,
): readonly Block[] {
  const schemas = [...new Set(tables.map((table) => table.schema))].sort();
  return schemas.map((schema) => {
    const own = tables.filter((table) => table.schema === schema);
    const rows = own.map((table) => {
      const description = describeTable(context, table);
      sources.add(description.source);
      return [
        linkedName(context, table.id, table.name),
        grouped(table.columns.length),
        describedCell(context, description),
      ];
    });
    const comment = context.model.schemas.find((one) => one.name === schema)?.comment;
    const drawing = drawings.get(schema) ?? null;
    const picture = link("Picture of these tables", schemaPicture(schema));
    return section(escapeLine(schemas.length === 1 ? "Tables" : schema), [
      comment === undefined ? null : escapeParagraphs(comment),
      markdownTable(["Table", "Columns", "Description"], rows),
      drawing === null ? picture : `<details><summary>Diagram</summary>\n\n${drawing}\n\n</details>`,
    ]);
  });
}

function typesOf(model: SchemaModel) {
  return [...model.enums, ...model.domains, ...model.composites, ...model.ranges];
}

function listing<T extends { readonly id: ObjectId }>(
  context: DocsContext,
  head: string,
  objects: readonly T[],
  describe: (object: T) => Description,
  sources: Set<Description["source"]>,
): Block {
  const rows = objects.map((object) => {
    const description = describe(object);
    sources.add(description.source);
    return [linkedName(context, object.id), describedCell(context, description)];
  });
  return markdownTable([head, "Description"], rows);
}
