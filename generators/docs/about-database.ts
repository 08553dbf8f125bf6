import type { ModelIndex } from "#schemas/model-index.ts";
import { counted } from "./names.ts";
import { joinProse, named, prose, proseList, type Prose } from "./prose.ts";

/** Tables that are named as the most referred to. */
const CENTRES = 3;

const DIALECTS = { postgres: "PostgreSQL", mysql: "MySQL", mssql: "SQL Server" } as const;

/** What a database is, in three sentences that can be counted in the model. */
export function aboutDatabase(index: ModelIndex): Prose {
  return joinProse(aboutSentences(index));
}

/** The same three sentences one by one: how large it is, what it turns on, how it hangs together. */
export function aboutSentences(index: ModelIndex): readonly [Prose, Prose, Prose] {
  return [size(index), centre(index), joins(index)];
}

function size({ model }: ModelIndex): Prose {
  const tables = model.tables.filter((table) => !table.partitionOf);
  const schemas = new Set([...tables, ...model.views].map((one) => one.schema)).size;
  const others = [
    model.views.length > 0 ? counted(model.views.length, "view") : "",
    model.enums.length > 0 ? counted(model.enums.length, "enum") : "",
    model.domains.length > 0 ? counted(model.domains.length, "domain") : "",
    model.routines.length > 0 ? counted(model.routines.length, "function") : "",
  ].filter((part) => part !== "");
  const where = schemas > 1 ? ` in ${counted(schemas, "schema")}` : "";
  const beside = others.length === 0 ? [] : prose`, with ${proseList(others)}`;
  return prose`A ${DIALECTS[model.dialect]} database of ${counted(tables.length, "table")}${where}${beside}.`;
}

function centre(index: ModelIndex): Prose {
  const ranked = index.model.tables
    .filter((table) => !table.partitionOf)
    .map((table) => ({ id: table.id, by: referrers(index, table.id) }))
    .filter(({ by }) => by > 1)
    .sort((left, right) => right.by - left.by || (left.id < right.id ? -1 : 1))
    .slice(0, CENTRES);
  if (ranked.length === 0) return ["No table is referred to by more than one other."];
  const names = ranked.map(({ id, by }) => prose`${named(id)} (by ${counted(by, "table")})`);
  return prose`Most referred to: ${proseList(names)}.`;
}

function joins(index: ModelIndex): Prose {
  const tables = index.model.tables.filter((table) => !table.partitionOf);
  const keys = index.references.filter(({ from }) => !from.partitionOf);
  const joined = new Set(keys.flatMap(({ from, foreignKey }) => [from.id, foreignKey.references.table]));
  const alone = tables.filter((table) => !joined.has(table.id)).length;
  if (keys.length === 0) return ["No foreign keys join its tables."];
  const rest =
    alone === 0
      ? "; none stands alone"
      : `; ${counted(alone, "of them", "of them")} ${alone === 1 ? "stands" : "stand"} alone`;
  return [`${counted(keys.length, "foreign key")} ${keys.length === 1 ? "joins" : "join"} its tables${rest}.`];
}

function referrers(index: ModelIndex, id: string): number {
  const sources = index.referencesTo(id).filter(({ from }) => from.id !== id && !from.partitionOf);
  return new Set(sources.map(({ from }) => from.id)).size;
}
