import type { Change } from "../change.ts";
import type { ModelObject, ObjectKind } from "../model.ts";

/** A piece of a sentence: words of ours, or text from the database that each format escapes in its own way. */
export type Phrase = string | { readonly code: string };

/** The words for one and for several objects of a kind. */
const nouns: Readonly<Record<ObjectKind, readonly [one: string, many: string]>> = {
  schema: ["schema", "schemas"],
  extension: ["extension", "extensions"],
  enum: ["enum", "enums"],
  domain: ["domain", "domains"],
  composite: ["composite type", "composite types"],
  range: ["range type", "range types"],
  sequence: ["sequence", "sequences"],
  table: ["table", "tables"],
  view: ["view", "views"],
  routine: ["function", "functions"],
  column: ["column", "columns"],
  "primary key": ["primary key", "primary keys"],
  unique: ["unique constraint", "unique constraints"],
  "foreign key": ["foreign key", "foreign keys"],
  check: ["check constraint", "check constraints"],
  exclude: ["exclusion constraint", "exclusion constraints"],
  index: ["index", "indexes"],
  trigger: ["trigger", "triggers"],
  policy: ["policy", "policies"],
  event: ["event", "events"],
  "event trigger": ["event trigger", "event triggers"],
  publication: ["publication", "publications"],
  statistics: ["statistics object", "statistics objects"],
  rule: ["rule", "rules"],
  synonym: ["synonym", "synonyms"],
  cast: ["cast", "casts"],
  operator: ["operator", "operators"],
  collation: ["collation", "collations"],
  "text search configuration": ["text search configuration", "text search configurations"],
};

/** `1 table`, `4 columns`. */
export function counted(count: number, kind: ObjectKind): string {
  const [one, many] = nouns[kind];
  return `${count} ${count === 1 ? one : many}`;
}

/** What one calls an object: a materialized view is no mere view, a procedure no function. */
export function nounOf(object: ModelObject): string {
  if (object.kind === "view" && object.materialized) return "materialized view";
  if (object.kind === "table" && object.variant === "foreign") return "foreign table";
  if (object.kind === "table" && object.partitionOf) return "partition";
  if (object.kind === "routine" && object.variant !== "window") return object.variant;
  return nouns[object.kind][0];
}

/** The side a change is spoken of: what is there now, or what was there. */
export function subjectOf(change: Change): ModelObject {
  return change.kind === "dropped" ? change.before : change.after;
}

/** Text as it may stand in a sentence: on one line, and not endless. */
export function brief(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > BRIEF ? `${line.slice(0, BRIEF - 1)}…` : line;
}

/** Characters of an expression that still read at a glance. */
const BRIEF = 80;

export function code(text: string): Phrase {
  return { code: brief(text) };
}

/** Joins parts with commas and a final "and". */
export function listed(parts: readonly (readonly Phrase[])[]): readonly Phrase[] {
  return parts.flatMap((part, at) => {
    if (at === 0) return part;
    return [at === parts.length - 1 ? " and " : ", ", ...part];
  });
}

/** A sentence as plain text, names and SQL in back-ticks. */
export function plain(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => (typeof phrase === "string" ? phrase : `\`${phrase.code}\``)).join("");
}
