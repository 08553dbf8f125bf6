import { escapeLine, escapeParagraphs } from "#generators/markdown/escape.ts";
import type { Chapter } from "#generators/domains/chapter.ts";
import { describeTable, type Description } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { legend, page, section, type Block } from "./markdown.ts";
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
  const parts = chapter.parts.flatMap(({ title, description, tables }): readonly Block[] => {
    const relations = tables.flatMap((id) => context.index.relation(id) ?? []);
    for (const relation of relations) sources.add(describeTable(context, relation).source);
    const list = tableList(context, relations);
    const about = description === undefined ? null : escapeParagraphs(description);
    return [section(context, title === undefined ? "Tables" : escapeLine(title), [about, list])];
  });
  return page([
    `# ${escapeLine(chapter.title)}`,
    chapter.description === undefined ? null : escapeParagraphs(chapter.description),
    counted(new Set(chapter.parts.flatMap(({ tables }) => tables)).size, "table"),
    ...parts,
    legend(sources),
    section(context, "Diagram", [diagram]),
  ]);
}
