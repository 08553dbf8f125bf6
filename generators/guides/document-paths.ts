import type { SchemaModel } from "#schemas/model.ts";
import { namePages } from "../docs/page-names.ts";
import type { Routes } from "../site-data/routes.ts";

export interface DocumentPathsInput {
  readonly model: SchemaModel;
  readonly routes: Routes;
  /** Folder of the committed documentation. */
  readonly folder: string;
}

/** The site's page of each committed document, by file. */
export function documentPaths({ model, routes, folder }: DocumentPathsInput): ReadonlyMap<string, string> {
  const pages = namePages(model);
  const paths = new Map<string, string>([[`${folder}/README.md`, ""]]);
  const add = (name: string, path: string | null): void => {
    if (path !== null) paths.set(`${folder}/${name}.md`, path);
  };
  for (const { id, partitionOf } of model.tables) if (!partitionOf) add(pages.of("table", id), routes.of("table", id));
  for (const { id } of model.views) add(pages.of("view", id), routes.of("view", id));
  for (const { id } of model.enums) add(pages.of("enum", id), routes.of("enum", id));
  for (const { id } of model.routines) add(pages.of("routine", id), routes.of("function", id));
  return paths;
}
