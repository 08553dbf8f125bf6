import type { ModelIndex } from "#schemas/model-index.ts";
import { neighbourhood, schemaDiagram } from "../erd/diagram.ts";
import { layOutWithDagre } from "../erd/layout-dagre.ts";
import { layOutInLanes } from "../erd/layout-lanes.ts";
import { writeSvg } from "../erd/svg.ts";
import type { SiteDiagram } from "./contract.ts";
import type { Routes } from "./routes.ts";

/** A picture of each table with its neighbours and one of each schema, whose boxes lead to pages of the site. */
export async function siteDiagrams(index: ModelIndex, routes: Routes): Promise<SiteDiagram[]> {
  const diagrams: SiteDiagram[] = [];
  for (const { id, partitionOf } of index.model.tables) {
    const diagram = neighbourhood(index, id);
    if (partitionOf || diagram.edges.length === 0) continue;
    const layout = await layOutWithDagre(diagram);
    const title = `${id} and the tables it is joined to`;
    const href = hrefFrom(routes, routes.of("table", id));
    diagrams.push({
      kind: "table",
      id,
      svg: writeSvg(layout, { id: svgId("table", diagrams.length), title, description: title, href }),
    });
  }
  for (const { id, name } of index.model.schemas) {
    const diagram = schemaDiagram(index, name);
    if (diagram.nodes.length === 0) continue;
    const layout = await layOutInLanes(diagram);
    const title = `Tables of the schema ${name}`;
    const href = hrefFrom(routes, routes.of("schema", id));
    diagrams.push({
      kind: "schema",
      id,
      svg: writeSvg(layout, { id: svgId("schema", diagrams.length), title, description: title, href }),
    });
  }
  return diagrams;
}

function svgId(kind: string, position: number): string {
  return `erd-${kind}-${position}`;
}

/** Links from one page to others without knowing below which base the site will be served. */
function hrefFrom(routes: Routes, page: string | null): (id: string) => string | undefined {
  const up = "../".repeat((page ?? "").split("/").length - 1);
  return (id) => {
    const path = routes.of("table", id);
    return path === null || page === null ? undefined : up + path;
  };
}
