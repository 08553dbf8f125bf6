import type { ObjectId } from "#schemas/object-id.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import type { SourceFile } from "#schemas/source.ts";

/** One word of the business, as people here use it. */
export interface Term {
  readonly term: string;
  readonly meaning: string;
  /** Other words for the same. */
  readonly also: readonly string[];
  /** Ids of the objects that it is about, as written. */
  readonly objects: readonly ObjectId[];
  readonly line: number;
}

/** The words of a database that no schema holds. */
export interface Glossary {
  readonly path: string;
  readonly terms: readonly Term[];
  /** Long forms of parts of names, by the short form in lower case: `wh` is `warehouse`. */
  readonly abbreviations: ReadonlyMap<string, string>;
}

const HEADING = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const FIELD = /^(also|objects)\s*:\s*(.*)$/i;
const ENTRY = /^[-*+]\s+(.+?)\s*(?::|=|–|—)\s+(.+)$/;
const FENCE = /^\s*(```|~~~)/;

/**
 * Reads a glossary in Markdown: a heading of the second level or deeper is a term, the text below it what it means.
 * `Also:` lists other words, `Objects:` the ids it is about. Under the heading `Abbreviations` a list says what parts of
 * names stand for: `- wh: warehouse`. Anything else is text of the term it stands in.
 */
export function readGlossary({ path, text }: SourceFile): WithProblems<Glossary> {
  const problems: Problem[] = [];
  const terms = new Map<string, Term>();
  const abbreviations = new Map<string, string>();
  let current: Draft | null = null;
  let isList = false;
  let isCode = false;
  const close = (): void => {
    if (current === null) return;
    const term = finished(current);
    const key = term.term.toLowerCase();
    const first = terms.get(key);
    if (first) problems.push(twice(path, term, first));
    else terms.set(key, term);
    current = null;
  };
  for (const [at, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.trimEnd();
    if (FENCE.test(line)) isCode = !isCode;
    const [, level = "", title = ""] = (isCode ? null : HEADING.exec(line)) ?? [];
    if (level !== "") {
      close();
      isList = title.toLowerCase() === "abbreviations";
      // The first level is the title of the page.
      if (level.length > 1 && !isList && title !== "")
        current = { term: plain(title), line: at + 1, text: [], also: [], objects: [] };
      continue;
    }
    if (isList) {
      const [, short = "", long = ""] = ENTRY.exec(line.trim()) ?? [];
      if (short !== "") abbreviations.set(plain(short).toLowerCase(), plain(long));
      else if (line.trim() !== "") problems.push(noAbbreviation(path, at + 1));
      continue;
    }
    if (current !== null) addLine(current, line);
  }
  close();
  return { value: { path, terms: [...terms.values()], abbreviations }, problems };
}

interface Draft {
  readonly term: string;
  readonly line: number;
  readonly text: string[];
  readonly also: string[];
  readonly objects: string[];
}

function addLine(draft: Draft, line: string): void {
  const [, field = "", list = ""] = FIELD.exec(line.trim()) ?? [];
  if (field === "") draft.text.push(line);
  else draft[field.toLowerCase() === "also" ? "also" : "objects"].push(...listed(list));
}

const listed = (list: string): string[] =>
  list
    .split(",")
    .map(plain)
    .filter((word) => word !== "");

/** A name without the signs that Markdown puts around it. */
const plain = (text: string): string =>
  text
    .trim()
    .replace(/^(`+|\*\*|__)(.*)\1$/s, "$2")
    .trim();

function finished({ term, line, text, also, objects }: Draft): Term {
  const meaning = text
    .join("\n")
    .trim()
    .replaceAll(/\n{3,}/g, "\n\n");
  return { term, line, meaning, also, objects };
}

const twice = (path: string, { term, line }: Term, first: Term): Problem => ({
  code: "QG790",
  severity: "warning",
  message: `the glossary explains “${term}” twice; the first one, in line ${first.line}, counts`,
  help: "Join the two, or give one of them another name.",
  origin: { file: path, line, column: 1 },
});

const noAbbreviation = (path: string, line: number): Problem => ({
  code: "QG790",
  severity: "warning",
  message: "this line of the glossary's abbreviations says of no short form what it stands for",
  help: "Write `- wh: warehouse`, one to a line.",
  origin: { file: path, line, column: 1 },
});
