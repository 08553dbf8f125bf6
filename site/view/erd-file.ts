import type { ObjectId } from "#schemas/object-id.ts";
import type { Domain } from "#generators/domains/domain.ts";
import { diagramOf, type DiagramEdge, type DiagramNode } from "#generators/erd/diagram.ts";
import { domainDiagram } from "#generators/erd/domain-diagram.ts";
import { boxPath, firstColumns, WHOLE_DIAGRAM } from "#generators/site-data/diagrams.ts";
import { overviewOf } from "#generators/site-data/site-domains.ts";
import type { Catalog, Reference } from "./catalog.ts";
import type { ErdShow } from "./erd-state.ts";
import type { ErdVersion } from "./erd-versions.ts";

/** What a diagram's page loads: the boxes with all their columns, so that the reader can choose what is drawn. */
export interface ErdFile {
  readonly kind: "tables" | "domains";
  readonly title: string;
  /** What the picture in the page shows already. */
  readonly show: ErdShow;
  readonly nodes: readonly ErdNode[];
  readonly edges: readonly DiagramEdge[];
  /** Tables that are found here and shown by the diagram of their domain. */
  readonly elsewhere: readonly Reference[];
  /** Releases whose changes can be shown, newest first; none in a picture of domains. */
  readonly versions: readonly ErdVersion[];
  /** The release before those, which has no changes of its own. */
  readonly oldest: string | null;
}
export interface ErdNode extends DiagramNode {
  /** Page of the table or domain, below the site's base. */
  readonly path: string | null;
  /** Titles of the groups it belongs to; absent on a domain. */
  readonly groups?: { readonly schema: string; readonly domain?: string };
}

/** The page of a diagram: that of everything, or of one domain. */
export interface ErdPage {
  /** Names the data file, and files that a reader exports. */
  readonly name: string;
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly svg: string | null;
  readonly isOfDomains: boolean;
  /** The domains of everything, or those joined to this one. */
  readonly domains: readonly (Reference & { readonly text: string })[];
  readonly tables: readonly (Reference & { readonly text: string })[];
}

export function erdPages(catalog: Catalog): readonly ErdPage[] {
  const known = pagesOf.get(catalog);
  if (known) return known;
  const { edges } = domainDiagram(catalog.index, catalog.domains);
  const made = [wholePage(catalog), ...catalog.domains.map((domain) => domainPage(catalog, domain, edges))];
  pagesOf.set(catalog, made);
  return made;
}

/** More of them stand on a page of their own: beside the picture they would double its weight. */
const DOMAINS_BESIDE = 40;

/** True when the list of domains is a page of its own. */
export function domainsElsewhere({ path, domains }: ErdPage): boolean {
  return path === "erd/" && domains.length > DOMAINS_BESIDE;
}

/** Three routes ask for them. */
const pagesOf = new WeakMap<Catalog, readonly ErdPage[]>();

export function erdFile(catalog: Catalog, name: string): ErdFile {
  const { index } = catalog;
  const domain = catalog.domains.find(({ id }) => id === name);
  const ids = domain?.tables ?? catalog.model.tables.filter(({ partitionOf }) => !partitionOf).map(({ id }) => id);
  const pathOf = (id: string): string | null => boxPath(catalog.routes, id);
  const overview = overviewOf(index, catalog.domains);
  if (!domain && overview.kind !== "tables") {
    const { nodes, edges } = domainDiagram(index, overview.groups);
    return {
      kind: "domains",
      title: "The whole database",
      show: "all",
      nodes: nodes.map((node) => ({ ...node, path: pathOf(node.id) })),
      edges,
      elsewhere: catalog.domains.flatMap(({ id, tables }) =>
        tables.map((table) => ({ label: table, path: activeTable(catalog.routes.of("domain", id), table) })),
      ),
      versions: [],
      oldest: null,
    };
  }
  const { nodes, edges } = diagramOf(index, ids, { columns: "all" });
  const domainOf = new Map(catalog.domains.flatMap(({ title, tables }) => tables.map((id) => [id, title] as const)));
  return {
    kind: "tables",
    title: domain?.title ?? "The whole database",
    show: firstColumns(ids.length) === "none" ? "names" : "keys",
    nodes: nodes.map((node): ErdNode => {
      const title = domainOf.get(node.id);
      const schema = index.table(node.id)?.schema ?? "";
      return { ...node, path: pathOf(node.id), groups: { schema, ...(title !== undefined && { domain: title }) } };
    }),
    edges,
    elsewhere: [],
    ...versionsFor(catalog, domain ? new Set(ids) : null),
  };
}

/** The releases with what they did to these tables; null for all, with those that are gone. */
function versionsFor({ releases }: Catalog, ids: ReadonlySet<ObjectId> | null): Pick<ErdFile, "versions" | "oldest"> {
  const versions = releases.flatMap(({ name, past }): ErdVersion[] => {
    if (past === null) return [];
    const tables = ids === null ? past.tables : past.tables.filter(({ id }) => ids.has(id));
    return [{ name, past: { ...past, tables } }];
  });
  return { versions, oldest: releases.find(({ past }) => past === null)?.name ?? null };
}

/** Where a table stands in the diagrams: the one of everything, or its domain's where that is too large. */
export function erdOfTable(catalog: Catalog, id: ObjectId): string {
  const domain = dividedBy(catalog).get(id);
  return activeTable(domain === undefined ? "erd/" : catalog.routes.of("domain", domain), id) ?? "erd/";
}

/** The domain of each table, where domains have diagrams in place of one of everything. */
function dividedBy(catalog: Catalog): ReadonlyMap<ObjectId, string> {
  const known = domainsOf.get(catalog);
  if (known) return known;
  const isDivided = overviewOf(catalog.index, catalog.domains).kind !== "tables";
  const entries = catalog.domains.flatMap(({ id, tables }) => tables.map((table) => [table, id] as const));
  const made = new Map(isDivided ? entries : []);
  domainsOf.set(catalog, made);
  return made;
}

/** Every table's page asks for its domain, twice with the files beside it. */
const domainsOf = new WeakMap<Catalog, ReadonlyMap<ObjectId, string>>();

function activeTable(path: string | null, id: ObjectId): string | null {
  return path === null ? null : `${path}?active=${encodeURIComponent(id)}`;
}

function wholePage(catalog: Catalog): ErdPage {
  const { model, index, domains, routes } = catalog;
  const tables = model.tables.filter(({ partitionOf }) => !partitionOf);
  const isOfDomains = overviewOf(index, domains).kind !== "tables";
  return {
    name: WHOLE_DIAGRAM,
    path: "erd/",
    title: "Diagram",
    description: [
      `${counted(tables.length, "table")} and ${counted(index.references.length, "reference")} between them.`,
      ...(isOfDomains ? [`${counted(domains.length, "domain")}, each with a diagram of its own.`] : []),
    ].join(" "),
    svg: catalog.diagramOf("whole", WHOLE_DIAGRAM),
    isOfDomains,
    domains: domains.map(({ id, title, tables: own }) => ({
      label: title,
      path: routes.of("domain", id),
      text: counted(own.length, "table"),
    })),
    tables: [],
  };
}

function domainPage(
  catalog: Catalog,
  { id, title, description, tables }: Domain,
  edges: readonly DiagramEdge[],
): ErdPage {
  const { routes, relations } = catalog;
  return {
    name: id,
    path: routes.of("domain", id) ?? "",
    title,
    description: description ?? `${counted(tables.length, "table")} that belong together.`,
    svg: catalog.diagramOf("domain", id),
    isOfDomains: false,
    domains: joinedTo(catalog, id, edges),
    tables: tables.map((table) => {
      const relation = relations.get(table);
      return {
        label: table,
        path: routes.of("table", table),
        text: relation ? (catalog.meaningOf(relation)?.text ?? "") : "",
      };
    }),
  };
}

/** Domains that references lead to or come from, the closest first. */
function joinedTo(catalog: Catalog, id: string, edges: readonly DiagramEdge[]): ErdPage["domains"] {
  const counts = new Map<string, number>();
  for (const { from, to, references = 0 } of edges) {
    if (from !== id && to !== id) continue;
    const other = from === id ? to : from;
    counts.set(other, (counts.get(other) ?? 0) + references);
  }
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([other, count]) => ({
      label: catalog.domains.find((domain) => domain.id === other)?.title ?? other,
      path: catalog.routes.of("domain", other),
      text: counted(count, "reference"),
    }));
}

function counted(number: number, word: string): string {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}
