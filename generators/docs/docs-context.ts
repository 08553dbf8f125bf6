import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { GeneratorInput, SavedQuery } from "#generators/generator.ts";
import type { DescribeContext } from "./describe.ts";
import { namePages, type PageNames } from "./page-names.ts";

/** What every page is written from. */
export interface DocsContext extends DescribeContext {
  readonly model: SchemaModel;
  readonly pages: PageNames;
  readonly queries: readonly SavedQuery[];
  /** What people call the database. */
  readonly name: string;
  /** What a person says about it in the configuration. */
  readonly about?: string;
  /** Folder of the pages, relative to the repository's root, without a slash at its end. */
  readonly folder: string;
}

export function docsContext({ config, database, model, queries, known }: GeneratorInput): DocsContext {
  const only = config.databases.length === 1;
  return {
    model,
    index: indexModel(model),
    descriptions: database.descriptions,
    ...(known && { known: known.texts }),
    pages: namePages(model),
    queries,
    name: (only ? config.name : undefined) ?? database.id,
    ...(only && config.description !== undefined && { about: config.description }),
    folder: docsFolder(config, database.id),
  };
}

/** Folder of one database's pages; a subfolder each when several databases are configured. */
export function docsFolder(config: GeneratorInput["config"], databaseId: ObjectId): string {
  const root = config.output.docs.replace(/^(?:\.?\/)+|\/+$/g, "");
  return config.databases.length === 1 ? root : `${root}/${databaseId}`;
}

/** The way from a folder to a file, both relative to the repository's root. */
export function relativePath(folder: string, file: string): string {
  const from = folder.split("/").filter((part) => part !== "" && part !== ".");
  const to = file.split("/").filter((part) => part !== "" && part !== ".");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}
