import type { ObjectId } from "#schemas/object-id.ts";
import { codeCell, codeSpan, escapeLine, escapeText, link } from "#generators/markdown/escape.ts";

/** A piece of a sentence: plain text, code as the database writes it, or the name of an object that has a page. */
export type Span = string | { readonly code: string } | { readonly object: ObjectId; readonly label: string };

/** Sentences that are not yet Markdown or HTML; each output escapes them in its own way. */
export type Prose = readonly Span[];

/** Builds prose: text of the template is ours, every value is data. */
export function prose(texts: TemplateStringsArray, ...values: readonly (Span | Prose)[]): Prose {
  const spans: Span[] = [];
  for (const [at, text] of texts.entries()) {
    if (text !== "") spans.push(text);
    const value = values[at];
    if (value !== undefined && value !== "") spans.push(...(isProse(value) ? value : [value]));
  }
  return spans;
}

export function code(text: string): Span {
  return { code: text };
}

/** The name of an object, to be linked to its page when it has one. */
export function named(id: ObjectId): Span {
  return { object: id, label: id };
}

/** `a, b and c` of pieces of prose. */
export function proseList(items: readonly (Span | Prose)[], last = "and"): Prose {
  return items.flatMap((item, at): Prose => {
    const spans = isProse(item) ? item : [item];
    if (at === 0) return spans;
    return [at === items.length - 1 ? ` ${last} ` : ", ", ...spans];
  });
}

/** Pieces of prose after one another, with `separator` between those that are not empty. */
export function joinProse(parts: readonly Prose[], separator = " "): Prose {
  return parts.filter((part) => part.length > 0).flatMap((part, at) => (at === 0 ? part : [separator, ...part]));
}

/** As plain text, for search, prompts and terminals. */
export function proseText(given: Prose): string {
  return given.map((span) => (typeof span === "string" ? span : plainSpan(span))).join("");
}

export interface MarkdownProseOptions {
  /** Page of an object relative to the page that is written, or undefined when it has none. */
  readonly href: (id: ObjectId) => string | undefined;
  /** Inside a table cell. */
  readonly cell?: boolean;
}

/** As Markdown for running text or for a table cell, on one line. */
export function proseMarkdown(given: Prose, { href, cell = false }: MarkdownProseOptions): string {
  const write = cell ? codeCell : codeSpan;
  return given
    .map((span, at) => {
      if (typeof span === "string") return given.length === 1 ? escapeLine(span) : spacedLine(span, at, given.length);
      if ("code" in span) return write(span.code);
      const page = href(span.object);
      return page === undefined ? escapeLine(span.label) : link(escapeLine(span.label), page);
    })
    .join("");
}

/** Keeps single spaces at the seams between spans, which trimming would lose. */
function spacedLine(text: string, at: number, count: number): string {
  const line = escapeText(text.replace(/\s+/g, " ").trim());
  const before = at > 0 && /^\s/.test(text) ? " " : "";
  const after = at < count - 1 && /\s$/.test(text) && line !== "" ? " " : "";
  return before + line + after;
}

function plainSpan(span: Exclude<Span, string>): string {
  return "code" in span ? span.code : span.label;
}

function isProse(value: Span | Prose): value is Prose {
  return Array.isArray(value);
}
