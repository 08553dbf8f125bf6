import { visible } from "./visible.ts";

/**
 * The only way that text of a database, a user or a model enters Markdown. Each function gives source that GitHub
 * renders as exactly the text that went in, with no markup of its own and unseen characters spelled out. Lone line ends and edge spaces are kept as
 * character references; inside code they become spaces, because code spans have no escapes.
 */

const SPECIAL = /[\\`*[\]<&#$~|]/g;

/** Words, numbers and names that Markdown has nothing to do with: most of what there is to write. */
const PLAIN = /^[A-Za-z](?:[A-Za-z0-9 ,.;]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*(?<! )$/;

/** Text inside a paragraph, a list item, a heading or a table cell. */
export function escapeText(text: string): string {
  if (PLAIN.test(text) && !/www\./i.test(text)) return text;
  return visible(text)
    .replace(SPECIAL, (character) => (character === "|" ? "&#124;" : `\\${character}`))
    .replace(/_+/g, (run, at: number, whole: string) =>
      isWord(whole, at - 1) && isWord(whole, at + run.length) ? run : run.replaceAll("_", "\\_"),
    )
    .replace(/\b(https?|ftp|xmpp|mailto):/gi, "$1&#58;")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}&#46;`)
    .replaceAll("@", "&#64;")
    .replace(/^([ \t]*)([-+=>])/gm, "$1\\$2")
    .replace(/^([ \t]*\d+)([.)])/gm, "$1\\$2")
    .replace(/^[ \t]+|[ \t]+$/gm, (edge) => reference(edge))
    .replace(/[\r\n\t\u2028\u2029\f\v]/g, (character) => reference(character));
}

/** One line of text: runs of white space, line ends included, become one space. For table cells and sentences. */
export function escapeLine(text: string): string {
  // A mark that is no space is spelled out, though JavaScript takes one of them for white space.
  const spaced = visible(text.replace(/[\f\v\u2028\u2029]+/g, " "));
  return escapeText(spaced.replace(/\s+/g, " ").trim());
}

/** Paragraphs of a longer text, each escaped, with an empty line between them. */
export function escapeParagraphs(text: string): string {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .map((paragraph) => escapeLine(paragraph))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

/** A code span for running text. An empty text gives an empty string, for there is no empty code span. */
export function codeSpan(text: string): string {
  const line = visible(text.replace(/[\r\n\u2028\u2029]+/g, " "));
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = /^`|`$/.test(line) || (/^ .* $/.test(line) && /[^ ]/.test(line)) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * A code span for a table cell, where `|` must be escaped even inside code. A backslash right before a bar cannot be
 * written in such a span; that text is given without the code style.
 */
export function codeCell(text: string): string {
  if (/\\\|/.test(text)) return escapeText(text);
  return codeSpan(text).replaceAll("|", "\\|");
}

/** A fenced block; the fence is longer than any run of backticks inside. */
export function codeBlock(code: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  // Diagrams are made of words that their own writer has escaped.
  const shown = language === "mermaid" ? code : visible(code);
  return `${fence}${language}\n${shown.replace(/\n+$/, "")}\n${fence}`;
}

/** The target of a link: a relative path, optionally with `#fragment`. */
export function linkTarget(path: string, fragment?: string): string {
  const encoded = path.split("/").map(encodePart).join("/");
  return fragment === undefined ? encoded : `${encoded}#${encodePart(fragment)}`;
}

/** A link; `label` is Markdown that is already escaped. */
export function link(label: string, path: string, fragment?: string): string {
  return `[${label}](${linkTarget(path, fragment)})`;
}

/** The fragment GitHub gives to a heading with this text, before it numbers repeated ones. */
export function headingAnchor(text: string): string {
  return visible(text)
    .trim()
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** Text inside an HTML element or a double-quoted attribute, such as `<summary>`. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function encodePart(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Whether the character at this position is a letter, mark or digit; both halves of a pair count as one. */
function isWord(text: string, at: number): boolean {
  return /[A-Za-z0-9]/.test(text.charAt(at));
}

function reference(text: string): string {
  return Array.from(text, (character) => `&#${character.codePointAt(0) ?? 32};`).join("");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
}
