import { escapeLine, escapeParagraphs } from "#generators/markdown/escape.ts";
import type { Chapter } from "#generators/domains/chapter.ts";
import { chapterPage as chapterPageName } from "#generators/erd/picture-files.ts";
import { describeTable, type Description } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { joined, legend, section, type Block } from "./markdown.ts";
import { layOutPage } from "./page-template.ts";
import { counted } from "./names.ts";
import { tableList } from "./table-list.ts";

export interface ChapterPageInput {
  readonly chapter: Chapter;
  /** Its tables and their references as Markdown, when there is something to draw. */
  readonly diagram: Block;
}

/** The page of a domain or a viewpoint. */
export function chapterPage(context: DocsContext, { chapter, diagram }: ChapterPageInput): string {
  const sources = new Set<Description["source"]>();
  const lists = chapter.parts.flatMap(({ title, description, tables }): readonly Block[] => {
    const relations = tables.flatMap((id) => context.index.relation(id) ?? []);
    for (const relation of relations) sources.add(describeTable(context, relation).source);
    const list = tableList(context, relations);
    const about = description === undefined ? null : escapeParagraphs(description);
    return [section(context, title === undefined ? "Tables" : escapeLine(title), [about, list])];
  });
  const { id, title, description } = chapter;
  const parts = {
    title: `# ${escapeLine(title)}`,
    description: description === undefined ? null : escapeParagraphs(description),
    facts: counted(new Set(chapter.parts.flatMap(({ tables }) => tables)).size, "table"),
    tables: joined(lists),
    legend: legend(sources),
    diagram: section(context, "Diagram", [diagram]),
  };
  return layOutPage(context.templates, {
    layout: "chapter",
    parts,
    subject: { id, name: title, file: chapterPageName(id) },
  });
}
