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
const MOST_SCHEMAS = 16;

/** The links beside a page: the site's own pages, the schemas, and the neighbours of what is shown. */
export function sidebarFor(catalog: Catalog, path: string, guides: readonly SidebarLink[]): SidebarSection[] {
  const start = [
    { label: "Overview", path: "" },
    { label: "Playground", path: "playground/" },
    ...(catalog.queries.length > 0 ? [{ label: "Saved queries", path: "queries/" }] : []),
    ...(catalog.releases.length > 0 ? [{ label: "Changes", path: "changes/" }] : []),
    ...(catalog.info.findings.length + catalog.info.problems.length > 0
      ? [{ label: "Findings", path: "findings/" }]
      : []),
  ];
  const schemas = catalog.model.schemas.flatMap(({ id, name }) => {
    const own = catalog.routes.of("schema", id);
    return own === null ? [] : [{ label: name, path: own }];
  });
  const shown = schemas.slice(0, MOST_SCHEMAS);
  const room = MOST_LINKS - start.length - shown.length - guides.length;
  const current = catalog.model.schemas.find(({ name }) => isIn(catalog, name, path));
  const siblings = current ? around(relationsOf(catalog, current.name), path, room) : [];
  return [
    { title: "", links: start },
    { title: "Schemas", links: shown },
    ...(current ? [{ title: current.name, links: siblings }] : []),
    { title: "Guides", links: guides },
  ].filter(({ links }) => links.length > 0);
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
