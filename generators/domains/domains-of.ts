import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { Table } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { objectPattern } from "#schemas/object-pattern.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { capitalised, phraseOf } from "../docs/names.ts";
import type { SavedQuery } from "../generator.ts";
import { clusterTables } from "./cluster-tables.ts";
import type { Domain } from "./domain.ts";
import { domainTitles } from "./name-domain.ts";
import { tiesOf } from "./ties.ts";

/** A schema of more tables is read in chapters. */
const LARGEST_SCHEMA = 30;
/** A database of fewer tables is read as a whole. */
const SMALLEST_DATABASE = 12;

export interface DomainOptions {
  readonly queries: readonly SavedQuery[];
  /** Domains that people have drawn up; the others share what is left. */
  readonly domains: DatabaseConfig["domains"];
}

/**
 * The chapters of a database: those of the configuration, then each schema or the groups that references, names and
 * saved queries make in a large one, then what stands alone. Every table is in exactly one, sorted by title. Empty for
 * a database that is small enough to be read as a whole.
 */
export function domainsOf(index: ModelIndex, { queries, domains: given }: DomainOptions): readonly Domain[] {
  const tables = index.model.tables.filter((table) => !table.partitionOf);
  if (given.length === 0 && tables.length < SMALLEST_DATABASE) return [];
  const own = ownDomains(index, tables, given);
  const taken = new Set(own.flatMap((domain) => domain.tables));
  const left = tables.filter(({ id }) => !taken.has(id));
  const ids = new Set(own.map(({ id }) => id));
  const titles = new Set(own.map(({ title }) => title));
  const named = (candidates: () => Iterable<string>, rest: Pick<Domain, "tables" | "by">): Domain => {
    const title = firstFree(candidates()) ?? `${[...candidates()][0] ?? "Tables"} ${ids.size + 1}`;
    titles.add(title);
    ids.add(slug(title));
    return { id: slug(title), title, ...rest };
  };
  const firstFree = (candidates: Iterable<string>): string | undefined => {
    for (const one of candidates) if (!titles.has(one) && !ids.has(slug(one))) return one;
    return undefined;
  };
  const schemas = Map.groupBy(left, ({ schema }) => schema);
  const alone: ObjectId[] = [];
  const found: Domain[] = [];
  for (const [schema, members] of [...schemas].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = capitalised(phraseOf(schema));
    if (schemas.size > 1 && members.length <= LARGEST_SCHEMA) {
      found.push(named(() => [name, `Schema ${schema}`], { tables: sorted(members), by: "schema" }));
      continue;
    }
    const ties = tiesOf(index, members, queries);
    const groups = clusterTables(sorted(members), ties);
    const grouped = new Set(groups.flat());
    alone.push(...members.map(({ id }) => id).filter((id) => !grouped.has(id)));
    for (const group of groups) {
      const titlesOf = () => domainTitles(index, group, ties);
      const candidates = function* () {
        yield* titlesOf();
        yield* titlesOf().map((one) => `${name}: ${one}`);
      };
      found.push(named(candidates, { tables: group, by: "cluster" }));
    }
  }
  if (alone.length > 0)
    found.push(named(() => ["Other tables", "Tables on their own"], { tables: alone.sort(), by: "rest" }));
  const isWhole = own.length === 0 && found.length < 2;
  return isWhole ? [] : [...own, ...found].sort(byTitle);
}

/** A table belongs to the first domain of the configuration that names it. */
function ownDomains(index: ModelIndex, tables: readonly Table[], given: DatabaseConfig["domains"]): readonly Domain[] {
  const taken = new Set<ObjectId>();
  return given.flatMap(({ id, title, description, tables: patterns }): Domain[] => {
    const read = patterns.map((pattern) => objectPattern(pattern, index.model.dialect));
    const mine = tables.filter((table) => !taken.has(table.id) && read.some(({ matches }) => matches(table.id)));
    for (const table of mine) taken.add(table.id);
    if (mine.length === 0) return [];
    return [
      { id, title, ...(description !== undefined && { description }), tables: sorted(mine), by: "configuration" },
    ];
  });
}

function sorted(tables: readonly Table[]): readonly ObjectId[] {
  return tables.map(({ id }) => id).sort();
}

/** `Orders and carts` is `orders-and-carts`. */
function slug(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "tables";
}

/** What stands alone comes last. */
function byTitle(a: Domain, b: Domain): number {
  const last = (domain: Domain) => (domain.by === "rest" ? 1 : 0);
  return last(a) - last(b) || (a.title < b.title ? -1 : 1);
}
