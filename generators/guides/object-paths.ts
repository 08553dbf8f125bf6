import type { SchemaModel } from "#schemas/model.ts";
import { columnAnchor, type Routes } from "../site-data/routes.ts";

/** Where the site shows each object, by id and, where only one has it, by its plain name. */
export function objectPaths(model: SchemaModel, routes: Routes): ReadonlyMap<string, string> {
  const byId = new Map<string, string>();
  const byName = new Map<string, Set<string>>();
  const add = (object: { readonly id: string; readonly name: string }, path: string | null): void => {
    if (path === null || byId.has(object.id)) return;
    byId.set(object.id, path);
    byName.set(object.name, (byName.get(object.name) ?? new Set()).add(path));
  };
  for (const table of model.tables) add(table, routes.of("table", table.id));
  for (const view of model.views) add(view, routes.of("view", view.id));
  for (const type of model.enums) add(type, routes.of("enum", type.id));
  for (const routine of model.routines) add(routine, routes.of("function", routine.id));
  for (const schema of model.schemas) add(schema, routes.of("schema", schema.id));
  for (const relation of [...model.tables, ...model.views]) {
    const path = routes.of(relation.kind, relation.id);
    if (path === null) continue;
    for (const column of relation.columns) {
      if (!byId.has(column.id)) byId.set(column.id, `${path}#${columnAnchor(column.name)}`);
    }
  }
  for (const [name, paths] of byName) {
    const [only, second] = paths;
    if (only !== undefined && second === undefined && !byId.has(name)) byId.set(name, only);
  }
  return byId;
}
