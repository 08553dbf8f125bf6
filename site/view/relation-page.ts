import type { Column, Constraint, Table, View } from "#schemas/model.ts";
import { constraintInWords, indexInWords, policyInWords, triggerInWords } from "#generators/docs/in-words.ts";
import type { Prose } from "#generators/docs/prose.ts";
import type { SiteDescription, SiteRows } from "#generators/site-data/contract.ts";
import { queriesUsing, relationReference, viewsUsing, type Catalog, type Reference } from "./catalog.ts";
import { columnAnchor } from "#generators/site-data/routes.ts";
import { erdOfTable } from "./erd-file.ts";
import { findingsAbout, type RelationFinding } from "./findings.ts";
import { ownersOf, sourcePlace, type Place } from "./source-place.ts";

/** What the page of a table or view shows; plain data, so that it can be stored and compared. */
export interface RelationPage {
  readonly kind: "table" | "view";
  readonly id: string;
  readonly path: string;
  readonly schema: Reference;
  /** Such as "partitioned table" or "materialized view". */
  readonly what: string;
  readonly meaning: SiteDescription | null;
  readonly facts: readonly string[];
  readonly joins: readonly Join[];
  readonly sample: SiteRows | null;
  readonly columns: readonly ColumnRow[];
  readonly diagram: string | null;
  /** Where the table stands in the diagrams; null for what is not in one. */
  readonly erdPath: string | null;
  readonly usedBy: readonly Reference[];
  readonly reads: readonly Reference[];
  readonly partitions: readonly Reference[];
  readonly rules: readonly Rule[];
  readonly definition: string | null;
  readonly places: readonly Place[];
  /** Owners of the file that made it. */
  readonly owners: readonly string[];
  readonly labels: readonly string[];
  /** What lint and review say about it. */
  readonly findings: readonly RelationFinding[];
}

/** A foreign key seen from this table. */
export interface Join {
  readonly direction: "to" | "from";
  readonly other: Reference;
  /** The columns of the key, on the side that holds it. */
  readonly columns: string;
}

export interface ColumnRow {
  readonly name: string;
  readonly anchor: string;
  readonly type: string;
  readonly typePath: string | null;
  readonly nullable: boolean;
  readonly key: "primary" | "unique" | null;
  readonly references: Reference | null;
  /** Default, identity or generation: words, then SQL. */
  readonly value: { readonly words: string; readonly sql: string } | null;
  readonly meaning: SiteDescription | null;
  readonly labels: readonly string[];
}

/** A constraint, index, trigger or policy in words; its SQL where the engine prints it as one statement. */
export interface Rule {
  readonly kind: string;
  readonly name: string;
  readonly words: Prose;
  readonly sql: string | null;
}

export function relationPage(catalog: Catalog, relation: Table | View): RelationPage {
  const constraints = relation.kind === "table" ? relation.constraints : [];
  return {
    kind: relation.kind,
    id: relation.id,
    path: catalog.routes.of(relation.kind, relation.id) ?? "",
    schema: schemaReference(catalog, relation.schema),
    what: whatItIs(relation),
    meaning: catalog.meaningOf(relation),
    facts: facts(catalog, relation),
    joins: relationJoins(catalog, relation.id, constraints),
    sample: catalog.samples[relation.id] ?? null,
    columns: relation.columns.map((column) => columnRow(catalog, column, constraints)),
    diagram: catalog.diagramOf("table", relation.id),
    erdPath: relation.kind === "table" && !relation.partitionOf ? erdOfTable(catalog, relation.id) : null,
    usedBy: [...queriesUsing(catalog, relation.id), ...viewsUsing(catalog, relation.id)],
    reads: relation.kind === "view" ? relation.dependsOn.map((id) => relationReference(catalog, id)) : [],
    partitions: catalog.model.tables
      .filter(({ partitionOf }) => partitionOf?.parent === relation.id)
      .map(({ id }) => relationReference(catalog, id)),
    rules: rules(relation),
    definition: relation.kind === "view" ? relation.definition.trim() : null,
    places: sourcePlace(catalog, relation.origin),
    owners: ownersOf(catalog, relation.origin),
    labels: labelsOf(catalog, relation.id),
    findings: findingsAbout(catalog, relation),
  };
}

export function schemaReference(catalog: Catalog, name: string): Reference {
  const schema = catalog.model.schemas.find((schema) => schema.name === name);
  return { label: name, path: schema ? catalog.routes.of("schema", schema.id) : null };
}

function whatItIs(relation: Table | View): string {
  if (relation.kind === "view") return relation.materialized ? "Materialized view" : "View";
  if (relation.partitionOf) return "Partition";
  const words = { table: "Table", partitioned: "Partitioned table", foreign: "Foreign table" };
  return relation.persistence === "permanent"
    ? words[relation.variant]
    : `${words[relation.variant]}, ${relation.persistence}`;
}

function facts(catalog: Catalog, relation: Table | View): string[] {
  const list = [count(relation.columns.length, "column")];
  const sample = catalog.samples[relation.id];
  if (relation.kind === "table" && relation.rowEstimate !== undefined) {
    list.push(`≈ ${relation.rowEstimate.toLocaleString("en")} rows`);
  }
  if (sample) list.push(`${count(sample.rowCount, "row")} of sample data`);
  if (relation.indexes.length > 0) list.push(count(relation.indexes.length, "index", "indexes"));
  if (relation.kind === "table" && relation.rowSecurity) list.push("row-level security");
  return list;
}

/** `1 row`, `1,020 rows`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** What a table points at, then what points at it. */
export function relationJoins(catalog: Catalog, id: string, constraints: readonly Constraint[]): Join[] {
  const out = constraints.flatMap((key) => {
    if (key.kind !== "foreign key") return [];
    const other = relationReference(catalog, key.references.table);
    return [{ direction: "to" as const, other, columns: key.columns.join(", ") }];
  });
  const incoming = (catalog.incoming.get(id) ?? []).map(({ table, key }) => ({
    direction: "from" as const,
    other: relationReference(catalog, table.id),
    columns: key.columns.join(", "),
  }));
  return [...out, ...incoming];
}

function columnRow(catalog: Catalog, column: Column, constraints: readonly Constraint[]): ColumnRow {
  const own = constraints.filter(({ columns }) => columns.includes(column.name));
  const key = own.find((constraint) => constraint.kind === "foreign key");
  const typeId = column.type.typeId;
  return {
    name: column.name,
    anchor: columnAnchor(column.name),
    type: column.type.raw,
    typePath: typeId === undefined ? null : catalog.routes.of("enum", typeId),
    nullable: column.nullable,
    key: keyMark(own),
    references: key ? relationReference(catalog, key.references.table) : null,
    value: columnValue(column),
    meaning: writtenMeaning(catalog, column),
    labels: labelsOf(catalog, column.id),
  };
}

function labelsOf({ facts }: Catalog, id: string): readonly string[] {
  return Object.hasOwn(facts.labels, id) ? (facts.labels[id] ?? []) : [];
}

/** A description by rules is made from the facts that stand beside the column anyway. */
function writtenMeaning(catalog: Catalog, column: Column): SiteDescription | null {
  const meaning = catalog.meaningOf(column);
  return meaning?.source === "generated" ? null : meaning;
}

function keyMark(own: readonly Constraint[]): ColumnRow["key"] {
  if (own.some(({ kind }) => kind === "primary key")) return "primary";
  return own.some(({ kind, columns }) => kind === "unique" && columns.length === 1) ? "unique" : null;
}

function columnValue(column: Column): ColumnRow["value"] {
  if (column.generated) return { words: "computed as", sql: column.generated.expression };
  if (column.identity) return { words: "numbered by the database", sql: "" };
  return column.default === undefined ? null : { words: "default", sql: column.default };
}

/** In the order a reader asks: what identifies a row, what it points at, what must hold, then how it is found. */
const CONSTRAINT_ORDER: readonly Constraint["kind"][] = ["primary key", "unique", "foreign key", "check", "exclude"];

function rules(relation: Table | View): Rule[] {
  const { indexes, triggers } = relation;
  const table = relation.kind === "table" ? relation : null;
  const constraints = (table?.constraints ?? []).toSorted(
    (a, b) => CONSTRAINT_ORDER.indexOf(a.kind) - CONSTRAINT_ORDER.indexOf(b.kind),
  );
  const named = new Set(constraints.map(({ name }) => name));
  return [
    ...constraints.map((one) => rule(one, one.definition, table ? constraintInWords(one, table) : [])),
    ...indexes.filter(({ name }) => !named.has(name)).map((one) => rule(one, one.definition, indexInWords(one))),
    ...triggers.map((one) => rule(one, one.definition, triggerInWords(one))),
    ...(table?.policies ?? []).map((one) => rule(one, null, policyInWords(one))),
  ];
}

function rule(
  { kind, name }: { readonly kind: string; readonly name: string },
  sql: string | null,
  words: Prose,
): Rule {
  return { kind, name, words, sql };
}

export interface Heading {
  readonly depth: number;
  readonly slug: string;
  readonly text: string;
}

/** The headings of the page, none of them empty. */
export function relationHeadings(page: RelationPage): Heading[] {
  const all: readonly (readonly [slug: string, text: string, isThere: boolean])[] = [
    ["columns", "Columns", true],
    ["diagram", "Diagram", page.diagram !== null],
    ["used-by", "Used by", page.usedBy.length > 0],
    ["reads", "Reads", page.reads.length > 0],
    ["partitions", "Partitions", page.partitions.length > 0],
    ["rules", "Constraints and indexes", page.rules.length > 0],
    ["definition", "Definition", page.definition !== null],
    ["findings", "Findings", page.findings.length > 0],
    ["history", "History", page.places.length > 0],
  ];
  return all.filter(([, , isThere]) => isThere).map(([slug, text]) => ({ depth: 2, slug, text }));
}
