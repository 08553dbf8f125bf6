import type { Catalog } from "./catalog.ts";
import { schemaReference } from "./relation-page.ts";

export interface SidebarLink {
  readonly label: string;
  readonly path: string;
}
export interface SidebarSection {
  readonly title: string;
  readonly links: readonly SidebarLink[];
}

/** Every link is in every page, so their number decides the weight of a large site (measured in research). */
export const MOST_LINKS = 60;
/** Neighbours of a page; the page of their schema has all. */
const MOST_SIBLINGS = 16;
const MOST_SCHEMAS = 16;
const MOST_GUIDES = 12;

/** The links beside a page: the site's own pages, the schemas, the neighbours of what is shown, and the guides. */
export function sidebarFor(catalog: Catalog, path: string, own: readonly SidebarLink[]): SidebarSection[] {
  const guides = guideLinks(catalog, path);
  const start = [
    { label: "Overview", path: "" },
    { label: "Diagram", path: "erd/" },
    { label: "Playground", path: "playground/" },
    ...(catalog.queries.length > 0 ? [{ label: "Saved queries", path: "queries/" }] : []),
    ...(catalog.releases.length > 0 ? [{ label: "Changes", path: "changes/" }] : []),
    { label: "Findings", path: "findings/" },
    { label: "Coverage", path: "coverage/" },
    ...(catalog.facts.usage ? [{ label: "AI usage", path: "usage/" }] : []),
  ];
  const schemas = catalog.model.schemas.flatMap(({ id, name }) => {
    const page = catalog.routes.of("schema", id);
    return page === null ? [] : [{ label: name, path: page }];
  });
  const shown = schemas.slice(0, MOST_SCHEMAS);
  const room = MOST_LINKS - start.length - shown.length - guides.length - own.length;
  const current = catalog.model.schemas.find(({ name }) => isIn(catalog, name, path));
  const siblings = current ? siblingLinks(catalog, current.name, path, Math.min(room, MOST_SIBLINGS)) : [];
  return [
    { title: "", links: start },
    { title: "Schemas", links: shown },
    ...(current ? [{ title: current.name, links: siblings }] : []),
    { title: "Guides", links: guides },
    { title: "About this site", links: own },
  ].filter(({ links }) => links.length > 0);
}

/** The tables and views near the one that is read, and the page with all where there are more. */
function siblingLinks(catalog: Catalog, schema: string, path: string, room: number): readonly SidebarLink[] {
  const links = relationsOf(catalog, schema);
  const page = schemaReference(catalog, schema).path;
  if (links.length <= room || page === null) return links;
  return [...around(links, path, room - 1), { label: `All ${links.length}`, path: page }];
}

/** The guides near the one that is read, and a page with all where there are many. */
function guideLinks({ guides }: Catalog, path: string): readonly SidebarLink[] {
  const links = guides.map((guide) => ({ label: guide.title, path: guide.path }));
  if (links.length <= MOST_GUIDES) return links;
  return [...around(links, path, MOST_GUIDES), { label: `All ${links.length} guides`, path: "guides/" }];
}

function isIn(catalog: Catalog, schema: string, path: string): boolean {
  const own = schemaReference(catalog, schema).path;
  if (own === null) return false;
  const segment = own.split("/")[1];
  return path.split("/")[1] === segment && /^(?:schemas|tables|views|enums|functions)\//.test(path);
}

function relationsOf(catalog: Catalog, schema: string): SidebarLink[] {
  return [...catalog.relations.values()]
    .filter((relation) => relation.schema === schema && !(relation.kind === "table" && relation.partitionOf))
    .flatMap((relation) => {
      const path = catalog.routes.of(relation.kind, relation.id);
      return path === null ? [] : [{ label: relation.name, path }];
    });
}

/** As many links as there is room for, with the current one in the middle. */
function around(links: readonly SidebarLink[], path: string, room: number): readonly SidebarLink[] {
  if (links.length <= room) return links;
  const at = Math.max(
    0,
    links.findIndex((link) => link.path === path),
  );
  const from = Math.min(Math.max(0, at - Math.floor(room / 2)), links.length - room);
  return links.slice(from, from + room);
}
