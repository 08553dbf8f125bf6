import type { ForeignKey, SchemaModel, Table, View } from "#schemas/model.ts";
import { indexModel, type ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Domain } from "#generators/domains/domain.ts";
import type { Guide } from "#generators/guides/guide.ts";
import { diagramPath } from "#generators/site-data/site-data.ts";
import type {
  DiagramKind,
  SiteDescription,
  SiteDescriptions,
  SiteFacts,
  SiteInfo,
  SiteQuery,
  SiteSamples,
} from "#generators/site-data/contract.ts";
import type { SiteRelease } from "#generators/site-data/releases.ts";
import { routesOf, type PageKind, type Routes } from "#generators/site-data/routes.ts";

/** The site's data with what every page asks of it, made once. */
export interface Catalog {
  readonly info: SiteInfo;
  readonly model: SchemaModel;
  readonly index: ModelIndex;
  readonly queries: readonly SiteQuery[];
  readonly samples: SiteSamples;
  /** Tables that belong together; none in a small database. */
  readonly domains: readonly Domain[];
  /** What git, CODEOWNERS and the configuration say. */
  readonly facts: SiteFacts;
  /** The users' own pages. */
  readonly guides: readonly Guide[];
  readonly releases: readonly SiteRelease[];
  readonly routes: Routes;
  /** Tables and views by id. */
  readonly relations: ReadonlyMap<ObjectId, Table | View>;
  /** Foreign keys that point at a table, with the table they are of. */
  readonly incoming: ReadonlyMap<ObjectId, readonly Incoming[]>;
  meaningOf(object: { readonly id: ObjectId; readonly comment?: string }): SiteDescription | null;
  /** The diagram's markup, drawn and escaped by our own generator; null when there is none. */
  diagramOf(kind: DiagramKind, id: string): string | null;
}

export interface Incoming {
  readonly table: Table;
  readonly key: ForeignKey;
}

export interface CatalogInput {
  readonly info: SiteInfo;
  readonly model: SchemaModel;
  readonly descriptions: SiteDescriptions;
  readonly queries: readonly SiteQuery[];
  readonly samples: SiteSamples;
  readonly domains: readonly Domain[];
  readonly guides: readonly Guide[];
  readonly releases: readonly SiteRelease[];
  readonly facts: SiteFacts;
  /** Markup of the diagrams by path in the data folder. */
  readonly diagrams: ReadonlyMap<string, string>;
}

export function catalogOf(input: CatalogInput): Catalog {
  const { info, model, queries, samples, domains, guides, releases, facts, descriptions, diagrams } = input;
  return {
    info,
    model,
    index: indexModel(model),
    queries,
    samples,
    domains,
    guides,
    releases,
    facts,
    routes: routesOf(model, queries, domains),
    relations: new Map([...model.tables, ...model.views].map((relation) => [relation.id, relation])),
    incoming: incomingKeys(model),
    meaningOf({ id, comment }) {
      const written = Object.hasOwn(descriptions, id) ? descriptions[id] : undefined;
      return written ?? (comment === undefined ? null : { text: comment, source: "comment" });
    },
    diagramOf: (kind, id) => diagrams.get(diagramPath({ kind, id })) ?? null,
  };
}

function incomingKeys(model: SchemaModel): Map<ObjectId, Incoming[]> {
  const incoming = new Map<ObjectId, Incoming[]>();
  for (const table of model.tables) {
    // A partition repeats the keys of its parent.
    if (table.partitionOf) continue;
    for (const key of table.constraints) {
      if (key.kind !== "foreign key") continue;
      const target = key.references.table;
      incoming.set(target, [...(incoming.get(target) ?? []), { table, key }]);
    }
  }
  return incoming;
}

/** A name that leads to its page, when it has one. */
export interface Reference {
  readonly label: string;
  readonly path: string | null;
}

/** A reference to a table or view by id, whichever of the two it is. */
export function relationReference(catalog: Catalog, id: ObjectId): Reference {
  const kind: PageKind = catalog.relations.get(id)?.kind ?? "table";
  return { label: id, path: catalog.routes.of(kind, id) };
}

/** The saved queries that read an object, in order of title. */
export function queriesUsing(catalog: Catalog, id: ObjectId): Reference[] {
  return catalog.queries
    .filter(({ uses }) => uses.includes(id))
    .map((query) => ({ label: query.title, path: catalog.routes.of("query", query.id) }));
}

/** The views that read an object. */
export function viewsUsing(catalog: Catalog, id: ObjectId): Reference[] {
  return catalog.model.views
    .filter(({ dependsOn }) => dependsOn.includes(id))
    .map((view) => ({ label: view.id, path: catalog.routes.of("view", view.id) }));
}
