import { escapeLine, linkTarget } from "#generators/markdown/escape.ts";
import { page, type Block } from "./markdown.ts";

/** The parts of each kind of page in the order they stand in without a template. Part of the format users write. */
export const pageParts = {
  index: [
    ...(["title", "badge", "about", "summary", "labels", "overview", "domains", "viewpoints", "tables"] as const),
    ...(["views", "types", "functions", "sequences", "extensions", "others", "legend", "glossary", "data"] as const),
  ],
  chapter: ["title", "description", "facts", "tables", "legend", "diagram"],
  table: [
    ...(["title", "description", "facts", "belongs", "columns", "diagram", "users", "partitions"] as const),
    ...(["constraints", "indexes", "triggers", "policies", "grants", "sequences", "source"] as const),
  ],
  view: [
    ...(["title", "description", "facts", "belongs", "columns", "reads", "users", "indexes", "triggers"] as const),
    ...(["grants", "definition", "source"] as const),
  ],
  type: ["title", "description", "facts", "definition", "users", "grants", "source"],
  function: ["title", "description", "facts", "arguments", "users", "grants", "definition", "source"],
  sequence: ["title", "description", "facts", "users", "grants", "source"],
  extension: ["title", "description", "facts", "users", "source"],
  glossary: ["title", "source", "terms"],
} as const;

/** Kind of a page, and the name of its template without `.md`. */
export type PageLayout = keyof typeof pageParts;
export type PageParts<K extends PageLayout> = Readonly<Record<(typeof pageParts)[K][number], Block>>;

/** Names that a template may place anywhere; they are escaped for Markdown. */
export const pageValues = ["id", "name", "schema", "file"] as const;

export interface PageSubject {
  readonly id: string;
  readonly name: string;
  readonly schema?: string;
  /** The page's own name without `.md`. */
  readonly file: string;
}

/** A layout that the users wrote. */
export interface Template {
  readonly path: string;
  readonly text: string;
}
export type Templates = ReadonlyMap<PageLayout, Template>;

/** A page of the given parts: in their usual order, or where the users' template has their names. */
export function layOutPage<K extends PageLayout>(
  templates: Templates,
  { layout, parts, subject }: { readonly layout: K; readonly parts: PageParts<K>; readonly subject: PageSubject },
): string {
  const names: readonly (keyof PageParts<K>)[] = pageParts[layout];
  const template = templates.get(layout);
  if (!template) return page(names.map((name) => parts[name]));
  const values = new Map<string, string>([
    ["id", escapeLine(subject.id)],
    ["name", escapeLine(subject.name)],
    ["schema", escapeLine(subject.schema ?? "")],
    ["file", linkTarget(subject.file)],
    ...names.map((name): [string, string] => [name, parts[name] ?? ""]),
  ]);
  return filled(template.text, (name) => values.get(name) ?? "");
}

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

export interface Placeholder {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Everything in double braces, with its place. */
export function placeholdersOf(text: string): readonly Placeholder[] {
  return text.split(/\r?\n/).flatMap((line, at) =>
    [...line.matchAll(PLACEHOLDER)].map(({ 1: name = "", index }) => {
      return { name, line: at + 1, column: index + 1 };
    }),
  );
}

/**
 * The text with every placeholder filled in, once: what a value holds is not read again. A line of which nothing is
 * left goes, and of the empty lines around it one stays.
 */
function filled(text: string, valueOf: (name: string) => string): string {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const written = line.replace(PLACEHOLDER, (_all, name: string) => valueOf(name));
    const isLeft = written.trim() !== "";
    if (!isLeft && (line.trim() !== "" || (lines.at(-1) ?? "") === "")) continue;
    lines.push(written);
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
