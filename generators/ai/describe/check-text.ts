import type { ObjectId } from "#schemas/object-id.ts";
import { cleanText } from "../clean-text.ts";
import type { NameBook } from "./name-book.ts";

/** Characters of a description; more is no description. */
export const TEXT_LIMIT = 320;

/** A text fit to be shown, or why it is not, in words for the model. */
export type CheckedText = { readonly text: string } | { readonly wrong: string };

/**
 * Holds a model's text to what a description is: plain words, and only names that exist. A wrong name is reported with
 * the one that was probably meant.
 */
export function checkText(given: string, about: ObjectId, names: NameBook): CheckedText {
  const words = checkWords(given, TEXT_LIMIT);
  if ("wrong" in words) return words;
  const { text } = words;
  const unknown = [...new Set(namesIn(text))].filter((name) => !names.knows(name, about));
  if (unknown.length === 0) return { text };
  const meanings = unknown.map((name) => {
    const meant = names.suggest(name, about);
    return meant === null ? name : `${name} (did you mean ${meant}?)`;
  });
  return { wrong: `unknown: ${meanings.join(", ")}` };
}

/** Holds a text to plain words, whatever it names. `limit` is in characters. */
export function checkWords(given: string, limit: number): CheckedText {
  const text = cleanText(given, limit + 1);
  if (text === "") return { wrong: "the text is empty" };
  if ([...text].length > limit) return { wrong: `the text is longer than ${limit} characters` };
  // What was taken out as a secret or an address must not have been in an answer at all.
  if (/:(?:secret|connection|email)\b/.test(text)) return { wrong: "the text holds an address or a secret" };
  const form = FORBIDDEN.find(([shape]) => shape.test(text));
  if (form) return { wrong: `the text holds ${form[1]}` };
  return { text };
}

/** What is more than plain words somewhere on the way: Markdown, HTML, GitHub, Mermaid, Starlight, workflows. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/<\/?[a-z!?][^>]*>?/i, "HTML"],
  [/[a-z][a-z0-9+.-]*:\/\/|\bwww\.|\b(?:javascript|data|mailto):/i, "a link"],
  [/!?\[[^\]]*\]\s*[([:]/, "a Markdown link"],
  [/(?:^|[\s(])@[a-z\d][\w/-]*/i, "a mention"],
  [/(?:^|[\s(])#\d+\b|\bGH-\d+\b/, "a reference to an issue"],
  [/%%|\bclick\s+\w+\s+(?:href|call)\b|^\s*(?:graph|flowchart|erDiagram|sequenceDiagram)\b/i, "a diagram's directive"],
  [
    /^\s*::|::(?:set-output|set-env|add-path|add-mask|error|warning|notice|group|debug|stop-commands)\b/i,
    "a workflow command",
  ],
  [/\$\{\{|\{\{|\}\}|\$\(/, "an expression of a template"],
  [/```|~~~|^\s*(?:#{1,6}\s|>|[-*+]\s|\|)|\*\*|__[^_]+__/, "Markdown"],
  [/:::|^\s*---/, "a directive"],
  [
    /\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+)*(?:previous|prior|above|earlier)\b/i,
    "an instruction",
  ],
  [
    /;\s*(?:drop|delete|truncate|alter|update|insert|grant)\b|\b(?:drop|truncate)\s+(?:table|schema|database)\b/i,
    "a statement",
  ],
];

/** Names as an identifier is written: in backticks, with an underscore, with a dot inside, or in camel case. */
export function namesIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name.trim());
  const rest = text.replaceAll(/`[^`]*`/g, " ");
  const shaped = rest.match(/[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*/gu) ?? [];
  return [...quoted.filter((name) => !isKeyword(name)), ...shaped.filter(isIdentifier)];
}

function isIdentifier(word: string): boolean {
  if (/^(?:e\.g|i\.e|a\.m|p\.m|u\.s|etc)\.?$/i.test(word)) return false;
  if (word.includes("_")) return true;
  const [first = "", second] = word.split(".");
  // "sentence.Next" is a missing space, but so is a name: both want another look.
  if (second !== undefined) return first !== "" && second !== "";
  return /\p{Ll}\p{Lu}/u.test(word) && !SPELLED.has(word);
}

/** Words of ordinary text that look like camel case. */
const SPELLED: ReadonlySet<string> = new Set([
  "GitHub",
  "GitLab",
  "PayPal",
  "iPhone",
  "JavaScript",
  "TypeScript",
  "PostgreSQL",
  "MySQL",
  "MariaDB",
  "YouTube",
  "LinkedIn",
  "eBay",
  "OAuth",
  "IDs",
  "URLs",
  "SKUs",
  "UUIDs",
  "APIs",
  "PDFs",
  "vCard",
  "WordPress",
  "macOS",
  "iOS",
  "QuickBooks",
  "WhatsApp",
  "DevOps",
  "pgSQL",
]);

/** SQL in backticks that names nothing of the model. */
const isKeyword = (name: string): boolean =>
  /^(?:null|true|false|not null|default|serial|uuid|jsonb?|text|integer|bigint|numeric|boolean|date|timestamptz?|timestamp|interval|select|insert|update|delete|cascade|unique|primary key|foreign key|check|enum|now\(\)|\d+(?:\.\d+)?)$/i.test(
    name,
  );
