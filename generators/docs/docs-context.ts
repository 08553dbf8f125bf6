import type { SchemaModel } from "#schemas/model.ts";
import type { Coverage } from "#schemas/json/coverage.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { measureCoverage } from "#generators/coverage/coverage.ts";
import type { GeneratorInput, SavedQuery } from "#generators/generator.ts";
import type { DescribeContext } from "./describe.ts";
import { chaptersOf, type Chapter, type Chapters } from "#generators/domains/chapter.ts";
import { documentedModel } from "#generators/documented/documented-model.ts";
import type { Glossary } from "#generators/glossary/read-glossary.ts";
import { labelsOf, type Labels } from "#generators/documented/labels.ts";
import type { TblsOptions } from "./tbls-schema.ts";
import type { Templates } from "./page-template.ts";
import { namePages, type PageNames } from "./page-names.ts";

/** File of the badge that says how much of the schema is described. */
export const COVERAGE_BADGE = "coverage.svg";

/** What every page is written from. */
export interface DocsContext extends DescribeContext {
  /** The schema as it is documented: without what is left out, with references that no constraint holds. */
  readonly model: SchemaModel;
  readonly pages: PageNames;
  readonly queries: readonly SavedQuery[];
  /** What people call the database. */
  readonly name: string;
  /** What a person says about it in the configuration. */
  readonly about?: string;
  /** Labels of tables, views and columns. */
  readonly labels: Labels;
  /** Labels of the whole. */
  readonly topLabels: readonly string[];
  readonly chapters: Chapters;
  /** Pages of domains and viewpoints that show a table or view. */
  chaptersWith(id: ObjectId): readonly Chapter[];
  /** Saved queries that read any of these tables and views. */
  queriesUsing(ids: Iterable<ObjectId>): readonly SavedQuery[];
  readonly coverage: Coverage;
  /** What words mean here, when the repository says so. */
  readonly glossary?: Glossary;
  /** Whether picture files stand beside the pages. */
  readonly hasPictures: boolean;
  /** Names of the files and folders that hold the schema as data. */
  readonly files: readonly string[];
  readonly templates: Templates;
  readonly format: Pick<GeneratorInput["config"]["docs"], "words" | "numbers" | "sort" | "align" | "firstParagraph">;
  /** Folder of the pages, relative to the repository's root, without a slash at its end. */
  readonly folder: string;
}

export function docsContext({
  config,
  database,
  model: exact,
  queries,
  known,
  templates,
}: GeneratorInput): DocsContext {
  const model = documentedModel(exact, database).value;
  const index = indexModel(model);
  const only = config.databases.length === 1;
  const chapters = chaptersOf(index, { database, queries, isGrouped: config.docs.domains });
  return {
    model,
    index,
    descriptions: database.descriptions,
    ...(known && { known: known.texts }),
    ...(known?.glossary && { glossary: known.glossary }),
    pages: namePages(model),
    queries,
    labels: labelsOf(model, database.labels),
    chapters,
    chaptersWith: chapterFinder(chapters),
    queriesUsing: queryFinder(queries),
    coverage: measureCoverage(model, {
      database: database.id,
      descriptions: database.descriptions,
      coverage: config.coverage,
      ...(known && { known: known.texts }),
    }),
    templates: templates ?? new Map(),
    format: config.docs,
    topLabels: config.labels,
    hasPictures: config.erd.enabled && config.erd.formats.includes("svg"),
    files: [
      "model.json",
      ...(config.docs.tbls ? ["schema.json"] : []),
      ...(config.docs.dbml ? ["schema.dbml"] : []),
      ...(config.docs.llms ? ["llms.txt"] : []),
      ...(config.docs.objects ? ["json/"] : []),
    ],
    name: (only ? config.name : undefined) ?? database.id,
    ...(only && config.description !== undefined && { about: config.description }),
    folder: docsFolder(config, database.id),
  };
}

function chapterFinder({ domainPages, viewpoints }: Chapters): DocsContext["chaptersWith"] {
  const found = new Map<ObjectId, Set<Chapter>>();
  for (const chapter of [...domainPages, ...viewpoints]) {
    for (const id of chapter.parts.flatMap((part) => part.tables)) {
      const own = found.get(id) ?? new Set();
      found.set(id, own.add(chapter));
    }
  }
  return (id) => [...(found.get(id) ?? [])];
}

function queryFinder(queries: readonly SavedQuery[]): DocsContext["queriesUsing"] {
  const found = new Map<ObjectId, SavedQuery[]>();
  for (const query of queries) for (const id of query.uses) found.set(id, [...(found.get(id) ?? []), query]);
  return (ids) => {
    const all = new Set([...ids].flatMap((id) => found.get(id) ?? []));
    return [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
}

/** Folder of one database's pages; a subfolder each when several databases are configured. */
export function docsFolder(config: GeneratorInput["config"], databaseId: ObjectId): string {
  const root = config.output.docs.replace(/^(?:\.?\/)+|\/+$/g, "");
  return config.databases.length === 1 ? root : `${root}/${databaseId}`;
}

/** What `schema.json` says besides the model. */
export function tblsOptions({ name, about, descriptions, topLabels, labels, chapters }: DocsContext): TblsOptions {
  const { viewpoints } = chapters;
  return { name, descriptions, topLabels, labels, viewpoints, ...(about !== undefined && { about }) };
}

/** The way from a folder to a file, both relative to the repository's root. */
export function relativePath(folder: string, file: string): string {
  const from = folder.split("/").filter((part) => part !== "" && part !== ".");
  const to = file.split("/").filter((part) => part !== "" && part !== ".");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}
