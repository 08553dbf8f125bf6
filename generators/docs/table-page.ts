import type { Constraint, Index, Policy, Table, Trigger } from "#schemas/model.ts";
import { cardinalityOf } from "#schemas/keys.ts";
import { idPart } from "#schemas/object-id.ts";
import { codeSpan, escapeLine, link } from "#generators/markdown/escape.ts";
import { chapterPage } from "#generators/erd/picture-files.ts";
import { columnsTable } from "./columns-table.ts";
import { describeReference, describeSequence, describeTable } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { grants } from "./grants.ts";
import { constraintInWords, indexInWords, policyInWords, triggerInWords } from "./in-words.ts";
import { bullets, foldedSql, inline, lead, linkedName, originLine, section, type Block } from "./markdown.ts";
import { layOutPage } from "./page-template.ts";
import { counted, grouped } from "./names.ts";
import { proseText, type Prose } from "./prose.ts";
import { labelSpans } from "./table-list.ts";
import { readers } from "./used-by.ts";

export interface TablePageInput {
  readonly table: Table;
  /** The neighbourhood as Markdown, when there is one to draw. */
  readonly diagram: Block;
}

/** The page of a table, in the order a reader looks: meaning, columns, neighbours, users, rules, origin. */
export function tablePage(context: DocsContext, { table, diagram }: TablePageInput): string {
  const parts = {
    title: `# ${escapeLine(table.id)}`,
    description: lead(context, describeTable(context, table)),
    facts: facts(context, table),
    belongs: belongsTo(context, table.id),
    columns: section(context, "Columns", columnsTable(context, table)),
    diagram: section(context, "Diagram", [diagram]),
    users: section(context, "Used by", [bullets([...referringTables(context, table), ...readers(context, table.id)])]),
    partitions: section(context, "Partitions", [bullets(partitions(context, table))]),
    constraints: section(context, "Constraints", constraints(context, table)),
    indexes: section(context, "Indexes", indexes(context, table.indexes)),
    triggers: section(context, "Triggers", triggers(context, table.triggers)),
    policies: section(context, "Policies", [rowSecurity(table), ...policies(context, table.policies)]),
    grants: section(context, "Grants", [grants(context, table)]),
    sequences: section(context, "Sequences", [bullets(sequences(context, table))]),
    source: section(context, "Source", [originLine(context, table.origin)]),
  };
  const subject = { ...table, file: context.pages.of("table", table.id) };
  return layOutPage(context.templates, { layout: "table", parts, subject });
}

export function indexes(context: DocsContext, all: readonly Index[]): readonly Block[] {
  const own = all.filter((index) => !index.primary && index.constraint === undefined);
  const items = own.map((index) => item(context, indexInWords(index), index));
  const sql = own.map((index) => `${index.definition};`).join("\n");
  return [bullets(items), own.length === 0 ? null : foldedSql("SQL", sql)];
}

export function triggers(context: DocsContext, all: readonly Trigger[]): readonly Block[] {
  const items = all.map((trigger) => item(context, triggerInWords(trigger), trigger));
  const sql = all.map((trigger) => `${trigger.definition};`).join("\n");
  return [bullets(items), all.length === 0 ? null : foldedSql("SQL", sql), ...triggerBodies(context, all)];
}

/** What the triggers run, each function once. */
function triggerBodies({ index }: DocsContext, all: readonly Trigger[]): readonly Block[] {
  const called = new Set(all.flatMap(({ routine }) => routine ?? []));
  return [...called].map((id) => {
    const definition = index.routine(id)?.definition;
    return definition === undefined ? null : foldedSql(id, definition);
  });
}

/** The sequences that the table's own columns take their numbers from. */
function sequences(context: DocsContext, table: Table): readonly string[] {
  return table.columns.flatMap((column) => {
    const sequence = context.index.sequenceOf(column.id);
    if (!sequence) return [];
    const about = inline(context, describeSequence(context, sequence).prose);
    return [`${codeSpan(sequence.id)} for ${codeSpan(column.name)}: ${about}`];
  });
}

function constraints(context: DocsContext, table: Table): readonly Block[] {
  const sorted = [...table.constraints].sort((left, right) => ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind));
  const items = sorted.map((constraint) => {
    const named = isVirtual(constraint) ? { ...constraint, name: "" } : constraint;
    return item(context, constraintInWords(constraint, table), withMeaning(context, named));
  });
  const real = sorted.filter((constraint) => !isVirtual(constraint));
  const sql = real.map(
    ({ name, definition }) => `ALTER TABLE ${table.id} ADD CONSTRAINT ${idPart(name)} ${definition};`,
  );
  return [bullets(items), real.length === 0 ? null : foldedSql("SQL", sql.join("\n"))];
}

/** A reference with what a person or a model says of it; its own words are the floor, and stand before it. */
function withMeaning(context: DocsContext, constraint: Constraint): Pick<Constraint, "name" | "comment"> {
  const { name } = constraint;
  const said = constraint.kind === "foreign key" ? describeReference(context, constraint) : null;
  if (said === null) return constraint;
  return { name, comment: `${proseText(said.prose)}${said.source === "ai" ? " ✦" : ""}` };
}

function isVirtual(constraint: Constraint): boolean {
  return constraint.kind === "foreign key" && constraint.virtual !== undefined;
}

const ORDER: readonly Constraint["kind"][] = ["primary key", "foreign key", "unique", "check", "exclude"];

function policies(context: DocsContext, all: readonly Policy[]): readonly Block[] {
  return [bullets(all.map((policy) => item(context, policyInWords(policy), policy)))];
}

function rowSecurity({ rowSecurity: security, policies: all }: Table): Block {
  if (!security) return all.length === 0 ? null : "Row security is off, so these policies have no effect.";
  const owner = security.forced ? ", for the owner too" : "";
  const none = all.length === 0 ? ", and no policy lets anyone else see a row" : "";
  return `Row security is on${owner}${none}.`;
}

function item(context: DocsContext, words: Prose, { name, comment }: { name: string; comment?: string }): string {
  const note = comment === undefined ? "" : ` ${escapeLine(comment)}`;
  return `${inline(context, words)}${note}${name === "" ? "" : ` <sub>${codeSpan(name)}</sub>`}`;
}

/** Labels of a table or view, and the domains and viewpoints it is in. */
export function belongsTo(context: DocsContext, id: string): Block {
  const chapters = context
    .chaptersWith(id)
    .map((chapter) => link(escapeLine(chapter.title), `${chapterPage(chapter.id)}.md`));
  const labels = labelSpans(context, id);
  const parts = [...(labels === "" ? [] : [labels]), ...(chapters.length === 0 ? [] : [`In ${chapters.join(", ")}`])];
  return parts.length === 0 ? null : parts.join(" · ");
}

function facts(context: DocsContext, table: Table): string {
  const parts = [variantOf(table), counted(table.columns.length, "column")];
  const { length } = context.index.partitionsOf(table.id);
  if (length > 0) parts.push(counted(length, "partition"));
  if (table.partitionKey !== undefined) parts.push(`by ${codeSpan(table.partitionKey)}`);
  for (const parent of table.inherits ?? []) parts.push(`inherits from ${linkedName(context, parent)}`);
  if (table.rowSecurity) parts.push("row security on");
  if (table.rowEstimate !== undefined) parts.push(`≈ ${grouped(Math.round(table.rowEstimate))} rows`);
  return parts.join(" · ");
}

function variantOf({ variant, persistence }: Table): string {
  const what = { table: "Table", partitioned: "Partitioned table", foreign: "Foreign table" }[variant];
  return persistence === "permanent" ? what : `${what}, ${persistence}`;
}

function partitions(context: DocsContext, table: Table): readonly string[] {
  return context.index.partitionsOf(table.id).flatMap((part) => {
    const own = `${codeSpan(part.id)}: ${codeSpan(part.partitionOf?.bound ?? "")}`;
    return [own, ...partitions(context, part).map((inner) => `${codeSpan(part.id)} / ${inner}`)];
  });
}

/** Tables whose rows refer to this one, with how many rows there can be for one row here. */
function referringTables(context: DocsContext, table: Table): readonly string[] {
  return context.index
    .referencesTo(table.id)
    .filter(({ from }) => !from.partitionOf)
    .map((reference) => {
      const { from, foreignKey } = reference;
      const href = context.pages.find(from.id);
      const name = href === undefined ? escapeLine(from.id) : link(escapeLine(from.id), `${href}.md`);
      const by = foreignKey.columns.map(codeSpan).join(", ");
      const many = cardinalityOf(context.index, reference).from;
      const checked = foreignKey.enforced === false ? ", not checked by the database" : "";
      return `${name} by ${by}: ${many} for each row here${checked}`;
    });
}
