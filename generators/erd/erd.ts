import type { Artifact } from "#schemas/ports.ts";
import { indexModel } from "#schemas/model-index.ts";
import { hash } from "node:crypto";
import type { Generator, GeneratorInput, GeneratorOutput } from "#generators/generator.ts";
import type { KeptFiles } from "#generators/kept-files.ts";
import { documentedModel } from "#generators/documented/documented-model.ts";
import { chaptersOf } from "#generators/domains/chapter.ts";
import { docsFolder } from "#generators/docs/docs-context.ts";
import { counted, listed } from "#generators/docs/names.ts";
import { namePages } from "#generators/docs/page-names.ts";
import { linkTarget } from "#generators/markdown/escape.ts";
import { nodeLabel, type Diagram } from "./diagram.ts";
import type { Layout } from "./layout.ts";
import { byTurn } from "./place-in-lanes.ts";
import { picturesOf, type Picture } from "./pictures.ts";
import { writeSvg } from "./svg.ts";

const ID = "erd";

/** One picture for each table with its neighbours, each schema, domain and viewpoint, and one of the whole. */
export const erd: Generator = { id: ID, title: "diagrams", generate };

async function generate(input: GeneratorInput): Promise<GeneratorOutput> {
  const { config, database, queries, progress, kept } = input;
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
    const once = onceFor(picture, kept);
    if (formats.includes("svg")) artifacts.push({ path, generator: ID, content: await once(path, () => drawn()) });
    if (png) {
      const content = await once(path.replace(/svg$/, "png"), async () => png(await drawn({ plain: true })));
      artifacts.push({ path: path.replace(/svg$/, "png"), generator: ID, content });
    }

    async function drawn(style?: Style): Promise<string> {
      return draw(picture, await picture.layOut(picture.diagram), style);
    }
    progress.step(ID, at + 1);
  }
  return { artifacts: artifacts.sort((left, right) => (left.path < right.path ? -1 : 1)), problems: [] };
}

/** Takes a picture of a former run when it shows the same, and draws it otherwise. */
function onceFor({ title, diagram, pageOf }: Picture, kept: KeptFiles | undefined) {
  if (!kept) return (_path: string, make: () => Promise<string | Uint8Array>) => make();
  const pages = diagram.nodes.map(({ id }) => pageOf(id) ?? null);
  // A line does not show which columns it leads to; of the places in files only the order counts.
  const edges = diagram.edges.map((edge) => ({ ...edge, target: undefined }));
  const nodes = diagram.nodes.map((node) => ({ ...node, made: undefined }));
  const turns = diagram.nodes.toSorted(byTurn).map(({ id }) => id);
  const key = hash("sha256", JSON.stringify([title, { ...diagram, nodes, edges }, turns, pages]), "base64url");
  return async (path: string, make: () => Promise<string | Uint8Array>) => {
    const found = kept.take(path, () => key);
    if (found) return found;
    const content = await make();
    kept.keep(path, { asked: [], key, content });
    return content;
  };
}

/** In plain colours, for programs that know no style sheets. */
interface Style {
  readonly plain?: boolean;
}

function draw({ file, title, diagram, pageOf }: Picture, layout: Layout, { plain = false }: Style = {}): string {
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
