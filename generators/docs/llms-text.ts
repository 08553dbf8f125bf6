import { escapeLine, link } from "#generators/markdown/escape.ts";
import { aboutDatabase } from "./about-database.ts";
import {
  describeExtension,
  describeRoutine,
  describeSequence,
  describeTable,
  describeType,
  type Description,
} from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { bullets, page, pageHref, section } from "./markdown.ts";
import { freeSequences } from "./page-names.ts";
import { proseText } from "./prose.ts";

/** `llms.txt`: the index for a language model, one line a page, in the layout of llmstxt.org. */
export function llmsText(context: DocsContext): string {
  const { model } = context;
  const line = (id: string, { prose }: Description) => {
    const about = escapeLine(proseText(prose));
    const href = pageHref(context, id);
    return `${href === undefined ? escapeLine(id) : link(escapeLine(id), href)}: ${about}`;
  };
  const tables = model.tables.filter((table) => !table.partitionOf);
  const types = [...model.enums, ...model.domains, ...model.composites, ...model.ranges];
  return page([
    `# ${escapeLine(context.name)}`,
    `> ${escapeLine(context.about ?? proseText(aboutDatabase(context.index)))}`,
    context.about === undefined ? null : escapeLine(proseText(aboutDatabase(context.index))),
    section(context, "Tables", [bullets(tables.map((table) => line(table.id, describeTable(context, table))))]),
    section(context, "Views", [bullets(model.views.map((view) => line(view.id, describeTable(context, view))))]),
    section(context, "Types", [bullets(types.map((type) => line(type.id, describeType(context, type))))]),
    section(context, "Functions", [bullets(model.routines.map((one) => line(one.id, describeRoutine(context, one))))]),
    section(context, "Sequences", [
      bullets(freeSequences(model).map((one) => line(one.id, describeSequence(context, one)))),
    ]),
    section(context, "Extensions", [
      bullets(model.extensions.map((one) => line(one.id, describeExtension(context, one)))),
    ]),
    section(context, "Optional", [
      bullets(
        [
          ...(context.files.includes("json/")
            ? ["[json/](json/): for each page above a file with the same name, ending in .json: the object as data"]
            : []),
          "[model.json](model.json): the whole model with every constraint, index and definition",
          "[schema.dbml](schema.dbml): tables and references as DBML",
        ].filter((line) => context.files.some((file) => line.startsWith(`[${file}]`))),
      ),
    ]),
  ]);
}
