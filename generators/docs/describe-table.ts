import type { Column, Table } from "#schemas/model.ts";
import { cardinalityOf, isJunction } from "#schemas/keys.ts";
import type { ModelIndex, Reference } from "#schemas/model-index.ts";
import { capitalised, listed, phraseOf, pluralPhrase, singularPhrase, withArticle } from "./names.ts";
import { code, named, prose, type Prose } from "./prose.ts";

/** A table in one or two sentences, from its keys and references. */
export function describeTableOffline(index: ModelIndex, table: Table): Prose {
  if (table.partitionOf) return describePartition(table.partitionOf);
  const outgoing = index.referencesFrom(table.id);
  if (isJunction(table)) return [linksSentence(index, table, outgoing), ...backSentence(index, table)];
  const subject = `Holds ${pluralPhrase(table.name)}${oneRowPer(table, outgoing)}`;
  const others = outgoing.filter(({ foreignKey }) => foreignKey.references.table !== table.id);
  const refers = refersClause(index, others);
  const itself = outgoing.length > others.length ? `; rows can refer to other ${pluralPhrase(table.name)}` : "";
  return [`${subject}${refers}${itself}.`, ...backSentence(index, table)];
}

/** The role of a foreign key as a noun: `billing_address_id` is a billing address. Undefined when it is no noun. */
export function roleOf(reference: Reference): string | undefined {
  const target = targetName(reference);
  const [column, second] = reference.foreignKey.columns;
  if (column === undefined || second !== undefined) return undefined;
  const role = phraseOf(column).replace(/ (?:ID|IDs|code|key|UUID|number|name)$/, "");
  if (role === target || role.endsWith(` ${target}`)) return role;
  // `variant_id` of a product variant adds nothing to the target's own name.
  return target.endsWith(` ${role}`) ? target : undefined;
}

/** The table a foreign key points at, as a noun for one row of it. */
export function targetName({ foreignKey, to }: Reference): string {
  const last = to?.name ?? foreignKey.references.table.split(".").at(-1) ?? foreignKey.references.table;
  return singularPhrase(last);
}

function describePartition({ parent, bound }: NonNullable<Table["partitionOf"]>): Prose {
  if (bound === "DEFAULT") return prose`Partition of ${named(parent)} for the rows that fit no other partition.`;
  return prose`Partition of ${named(parent)}: ${code(bound.replace(/^FOR VALUES /, ""))}.`;
}

function linksSentence(index: ModelIndex, table: Table, outgoing: readonly Reference[]): string {
  const ends = outgoing.map((reference) => {
    const role = roleOf(reference);
    return role === undefined ? pluralPhrase(reference.to?.name ?? targetName(reference)) : pluralPhrase(role);
  });
  const distinct = [...new Set(ends)];
  if (distinct.length < 2) return `Links ${distinct[0] ?? phraseOf(table.name)} with each other, one row a link.`;
  return `Links ${listed(distinct)}, one row ${distinct.length === 2 ? "a pair" : "a combination"}.`;
}

/** Only a key that people could know says what a row stands for; a number given by the database does not. */
function oneRowPer(table: Table, outgoing: readonly Reference[]): string {
  const key = table.constraints.find((constraint) => constraint.kind === "primary key");
  const columns = key?.columns.map((name) => table.columns.find((column) => column.name === name)) ?? [];
  if (columns.length === 0 || columns.some((column) => column === undefined || isSurrogate(column))) return "";
  const single = new Map(outgoing.map((one) => [one.foreignKey.columns.join("\0"), one]));
  const parts = columns.map((column) => {
    const reference = single.get(column?.name ?? "");
    return reference ? (roleOf(reference) ?? targetName(reference)) : phraseOf(column?.name ?? "");
  });
  const own = singularPhrase(table.name);
  const shown = parts.map((part) => (part.startsWith(`${own} `) ? part.slice(own.length + 1) : part));
  return shown.includes("ID") ? "" : `, one row per ${listed(shown)}`;
}

/** A column whose values the database makes up. */
export function isSurrogate(column: Column): boolean {
  if (column.identity) return true;
  return /^(?:nextval\(|gen_random_uuid|uuid_generate|uuidv|newid|newsequentialid|uuid\()/i.test(column.default ?? "");
}

/** `; each refers to a customer and can refer to a billing address`. */
function refersClause(index: ModelIndex, outgoing: readonly Reference[]): string {
  const isRequired = (reference: Reference) => cardinalityOf(index, reference).to === "exactly one";
  const required = outgoing.filter(isRequired).map(targetPhrase);
  const optional = outgoing.filter((reference) => !isRequired(reference)).map(targetPhrase);
  const must = required.length === 0 ? "" : `refers to ${listed(required, TARGETS_NAMED)}`;
  const may = optional.length === 0 ? "" : `can refer to ${listed(optional, TARGETS_NAMED)}`;
  const clause = [must, may].filter((part) => part !== "").join(" and ");
  return clause === "" ? "" : `; each ${clause}`;
}

/** Further targets are counted; the page lists them all. */
const TARGETS_NAMED = 4;

function targetPhrase(reference: Reference): string {
  return withArticle(roleOf(reference) ?? `${targetName(reference)} as ${roleWords(reference)}`);
}

/** `created_by` as words of its own, in quotes because it need not be a noun. */
function roleWords({ foreignKey }: Reference): string {
  return foreignKey.columns.map((name) => `“${phraseOf(name).replace(/ ID$/, "")}”`).join(" and ");
}

function backSentence(index: ModelIndex, table: Table): readonly string[] {
  const sources = index
    .referencesTo(table.id)
    .filter(({ from }) => from.id !== table.id && !from.partitionOf)
    .map(({ from }) => pluralPhrase(from.name));
  const distinct = [...new Set(sources)];
  if (distinct.length === 0) return [];
  return [` ${capitalised(listed(distinct, 6))} refer to ${isJunction(table) ? "these rows" : "them"}.`];
}
