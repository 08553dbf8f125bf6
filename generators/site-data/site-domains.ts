import type { Table } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { chaptersOf, type ChapterSettings } from "../domains/chapter.ts";
import type { Domain } from "../domains/domain.ts";
import { capitalised, phraseOf } from "../docs/names.ts";

/** More tables are shown as domains first, each with a diagram of its own. */
export const TABLES_AT_ONCE = 300;

/** The domains of the documents; a large database that has none is divided by its schemas. */
export function siteDomains(index: ModelIndex, settings: ChapterSettings): readonly Domain[] {
  const { domains } = chaptersOf(index, settings);
  const tables = index.model.tables.filter(({ partitionOf }) => !partitionOf);
  if (domains.length > 0 || tables.length <= TABLES_AT_ONCE) return domains;
  return bySchema(tables);
}

/** More boxes than this are no overview; the schemas stand for their domains then. */
const DOMAINS_AT_ONCE = 60;

/** Before the name of a schema that is a box: a domain may have the same name. */
export const SCHEMA_BOX = "schema ";

/** What the first diagram shows: every table, or boxes that lead to the diagrams of parts. */
export type Overview =
  | { readonly kind: "tables" }
  | { readonly kind: "domains" | "schemas"; readonly groups: readonly Domain[] };

export function overviewOf({ model }: ModelIndex, domains: readonly Domain[]): Overview {
  const tables = model.tables.filter(({ partitionOf }) => !partitionOf);
  if (tables.length <= TABLES_AT_ONCE || domains.length < 2) return { kind: "tables" };
  if (domains.length <= DOMAINS_AT_ONCE) return { kind: "domains", groups: domains };
  const schemas = bySchema(tables).map((group) => ({ ...group, id: `${SCHEMA_BOX}${group.id}` }));
  return schemas.length > 1 ? { kind: "schemas", groups: schemas } : { kind: "domains", groups: domains };
}

function bySchema(tables: readonly Table[]): readonly Domain[] {
  return [...Map.groupBy(tables, ({ schema }) => schema)].map(([schema, own]): Domain => ({
    id: schema,
    title: capitalised(phraseOf(schema)),
    tables: own.map((table) => table.id).sort(),
    by: "schema",
  }));
}
