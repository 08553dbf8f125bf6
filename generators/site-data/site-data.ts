import type { Artifact } from "#schemas/ports.ts";
import { searchArtifacts } from "../search/search-artifacts.ts";
import { SITE_DATA_FOLDER, type SiteData, type SiteDiagram } from "./contract.ts";

/** The files the site is built from. The same data gives the same bytes. */
export function siteData(data: SiteData): Artifact[] {
  const json = (name: string, value: unknown): Artifact => file(name, `${JSON.stringify(value)}\n`);
  const texts = Object.entries(data.descriptions).map(([id, { text }]) => [id, text] as const);
  return [
    json("site.json", data.info),
    json("model.json", data.model),
    json("descriptions.json", data.descriptions),
    json("queries.json", data.queries),
    json("samples.json", data.samples),
    json("domains.json", data.domains),
    json("guides.json", data.guides),
    json("releases.json", data.releases),
    file("fixtures.sql", data.fixturesSql),
    ...data.diagrams.map((diagram) => file(diagramPath(diagram), diagram.svg)),
    ...searchArtifacts(
      {
        model: data.model,
        queries: data.queries,
        descriptions: Object.fromEntries(texts),
        ...(data.words && { words: data.words }),
      },
      SITE_DATA_FOLDER,
    ),
  ];
}

/** Path of a diagram in the data folder; an id may hold anything, a path may not. */
export function diagramPath({ kind, id }: Pick<SiteDiagram, "kind" | "id">): string {
  return `erd/${kind}-${encodeURIComponent(id)}.svg`;
}

function file(name: string, content: string): Artifact {
  return { path: `${SITE_DATA_FOLDER}/${name}`, content, generator: "site-data" };
}
