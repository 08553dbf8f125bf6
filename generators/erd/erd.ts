import type { Artifact } from "#schemas/ports.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { Generator, GeneratorInput, GeneratorOutput } from "#generators/generator.ts";
import { documentedModel } from "#generators/documented/documented-model.ts";
import { chaptersOf } from "#generators/domains/chapter.ts";
import { docsFolder } from "#generators/docs/docs-context.ts";
import { counted, listed } from "#generators/docs/names.ts";
import { namePages } from "#generators/docs/page-names.ts";
import { linkTarget } from "#generators/markdown/escape.ts";
import { nodeLabel, type Diagram } from "./diagram.ts";
import type { DrawnPictures } from "./drawn-pictures.ts";
import type { Layout } from "./layout.ts";
import { byTurn } from "./place-in-lanes.ts";
import { picturesOf, type Picture } from "./pictures.ts";
import { writeSvg } from "./svg.ts";

const ID = "erd";

/** One picture for each table with its neighbours, each schema, domain and viewpoint, and one of the whole. */
export const erd: Generator = { id: ID, title: "diagrams", generate };

async function generate(input: GeneratorInput): Promise<GeneratorOutput> {
  const { config, database, queries, progress, drawn } = input;
  const { enabled, formats } = config.erd;
  if (!enabled || formats.length === 0) return { artifacts: [], problems: [] };
  const png = formats.includes("png") ? input.drawPng : undefined;
  const index = indexModel(documentedModel(input.model, database).value);
  const pages = namePages(index.model);
  const chapters = chaptersOf(index, { database, queries, isGrouped: config.docs.domains });
  const folder = docsFolder(config, database.id);
  const pictures = picturesOf({ index, pages, chapters, options: config.erd });
  const artifacts: Artifact[] = [];
  progress.start(ID, pictures.length);
  for (const [at, picture] of pictures.entries()) {
    const path = `${folder}/${picture.file}`;
    if (formats.includes("svg")) artifacts.push({ path, content: await drawOnce(picture, drawn), generator: ID });
    if (png) {
      const layout = await picture.layOut(picture.diagram);
      const content = await png(draw(picture, layout, { plain: true }));
      artifacts.push({ path: path.replace(/svg$/, "png"), content, generator: ID });
    }
    progress.step(ID, at + 1);
  }
  return { artifacts: artifacts.sort((left, right) => (left.path < right.path ? -1 : 1)), problems: [] };
}

/** The picture of a former run when it shows the same. */
async function drawOnce(picture: Picture, drawn: DrawnPictures | undefined): Promise<string> {
  const { file, title, diagram, layOut, pageOf } = picture;
  if (!drawn) return draw(picture, await layOut(diagram));
  const pages = diagram.nodes.map(({ id }) => pageOf(id) ?? null);
  // A line does not show which columns it leads to; of the places in files only the order counts.
  const edges = diagram.edges.map((edge) => ({ ...edge, target: undefined }));
  const nodes = diagram.nodes.map((node) => ({ ...node, made: undefined }));
  const turns = diagram.nodes.toSorted(byTurn).map(({ id }) => id);
  const madeFrom = JSON.stringify([title, { ...diagram, nodes, edges }, turns, pages]);
  const found = drawn.find(file, madeFrom);
  if (found !== undefined) return found;
  const svg = draw(picture, await layOut(diagram));
  drawn.keep(file, madeFrom, svg);
  return svg;
}

function draw(
  { file, title, diagram, pageOf }: Picture,
  layout: Layout,
  { plain = false }: { readonly plain?: boolean } = {},
): string {
  return writeSvg(layout, {
    plain,
    id: `erd-${file.slice("erd/".length, -".svg".length).replace(/[^A-Za-z0-9]+/g, "-")}`,
    title,
    description: description(diagram),
    // The pictures stand one folder below the pages.
    href: (id) => {
      const page = pageOf(id);
      return page === undefined ? undefined : `../${linkTarget(`${page}.md`)}`;
    },
  });
}

function description({ nodes, edges, omitted }: Diagram): string {
  const names = listed(nodes.map((node) => nodeLabel(node)));
  const more = omitted === 0 ? "" : ` ${counted(omitted, "more table")} left out.`;
  return `${counted(nodes.length, "table")} with ${counted(edges.length, "reference")}: ${names}.${more}`;
}
