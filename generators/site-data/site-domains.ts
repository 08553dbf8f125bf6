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
  return [...Map.groupBy(tables, ({ schema }) => schema)].map(([schema, own]): Domain => ({
    id: schema,
    title: capitalised(phraseOf(schema)),
    tables: own.map((table) => table.id).sort(),
    by: "schema",
  }));
}
