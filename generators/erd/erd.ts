import type { Artifact } from "#schemas/ports.ts";
import { indexModel, type ModelIndex } from "#schemas/model-index.ts";
import type { Table } from "#schemas/model.ts";
import type { Generator, GeneratorInput, GeneratorOutput } from "#generators/generator.ts";
import { documentedModel } from "#generators/documented/documented-model.ts";
import { docsFolder } from "#generators/docs/docs-context.ts";
import { counted, listed } from "#generators/docs/names.ts";
import { namePages, schemaFileName, type PageNames } from "#generators/docs/page-names.ts";
import { linkTarget } from "#generators/markdown/escape.ts";
import { neighbourhood, nodeLabel, schemaDiagram, type Diagram } from "./diagram.ts";
import { layOutWithDagre } from "./layout-dagre.ts";
import { layOutWithElk } from "./layout-elk.ts";
import { schemaPicture, tablePicture } from "./picture-files.ts";
import { writeSvg } from "./svg.ts";

const ID = "erd";

/** One picture for each table with its neighbours, and one for each schema. */
export const erd: Generator = { id: ID, title: "diagrams", generate };

async function generate({ config, database, model: exact, progress }: GeneratorInput): Promise<GeneratorOutput> {
  const model = documentedModel(exact, database).value;
  const index = indexModel(model);
  const pages = namePages(model);
  const folder = docsFolder(config, database.id);
  const artifacts: Artifact[] = [];
  const tables = model.tables.filter((table) => !table.partitionOf);
  const schemas = [...new Set(tables.map((table) => table.schema))].sort();
  progress.start(ID, tables.length + schemas.length);
  for (const table of tables) {
    const content = await drawTable(index, table, pages);
    if (content !== null)
      artifacts.push({ path: `${folder}/${tablePicture(pages, table.id)}`, content, generator: ID });
    progress.step(ID, artifacts.length);
  }
  for (const schema of schemas) {
    const content = await drawSchema(index, schema, pages);
    artifacts.push({ path: `${folder}/${schemaPicture(schema)}`, content, generator: ID });
    progress.step(ID, artifacts.length);
  }
  return { artifacts: artifacts.sort((left, right) => (left.path < right.path ? -1 : 1)), problems: [] };
}

/** Null for a table that has no neighbour. */
async function drawTable(index: ModelIndex, table: Table, pages: PageNames): Promise<string | null> {
  const diagram = neighbourhood(index, table.id);
  if (diagram.edges.length === 0) return null;
  const layout = await layOutWithDagre(diagram);
  return writeSvg(layout, {
    id: `erd-${pages.of("table", table.id).replace(/[^A-Za-z0-9]+/g, "-")}`,
    title: `${table.id} and the tables it is joined to`,
    description: description(diagram),
    href: hrefs(pages),
  });
}

async function drawSchema(index: ModelIndex, schema: string, pages: PageNames): Promise<string> {
  const diagram = schemaDiagram(index, schema);
  const layout = await layOutWithElk(diagram);
  return writeSvg(layout, {
    id: `erd-schema-${schemaFileName(schema).replace(/[^A-Za-z0-9]+/g, "-")}`,
    title: `Tables of the schema ${schema}`,
    description: description(diagram),
    href: hrefs(pages),
  });
}

function description({ nodes, edges, omitted }: Diagram): string {
  const names = listed(nodes.map((node) => nodeLabel(node)));
  const more = omitted === 0 ? "" : ` ${counted(omitted, "more table")} left out.`;
  return `${counted(nodes.length, "table")} with ${counted(edges.length, "reference")}: ${names}.${more}`;
}

/** The pictures stand one folder below the pages. */
function hrefs(pages: PageNames): (id: string) => string | undefined {
  return (id) => {
    const name = pages.find(id);
    return name === undefined ? undefined : `../${linkTarget(`${name}.md`)}`;
  };
}
