import type { Origin, SourceRef } from "#schemas/source.ts";
import { codeBlock, escapeHtml, escapeLine, escapeParagraphs, link } from "#generators/markdown/escape.ts";
import type { Description } from "./describe.ts";
import { relativePath, type DocsContext } from "./docs-context.ts";
import { proseMarkdown, type Prose } from "./prose.ts";

/** A part of a page: nothing when it has nothing to say, so that no heading stands alone. */
export type Block = string | null;

/** A page from its parts, with one empty line between them and a final newline. */
export function page(blocks: readonly Block[]): string {
  return `${joined(blocks) ?? ""}\n`;
}

/** Blocks as one, with an empty line between them; nothing when there is none. */
export function joined(blocks: readonly Block[]): Block {
  const kept = blocks.filter((block) => block !== null && block !== "");
  return kept.length === 0 ? null : kept.join("\n\n");
}

/** A heading with what stands below it, or nothing. */
export function section({ format }: DocsContext, title: string, blocks: readonly Block[]): Block {
  const kept = blocks.filter((block) => block !== null && block !== "");
  return kept.length === 0 ? null : [`## ${word(format, title)}`, ...kept].join("\n\n");
}

/** A table whose cells are already Markdown; nothing without rows. */
export function markdownTable(
  { format }: DocsContext,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Block {
  if (rows.length === 0) return null;
  const words = head.map((title) => word(format, title));
  const table = format.numbers
    ? [["#", ...words], ...rows.map((cells, at) => [String(at + 1), ...cells])]
    : [words, ...rows];
  const widths = (table[0] ?? []).map((_, at) =>
    format.align ? Math.max(3, ...table.map((cells) => [...(cells[at] ?? "")].length)) : 0,
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => padded(cell, widths[at] ?? 0)).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(Math.max(3, width))));
  const [titles = [], ...body] = table;
  return [line(titles), rule, ...body.map(line)].join("\n");
}

const padded = (cell: string, width: number): string => cell + " ".repeat(Math.max(0, width - [...cell].length));

/** The users' own word for a heading. */
function word({ words }: DocsContext["format"], title: string): string {
  return Object.hasOwn(words, title) ? escapeLine(words[title] ?? title) : title;
}

/** Items that are already Markdown. */
export function bullets(items: readonly string[]): Block {
  return items.length === 0 ? null : items.map((item) => `- ${item}`).join("\n");
}

/** Folded SQL. */
export function foldedSql(summary: string, sql: string): string {
  return `<details><summary>${escapeHtml(summary)}</summary>\n\n${codeBlock(sql, "sql")}\n\n</details>`;
}

/** The description of the object a page is about, as paragraphs. */
export function lead(context: DocsContext, description: Description): string {
  const text = inline(context, description.prose);
  if (description.source === "ai") return `${text} ✦\n\n<sub>${MODEL_MARK}</sub>`;
  const [only, second] = description.prose;
  const isPlain = description.source !== "generated" && typeof only === "string" && second === undefined;
  return isPlain ? escapeParagraphs(only) : text;
}

const MODEL_MARK = "✦: written by a language model, its names checked";

/** A description in a table cell: generated text in italics, those of people and models marked. */
export function describedCell(context: DocsContext, description: Description): string {
  const text = proseMarkdown(description.prose, { href: (id) => pageHref(context, id), cell: true });
  if (description.source === "person") return `${text} ✎`;
  if (description.source === "ai") return `${text} ✦`;
  return description.source === "generated" && text !== "" ? emphasised(text) : text;
}

/** Says what italics and marks mean, for those that are on the page. */
export function legend(sources: ReadonlySet<Description["source"]>): Block {
  const notes: string[] = [];
  if (sources.has("generated")) notes.push("in italics: generated from names, types and keys");
  if (sources.has("comment") && sources.size > 1) notes.push("plain: comment in the schema");
  if (sources.has("ai")) notes.push(MODEL_MARK);
  if (sources.has("person")) notes.push("✎: written by a person in the configuration");
  return notes.length === 0 ? null : `<sub>Descriptions ${notes.join(" · ")}</sub>`;
}

export function inline(context: DocsContext, given: Prose): string {
  return proseMarkdown(given, { href: (id) => pageHref(context, id) });
}

/** Page of an object as a link target, undefined when it has none. */
export function pageHref({ pages }: DocsContext, id: string): string | undefined {
  const name = pages.find(id);
  return name === undefined ? undefined : `${name}.md`;
}

/** The name of an object, linked to its page when it has one. */
export function linkedName(context: DocsContext, id: string, label: string = id): string {
  const href = pageHref(context, id);
  return href === undefined ? escapeLine(label) : link(escapeLine(label), href);
}

/** A file and line, linked relative to the page. */
export function sourceLink({ folder }: DocsContext, { file, line }: SourceRef): string {
  return link(escapeLine(`${file}:${line}`), relativePath(folder, file), `L${line}`);
}

/** Where an object was made and last changed. */
export function originLine(context: DocsContext, origin: Origin | undefined): Block {
  if (!origin) return null;
  const made = `Made in ${sourceLink(context, origin.created)}`;
  return origin.changed ? `${made}, last changed in ${sourceLink(context, origin.changed)}.` : `${made}.`;
}

/** Emphasis around text that may hold code and links; `_` because escaped text never starts or ends a word with it. */
function emphasised(text: string): string {
  return `_${text}_`;
}
