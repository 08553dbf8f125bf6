import type { ModelIndex } from "#schemas/model-index.ts";
import { idPart, type ObjectId } from "#schemas/object-id.ts";
import type { Domain } from "../domains/domain.ts";
import { diagramOf, neighbourhood, schemaDiagram, type Diagram } from "../erd/diagram.ts";
import { domainDiagram } from "../erd/domain-diagram.ts";
import type { LayOut } from "../erd/layout.ts";
import { layOutWithDagre } from "../erd/layout-dagre.ts";
import { layOutInGrid } from "../erd/layout-grid.ts";
import { layOutInLanes } from "../erd/layout-lanes.ts";
import { TABLES_DRAWN } from "../erd/pictures.ts";
import { writeSvg } from "../erd/svg.ts";
import type { SiteDiagram } from "./contract.ts";
import type { Routes } from "./routes.ts";
import { overviewOf, SCHEMA_BOX } from "./site-domains.ts";

/** The keys of more tables make a schema's page heavy; the diagrams of domains show them. */
const TABLES_WITH_KEYS = 40;

export interface SiteDiagramsInput {
  readonly index: ModelIndex;
  readonly domains: readonly Domain[];
  readonly routes: Routes;
}

/** Id of the diagram of everything. */
export const WHOLE_DIAGRAM = "database";

/** A picture of each table with its neighbours, of each schema and domain, and of everything; boxes lead to pages. */
export async function siteDiagrams(input: SiteDiagramsInput): Promise<SiteDiagram[]> {
  const { index, routes } = input;
  const diagrams: SiteDiagram[] = [];
  for (const { id, partitionOf } of index.model.tables) {
    const diagram = neighbourhood(index, id);
    if (partitionOf || diagram.edges.length === 0) continue;
    const title = `${id} and the tables it is joined to`;
    await add({ kind: "table", id, title, diagram, layOut: layOutWithDagre, page: routes.of("table", id) });
  }
  for (const { id, name } of index.model.schemas) {
    const diagram = schemaPicture(input, name);
    const title = `Tables of the schema ${name}`;
    await add({ kind: "schema", id, title, diagram, layOut: layOutOf(index, diagram), page: routes.of("schema", id) });
  }
  for (const domain of input.domains) {
    const { id, title } = domain;
    const diagram = tablesPicture(index, domain.tables);
    await add({ kind: "domain", id, title, diagram, layOut: layOutInLanes, page: routes.of("domain", id) });
  }
  const title = "The whole database";
  const whole = wholeDiagram(input);
  await add({
    kind: "whole",
    id: WHOLE_DIAGRAM,
    title,
    diagram: whole,
    layOut: layOutOf(index, whole),
    page: "erd/",
  });
  return diagrams;

  async function add({ kind, id, title, diagram, layOut, page }: Drawn): Promise<void> {
    if (diagram.nodes.length === 0) return;
    const href = hrefFrom(page, (one) => boxPath(routes, one));
    const isInteractive = kind === "domain" || kind === "whole";
    const svg = writeSvg(await layOut(diagram), {
      id: `erd-${kind}-${diagrams.length}`,
      title,
      description: title,
      href,
      hasIds: isInteractive,
      isStyledByPage: true,
    });
    diagrams.push({ kind, id, svg });
  }
}

/** Boxes that stand for many tables refer to each other in rings, which lanes would put into one. */
function layOutOf(index: ModelIndex, { nodes }: Diagram): LayOut {
  const [first] = nodes;
  return first && index.table(first.id) ? layOutInLanes : layOutInGrid;
}

interface Drawn {
  readonly kind: SiteDiagram["kind"];
  readonly id: string;
  readonly title: string;
  readonly diagram: Diagram;
  readonly layOut: LayOut;
  readonly page: string | null;
}

/** Which columns a picture of so many tables shows at first. */
export function firstColumns(tables: number): "keys" | "none" {
  return tables > TABLES_DRAWN ? "none" : "keys";
}

function wholeDiagram({ index, domains }: SiteDiagramsInput): Diagram {
  const overview = overviewOf(index, domains);
  if (overview.kind !== "tables") return domainDiagram(index, overview.groups);
  return tablesPicture(
    index,
    index.model.tables.filter(({ partitionOf }) => !partitionOf).map(({ id }) => id),
  );
}

function tablesPicture(index: ModelIndex, ids: readonly ObjectId[]): Diagram {
  return diagramOf(index, ids, { columns: firstColumns(ids.length) });
}

/** A schema's tables, or the domains that share them where they are too many to be read. */
function schemaPicture({ index, domains }: SiteDiagramsInput, name: string): Diagram {
  const own = new Set(
    index.model.tables.filter(({ schema, partitionOf }) => schema === name && !partitionOf).map(({ id }) => id),
  );
  if (own.size <= TABLES_DRAWN) return schemaDiagram(index, name, own.size > TABLES_WITH_KEYS ? "none" : "keys");
  const parts = domains
    .map((domain) => ({ ...domain, tables: domain.tables.filter((id) => own.has(id)) }))
    .filter(({ tables }) => tables.length > 0);
  return parts.length > 1 ? domainDiagram(index, parts) : schemaDiagram(index, name, "none");
}

/** The page that a box leads to: of a table, a domain, or a schema that stands for its domains. */
export function boxPath(routes: Routes, id: string): string | null {
  if (id.startsWith(SCHEMA_BOX)) return routes.of("schema", idPart(id.slice(SCHEMA_BOX.length)));
  return routes.of("table", id) ?? routes.of("domain", id);
}

/** Links from one page to others without knowing below which base the site will be served. */
function hrefFrom(page: string | null, pathOf: (id: string) => string | null): (id: string) => string | undefined {
  const up = "../".repeat((page ?? "").split("/").length - 1);
  return (id) => {
    const path = pathOf(id);
    return path === null || page === null ? undefined : up + path;
  };
}
