import type { SchemaModel, Table, View } from "#schemas/model.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Generator, GeneratorInput, GeneratorOutput } from "#generators/generator.ts";
import { coverageBadge } from "#generators/coverage/badge.ts";
import { documentedModel } from "#generators/documented/documented-model.ts";
import { diagramOf, neighbourhood, schemaDiagram, viewDiagram, type Diagram } from "#generators/erd/diagram.ts";
import { writeOverview } from "#generators/erd/overview.ts";
import { parseWithMermaid, type ParseDiagram } from "#generators/erd/parse-diagram.ts";
import {
  chapterPage as chapterPageName,
  chapterPicture,
  schemaPicture,
  tablePicture,
} from "#generators/erd/picture-files.ts";
import { chapterPage } from "./chapter-page.ts";
import { writeDbml } from "./dbml.ts";
import { diagramBlocks, type DiagramBlocks } from "./diagram-blocks.ts";
import { COVERAGE_BADGE, docsContext, tblsOptions, type DocsContext } from "./docs-context.ts";
import { GLOSSARY_PAGE, glossaryPage } from "./glossary-page.ts";
import { indexPage } from "./index-page.ts";
import { extensionPage } from "./extension-page.ts";
import { keptJson } from "./kept-json.ts";
import { keptPages, type KeptPages } from "./kept-pages.ts";
import { llmsText } from "./llms-text.ts";
import type { Block } from "./markdown.ts";
import { objectFiles } from "./object-files.ts";
import { freeSequences } from "./page-names.ts";
import { routinePage } from "./routine-page.ts";
import { sequencePage } from "./sequence-page.ts";
import { stableJson } from "./stringify-model.ts";
import { tablePage } from "./table-page.ts";
import { tblsSchema, type TblsSchema } from "./tbls-schema.ts";
import { typePage } from "./type-page.ts";
import { unknownDescriptions } from "./unknown-descriptions.ts";
import { viewPage } from "./view-page.ts";

const ID = "docs";
const INDEX = "README.md";

/** Schemas with more tables than this have no Mermaid on the first page, only their picture. */
const TABLES_ON_INDEX = 120;

/** The committed documentation: an index, a page an object, and the model in the formats other tools read. */
export const docs: Generator = createDocs(parseWithMermaid);

/** The generator with another judge of diagrams. */
export function createDocs(parseDiagram: ParseDiagram): Generator {
  return { id: ID, title: "docs", generate: (input) => generate(input, parseDiagram) };
}

async function generate(input: GeneratorInput, parseDiagram: ParseDiagram): Promise<GeneratorOutput> {
  const context = docsContext(input);
  const previous = once((page: string) => input.previous(`${context.folder}/${page}`));
  const blocks = diagramBlocks({ parse: parseDiagram, previous, isEnabled: input.config.erd.enabled });
  const files = keptPages({
    context,
    diagramOn: (relation) => pageDiagram(context, relation, input.config.erd),
    options: input.config.erd,
    ...(input.kept && { kept: input.kept }),
  });
  const pages = [
    ...(await relationPages({ context, blocks, files }, input)),
    ...otherPages(context),
    ...(await chapterPages(context, blocks)),
    ...glossaryPages(context),
    await readme(context, blocks),
  ];
  const badge: File = [COVERAGE_BADGE, coverageBadge(context.coverage, input.config.coverage)];
  const twins = input.config.docs.objects ? await objectFiles(context, files) : [];
  const artifacts = [...pages, ...dataFiles(context, input), badge, ...twins]
    .map(([file, content]): Artifact => ({ path: `${context.folder}/${file}`, content, generator: ID }))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  const { problems } = documentedModel(input.model, input.database);
  return {
    artifacts,
    problems: [...problems, ...context.chapters.problems, ...unknownDescriptions(context), ...blocks.problems],
  };
}

/** The page that was asked for last: its diagrams are asked about one after the other. */
function once(read: (page: string) => Promise<string | null>): typeof read {
  let last: { readonly page: string; readonly text: Promise<string | null> } | undefined;
  return (page) => {
    if (last?.page !== page) last = { page, text: read(page) };
    return last.text;
  };
}

type File = readonly [name: string, content: Artifact["content"]];

function glossaryPages(context: DocsContext): readonly File[] {
  const text = glossaryPage(context);
  return text === null ? [] : [[GLOSSARY_PAGE, text]];
}

interface PageWriting {
  readonly context: DocsContext;
  readonly blocks: DiagramBlocks;
  readonly files: KeptPages;
}

async function relationPages(writing: PageWriting, { progress, config }: GeneratorInput): Promise<readonly File[]> {
  const { context, blocks, files } = writing;
  const { model, pages } = context;
  const tables = model.tables.filter((table) => !table.partitionOf);
  const made: File[] = [];
  progress.start(ID, tables.length);
  for (const [at, table] of tables.entries()) {
    const picture = context.hasPictures ? { picture: tablePicture(pages, table.id) } : {};
    const file = `${pages.of("table", table.id)}.md`;
    const content = await files.fileOf({ file, relation: table, write: (own, one) => written(own, one, picture) });
    made.push([file, content]);
    progress.step(ID, at + 1);
  }
  for (const view of model.views) {
    const file = `${pages.of("view", view.id)}.md`;
    made.push([file, await files.fileOf({ file, relation: view, write: (own, one) => written(own, one) })]);
  }
  return made;

  async function written(own: DocsContext, relation: Table | View, picture: { readonly picture?: string } = {}) {
    const page = `${pages.of(relation.kind, relation.id)}.md`;
    const before = blocks.problems.length;
    const around = pageDiagram(context, relation, config.erd);
    const diagram = await blocks.draw(around, { objectId: relation.id, page, ...picture });
    const content =
      relation.kind === "table"
        ? tablePage(own, { table: relation, diagram })
        : viewPage(own, { view: relation, diagram });
    return { content, isFinal: blocks.problems.length === before };
  }
}

/** A table with its neighbours, or what a view reads. */
function pageDiagram(
  { index }: DocsContext,
  { kind, id }: Table | View,
  options: GeneratorInput["config"]["erd"],
): Diagram {
  const view = kind === "view" ? index.view(id) : undefined;
  return view
    ? viewDiagram(index, view)
    : neighbourhood(index, id, { distance: options.distance, limit: options.tables });
}

async function chapterPages(context: DocsContext, blocks: DiagramBlocks): Promise<readonly File[]> {
  const files: File[] = [];
  for (const chapter of [...context.chapters.domainPages, ...context.chapters.viewpoints]) {
    const page = `${chapterPageName(chapter.id)}.md`;
    const tables = chapter.parts.flatMap((part) => part.tables);
    const small = tables.length <= TABLES_ON_INDEX;
    const picture = context.hasPictures ? { picture: chapterPicture(chapter.id) } : {};
    const diagram = diagramOf(context.index, small ? tables : []);
    const block = await blocks.draw(diagram, { objectId: chapter.id, page, ...picture });
    files.push([page, chapterPage(context, { chapter, diagram: block })]);
  }
  return files;
}

function otherPages(context: DocsContext): readonly File[] {
  const { model, pages } = context;
  const types = [...model.enums, ...model.domains, ...model.composites, ...model.ranges];
  return [
    ...types.map((type): File => [`${pages.of(type.kind, type.id)}.md`, typePage(context, type)]),
    ...freeSequences(model).map((one): File => [`${pages.of("sequence", one.id)}.md`, sequencePage(context, one)]),
    ...model.routines.map((one): File => [`${pages.of("routine", one.id)}.md`, routinePage(context, one)]),
    ...model.extensions.map((one): File => [`${pages.of("extension", one.id)}.md`, extensionPage(context, one)]),
  ];
}

async function readme(context: DocsContext, blocks: DiagramBlocks): Promise<File> {
  const { index, model } = context;
  const text = writeOverview(index);
  const overview =
    text === null || !blocks.isEnabled ? null : await blocks.checked(text, { objectId: context.name, page: INDEX });
  const drawings = new Map<string, Block>();
  for (const schema of new Set(model.tables.map((table) => table.schema))) {
    const picture = context.hasPictures ? { picture: schemaPicture(schema) } : {};
    const diagram = schemaDiagram(index, schema);
    const small = diagram.nodes.length <= TABLES_ON_INDEX;
    drawings.set(schema, small ? await blocks.draw(diagram, { objectId: schema, page: INDEX, ...picture }) : null);
  }
  return [INDEX, indexPage(context, { overview, drawings })];
}

/** `model.json` is the exact schema; the others hold what is documented. */
function dataFiles(context: DocsContext, { model: exact, kept }: GeneratorInput): readonly File[] {
  const { model, descriptions, folder } = context;
  const schema = tblsSchema(model, tblsOptions(context));
  const json = (file: string, value: SchemaModel | TblsSchema): File => [
    file,
    kept ? keptJson({ kept, path: `${folder}/${file}`, value }) : stableJson(value),
  ];
  const all: readonly File[] = [
    ["llms.txt", llmsText(context)],
    json("model.json", exact),
    ["schema.dbml", writeDbml(model, { descriptions })],
    json("schema.json", schema),
  ];
  return all.filter(([file]) => context.files.includes(file));
}
