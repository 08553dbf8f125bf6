import type { EngineFault } from "../protocol.ts";

/** What the engine says is not there, or not as the statement takes it to be. Names are as the engine prints them. */
export type MissingObject =
  | { readonly kind: "relation"; readonly name: string }
  /** `relation` is absent when the engine names the column alone, or with an alias. */
  | { readonly kind: "column"; readonly name: string; readonly relation?: string }
  | { readonly kind: "constraint" | "trigger" | "policy" | "rule"; readonly name: string; readonly relation: string }
  /** `relation` is absent for DROP INDEX, which names no table. */
  | { readonly kind: "index"; readonly name: string; readonly relation?: string }
  | { readonly kind: "type"; readonly name: string }
  /** `type` is absent for ALTER TYPE, which names it itself. */
  | { readonly kind: "label"; readonly name: string; readonly type?: string }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly arguments: readonly string[] | null;
      readonly is: string;
    }
  | {
      readonly kind: "schema" | "role" | "publication" | "collation" | "extension" | "statistics";
      readonly name: string;
    }
  | { readonly kind: "operator class"; readonly name: string }
  /** The referenced columns are no key. */
  | { readonly kind: "key"; readonly relation: string }
  /** The relation must be partitioned. */
  | { readonly kind: "partitioning"; readonly relation?: string }
  | { readonly kind: "materialized view"; readonly name: string }
  | { readonly kind: "columns of INSERT" }
  | { readonly kind: "conflict target" }
  | { readonly kind: "identity" | "generation" | "required"; readonly column: string; readonly relation: string }
  /** The types of columns do not fit; `to` is what one column is to become. */
  | { readonly kind: "types"; readonly column?: string; readonly to?: string };

/**
 * The engine names missing objects in its messages only; the embedded engine always speaks English. The notice of an
 * IF EXISTS ends in `, skipping` and says the same. Null when the message is about something else.
 */
export function missingObject({ message, sqlstate }: Pick<EngineFault, "message" | "sqlstate">): MissingObject | null {
  const text = message.replace(/, skipping$/, "");
  for (const [pattern, read] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return read(found.slice(1).map((part) => part ?? ""));
  }
  return TYPE_STATES.has(sqlstate ?? "") ? { kind: "types" } : null;
}

type Reader = (parts: readonly string[]) => MissingObject;

const PATTERNS: readonly (readonly [RegExp, Reader])[] = [
  [/^schema "(.+)" does not exist$/, ([name = ""]) => ({ kind: "schema", name })],
  [/^role "(.+)" does not exist$/, ([name = ""]) => ({ kind: "role", name })],
  [
    /^column "(.+)" of relation "(.+)" does not exist$/,
    ([name = "", relation = ""]) => ({ kind: "column", name, relation }),
  ],
  [
    /^column "(.+)" (?:named in key |referenced in foreign key constraint )?does not exist$/,
    ([name = ""]) => ({ kind: "column", name }),
  ],
  [
    /^column (?:(.+)\.)?(\S+) does not exist$/,
    ([alias = "", name = ""]) => ({
      kind: "column",
      name: unquoted(name),
      ...(alias === "" ? {} : { relation: unquoted(alias) }),
    }),
  ],
  [
    /^constraint "(.+)" (?:of relation|for table) "(.+)" does not exist$/,
    ([name = "", relation = ""]) => ({ kind: "constraint", name, relation }),
  ],
  [
    /^trigger "(.+)" for (?:table|relation) "(.+)" does not exist$/,
    ([name = "", relation = ""]) => ({ kind: "trigger", name, relation }),
  ],
  [
    /^policy "(.+)" for (?:table|relation) "(.+)" does not exist$/,
    ([name = "", relation = ""]) => ({ kind: "policy", name, relation }),
  ],
  [
    /^rule "(.+)" for relation "(.+)" does not exist$/,
    ([name = "", relation = ""]) => ({ kind: "rule", name, relation }),
  ],
  [
    /^index "(.+)" for table "(.+)" does not exist$/,
    ([name = "", relation = ""]) => ({ kind: "index", name, relation }),
  ],
  [/^index "(.+)" does not exist$/, ([name = ""]) => ({ kind: "index", name })],
  [
    /^(?:relation|table|view|materialized view|sequence|foreign table) "(.+)" does not exist$/,
    ([name = ""]) => ({ kind: "relation", name }),
  ],
  [/^type "(.+?)(?:\[\])*" does not exist$/, ([name = ""]) => ({ kind: "type", name })],
  [/^"(.+)" is not an existing enum label$/, ([name = ""]) => ({ kind: "label", name })],
  [/^invalid input value for enum (.+): "(.+)"$/, ([type = "", name = ""]) => ({ kind: "label", name, type })],
  [
    /^column "(.+)" cannot be cast automatically to type (.+)$/,
    ([column = "", to = ""]) => ({ kind: "types", column, to }),
  ],
  [
    /^(function|aggregate|procedure) (.+?)\((.*)\) does not exist$/,
    ([is = "", name = "", list = ""]) => ({
      kind: "function",
      name,
      arguments: list === "" ? [] : list.split(", "),
      is,
    }),
  ],
  [
    /^could not find a (function|procedure|aggregate) named "(.+)"$/,
    ([is = "", name = ""]) => ({ kind: "function", name, arguments: null, is }),
  ],
  [
    /^(publication|collation|extension) "(.+?)"(?: for encoding ".+")? does not exist$/,
    ([kind = "", name = ""]) => other(kind, name),
  ],
  [/^statistics object "(.+)" does not exist$/, ([name = ""]) => ({ kind: "statistics", name })],
  [/^operator class "(.+)" does not exist for access method /, ([name = ""]) => ({ kind: "operator class", name })],
  [
    /^there is no (?:primary key|unique constraint matching given keys) for referenced table "(.+)"$/,
    ([relation = ""]) => ({ kind: "key", relation }),
  ],
  [
    /^ALTER action (?:ATTACH|DETACH) PARTITION cannot be performed on relation "(.+)"$/,
    ([relation = ""]) => ({ kind: "partitioning", relation }),
  ],
  [/^"(.+)" is not partitioned$/, ([relation = ""]) => ({ kind: "partitioning", relation })],
  [
    /^relation "(.+)" is not a partition of relation "(.+)"$/,
    ([relation = ""]) => ({ kind: "partitioning", relation }),
  ],
  [/^"(.+)" is not a materialized view$/, ([name = ""]) => ({ kind: "materialized view", name })],
  [/^INSERT has more expressions than target columns$/, () => ({ kind: "columns of INSERT" })],
  [
    /^there is no unique or exclusion constraint matching the ON CONFLICT specification$/,
    () => ({ kind: "conflict target" }),
  ],
  [
    /^column "(.+)" of relation "(.+)" is not an identity column$/,
    ([column = "", relation = ""]) => ({ kind: "identity", column, relation }),
  ],
  [
    /^column "(.+)" of relation "(.+)" must be declared NOT NULL before identity can be added$/,
    ([column = "", relation = ""]) => ({ kind: "required", column, relation }),
  ],
  [
    /^column "(.+)" of relation "(.+)" is not a (?:stored )?generated column$/,
    ([column = "", relation = ""]) => ({ kind: "generation", column, relation }),
  ],
];

/** What the engine says when the types of columns do not fit an expression, a default or a key. */
const TYPE_STATES: ReadonlySet<string> = new Set([
  "42804",
  "42883",
  "42846",
  "42704",
  "22P02",
  "22007",
  "22008",
  "42P18",
  "42725",
  "42P17",
  "22030",
]);

function other(kind: string, name: string): MissingObject {
  if (kind === "publication" || kind === "collation") return { kind, name };
  return { kind: "extension", name };
}

/** The last part of a printed name, without its quotes. */
function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}
