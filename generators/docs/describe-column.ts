import type { Column, EnumType, Table, View } from "#schemas/model.ts";
import { cardinalityOf, keysOf } from "#schemas/keys.ts";
import type { ModelIndex, Reference } from "#schemas/model-index.ts";
import { isSurrogate, roleOf, targetName } from "./describe-table.ts";
import { capitalised, phraseOf, pluralPhrase, singularPhrase, withArticle } from "./names.ts";
import { bare } from "./in-words.ts";
import { code, named, prose, proseList, type Prose } from "./prose.ts";

/** Labels of an enum shown in a column's sentence; more of them are on the enum's own page. */
const LABELS_SHOWN = 8;

/** A column in one sentence, from its keys, type and name. */
export function describeColumnOffline(index: ModelIndex, column: Column, owner: Table | View): Prose {
  if (column.generated) return prose`${nameSentence(column)} Computed from ${code(bare(column.generated.expression))}.`;
  const references = index.referencesFrom(owner.id).filter((one) => one.foreignKey.columns.includes(column.name));
  const own = references.find((one) => one.foreignKey.columns.length === 1);
  if (own) return referenceSentence(index, own);
  if (owner.kind === "table" && isOnlyKey(owner, column)) return keySentence(owner, column);
  const together = references[0];
  const tail = together ? togetherSentence(together, column) : typeSentence(index, column);
  return [...prose`${nameSentence(column)}`, ...tail, ...uniqueSentence(owner, column)];
}

function referenceSentence(index: ModelIndex, reference: Reference): Prose {
  const role = roleOf(reference);
  const refers = cardinalityOf(index, reference).to === "exactly one" ? "refers to" : "may refer to";
  if (role !== undefined) return [`The ${role} this row ${refers}.`];
  const name = capitalised(phraseOf(reference.foreignKey.columns[0] ?? "").replace(/ ID$/, ""));
  return [`${name}: ${refers} ${withArticle(targetName(reference))}.`];
}

function togetherSentence({ foreignKey }: Reference, column: Column): Prose {
  const others = foreignKey.columns.filter((name) => name !== column.name).map(code);
  return prose` Together with ${proseList(others)} it refers to ${named(foreignKey.references.table)}.`;
}

function keySentence(table: Table, column: Column): Prose {
  const one = singularPhrase(table.name);
  const what = /^(?:id|uuid|guid)$/i.test(column.name)
    ? "Identifies"
    : `${capitalised(phraseOf(column.name))}; identifies`;
  const made = column.type.family === "integer" ? "numbered" : "made";
  return [`${what} the ${one}${isSurrogate(column) ? `; ${made} by the database` : ""}.`];
}

function isOnlyKey(table: Table, column: Column): boolean {
  const key = table.constraints.find((constraint) => constraint.kind === "primary key");
  return key?.columns.length === 1 && key.columns[0] === column.name;
}

function uniqueSentence(owner: Table | View, column: Column): Prose {
  if (owner.kind === "view") return [];
  const alone = keysOf(owner).some((key) => key.columns.length === 1 && key.columns[0] === column.name);
  return alone ? [" No two rows share it."] : [];
}

/** What the type adds to the name: the labels of an enum, the rule of a domain. */
function typeSentence(index: ModelIndex, { type }: Column): Prose {
  if (type.typeId === undefined) return [];
  const labels = index.find("enum", type.typeId);
  if (labels) return labelsSentence(labels, (type.dimensions ?? 0) > 0);
  const domain = index.find("domain", type.typeId);
  const rules = domain?.checks.map((check) => code(bare(check.expression))) ?? [];
  return rules.length === 0 ? [] : prose` Must satisfy ${proseList(rules)}.`;
}

function labelsSentence({ id, labels }: EnumType, many: boolean): Prose {
  if (labels.length > LABELS_SHOWN)
    return prose` ${many ? "Any" : "One"} of the ${String(labels.length)} values of ${named(id)}.`;
  return prose` ${many ? "Any" : "One"} of ${proseList(labels.map(code), "or")}.`;
}

const COUNT = / (?:count|counter)$/;
const PAST =
  /(?:ed|sent|paid|sold|made|begun|read|seen|built|bought|held|lost|met|put|run|set|shut|spent|won|written|taken|given|drawn|shown|known|due)$/;

const INTRANSITIVE = /(?:occurred|happened|arrived|departed|expired|failed|started|ended|joined|left|succeeded|began)$/;

/** The name as a phrase. Names whose ending has one meaning in every schema become a clause. */
function nameSentence(column: Column): string {
  const phrase = phraseOf(column.name);
  return `${capitalised(clauseOf(phrase, column))}.`;
}

function clauseOf(phrase: string, { type: { family } }: Column): string {
  if (family === "boolean") return booleanClause(phrase);
  if (family === "timestamp" || family === "date") return timeClause(phrase);
  if (family === "integer" && COUNT.test(phrase)) return `number of ${pluralPhrase(phrase.replace(COUNT, ""))}`;
  if (family === "integer" && phrase.startsWith("number of ")) return phrase;
  return phrase;
}

function booleanClause(phrase: string): string {
  const [first = "", ...rest] = phrase.split(" ");
  if (rest.length > 0 && /^(?:is|has|can|was|are|may|must|should|allows|needs|requires|accepts)$/.test(first)) {
    return `whether it ${first} ${rest.join(" ")}`;
  }
  return `${phrase}: yes or no`;
}

function timeClause(phrase: string): string {
  const moment = /^(.+) (?:at|on)$/.exec(phrase)?.[1];
  if (moment === undefined) return phrase;
  if (INTRANSITIVE.test(moment)) return `when it ${moment}`;
  if (PAST.test(moment)) return `when it was ${moment}`;
  if (/^[a-z]+s$/.test(moment)) return `when it ${moment}`;
  return `time of “${moment}”`;
}
