import type { Column, Table, View } from "#schemas/model.ts";
import { cardinalityOf, keysOf, type ReferenceCardinality } from "#schemas/keys.ts";
import type { ModelIndex, Reference } from "#schemas/model-index.ts";
import { parseObjectId, type ObjectId } from "#schemas/object-id.ts";
import type { SourceRef } from "#schemas/source.ts";
import { displayType } from "#generators/docs/display-type.ts";

export type Mark = "added" | "changed" | "dropped";

export interface DiagramColumn {
  readonly name: string;
  readonly type: string;
  readonly primary: boolean;
  readonly foreign: boolean;
  readonly unique: boolean;
  readonly mark?: Mark;
}
export interface DiagramNode {
  readonly id: ObjectId;
  readonly name: string;
  /** Shown before the name; absent when all tables of the picture are of one schema. */
  readonly schema?: string;
  readonly columns: readonly DiagramColumn[];
  /** The table the picture is about. */
  readonly focus: boolean;
  /** Where the table was made: who was there first keeps its place. */
  readonly made?: SourceRef;
  readonly mark?: Mark;
}
export interface DiagramEdge {
  /** The table that holds the foreign key. */
  readonly from: ObjectId;
  readonly to: ObjectId;
  /** Names of the referring columns. */
  readonly columns: readonly string[];
  /** Names of the referred columns, where the line stands for one reference. */
  readonly target?: readonly string[];
  readonly cardinality: ReferenceCardinality;
  /** Whether the foreign key is part of the referring table's own primary key. */
  readonly identifying: boolean;
  /** Present when the database does not check the reference. */
  readonly enforced?: false;
  /** Present when the line stands for so many references, not for one: it has no feet. */
  readonly references?: number;
  readonly mark?: Mark;
}

/** Boxes and lines before they are written in a language or laid out. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  /** Tables that belong in the picture and were left out to keep it readable. */
  readonly omitted: number;
}

/** Tables of one neighbourhood; more of them make a picture nobody reads. */
export const NEIGHBOURS_SHOWN = 25;

export interface DiagramOptions {
  readonly focus?: ObjectId;
  /** `keys` shows the columns of keys only. Default `keys`. */
  readonly columns?: "keys" | "all" | "none";
  readonly omitted?: number;
  /** Which references to draw; all when absent. */
  keep?(reference: Reference): boolean;
}

/** The name of a table as a picture shows it. */
export function nodeLabel({ name, schema }: Pick<DiagramNode, "name" | "schema">): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** The given tables and the references among them. Partitions are part of their parent. */
export function diagramOf(index: ModelIndex, ids: Iterable<ObjectId>, options: DiagramOptions = {}): Diagram {
  const wanted = new Set(ids);
  const tables = [...wanted].flatMap((id) => index.table(id) ?? []).sort(inOrderOf(index));
  const references = tables
    .flatMap(({ id }) => index.referencesFrom(id))
    .filter(
      (reference) => reference.to !== undefined && wanted.has(reference.to.id) && (options.keep?.(reference) ?? true),
    );
  const several = new Set(tables.map((table) => table.schema)).size > 1;
  return {
    nodes: tables.map((table) => ({
      id: table.id,
      name: table.name,
      ...(several && { schema: table.schema }),
      columns: columnsOf(index, table, options.columns ?? "keys"),
      focus: table.id === options.focus,
      ...(table.origin && { made: table.origin.created }),
    })),
    edges: references.map((reference) => edgeOf(index, reference)),
    omitted: options.omitted ?? 0,
  };
}

const orders = new WeakMap<ModelIndex, (a: Table, b: Table) => number>();

/** Compares tables by their place in the model. */
function inOrderOf(index: ModelIndex): (a: Table, b: Table) => number {
  const found = orders.get(index);
  if (found) return found;
  const places = new Map(index.model.tables.map((table, at) => [table.id, at]));
  const compare = (a: Table, b: Table): number => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0);
  orders.set(index, compare);
  return compare;
}

/**
 * A table with the tables one reference away, the most connected first when there are too many. Neighbours show the
 * columns that join them only; references among many neighbours are left to the picture of the schema.
 */
export function neighbourhood(
  index: ModelIndex,
  id: ObjectId,
  { limit = NEIGHBOURS_SHOWN, distance = 1 }: NeighbourhoodOptions = {},
): Diagram {
  // The page and the picture of a table show the same.
  const known = neighbourhoods.get(index) ?? new Map<string, Diagram>();
  neighbourhoods.set(index, known);
  const key = `${limit} ${distance} ${id}`;
  const diagram = known.get(key) ?? makeNeighbourhood(index, id, { limit, distance });
  known.set(key, diagram);
  return diagram;
}

const neighbourhoods = new WeakMap<ModelIndex, Map<string, Diagram>>();

function makeNeighbourhood(
  index: ModelIndex,
  id: ObjectId,
  { limit, distance }: Required<NeighbourhoodOptions>,
): Diagram {
  const steps = stepsFrom(index, id, distance);
  // The nearest first, and of those the most connected.
  const ranked = [...steps]
    .map(([other, step]) => ({ other, step, degree: degree(index, other) }))
    .sort((a, b) => a.step - b.step || b.degree - a.degree || (a.other < b.other ? -1 : 1))
    .map(({ other }) => other);
  const shown = ranked.slice(0, limit - 1);
  const touches = ({ from, to }: Reference) => from.id === id || to?.id === id;
  const diagram = diagramOf(index, [id, ...shown], {
    focus: id,
    omitted: ranked.length - shown.length,
    ...(shown.length > FEW_NEIGHBOURS && { keep: touches }),
  });
  return { ...diagram, nodes: diagram.nodes.map((node) => (node.focus ? node : joiningColumns(node, diagram.edges))) };
}

export interface NeighbourhoodOptions {
  /** Most tables shown, the one in the middle included. */
  readonly limit?: number;
  /** Steps along references. Default 1. */
  readonly distance?: number;
}

/** Every other table within some steps, with how many it takes. */
function stepsFrom(index: ModelIndex, id: ObjectId, distance: number): ReadonlyMap<ObjectId, number> {
  const found = new Map<ObjectId, number>([[id, 0]]);
  let edge: readonly ObjectId[] = [id];
  for (let step = 1; step <= distance; step += 1) {
    const next = edge.flatMap((one) => [
      ...index.referencesFrom(one).map(({ foreignKey }) => foreignKey.references.table),
      ...index
        .referencesTo(one)
        .filter(({ from }) => !from.partitionOf)
        .map(({ from }) => from.id),
    ]);
    edge = [...new Set(next)].filter((one) => !found.has(one) && index.table(one));
    for (const one of edge) found.set(one, step);
  }
  found.delete(id);
  return found;
}

/** With more neighbours, lines among them hide the ones that matter. */
const FEW_NEIGHBOURS = 6;

function joiningColumns(node: DiagramNode, edges: readonly DiagramEdge[]): DiagramNode {
  const own = new Set(edges.filter((edge) => edge.from === node.id).flatMap((edge) => edge.columns));
  return { ...node, columns: node.columns.filter((column) => column.primary || own.has(column.name)) };
}

/** All tables of a schema. References to other schemas are not drawn. */
export function schemaDiagram(
  index: ModelIndex,
  schema: string,
  columns: NonNullable<DiagramOptions["columns"]> = "keys",
): Diagram {
  const own = index.model.tables.filter((table) => table.schema === schema && !table.partitionOf);
  return diagramOf(
    index,
    own.map((table) => table.id),
    { columns },
  );
}

/** The tables a view reads, through other views too. */
export function viewDiagram(index: ModelIndex, view: View): Diagram {
  const tables = new Set<ObjectId>();
  const seen = new Set<ObjectId>();
  const visit = (id: ObjectId) => {
    if (seen.has(id)) return;
    seen.add(id);
    if (index.table(id)) tables.add(id);
    for (const inner of index.view(id)?.dependsOn ?? []) visit(inner);
  };
  visit(view.id);
  const shown = [...tables].slice(0, NEIGHBOURS_SHOWN);
  return diagramOf(index, shown, { omitted: tables.size - shown.length });
}

function edgeOf(index: ModelIndex, reference: Reference): DiagramEdge {
  const { foreignKey, from } = reference;
  const primary = from.constraints.find((constraint) => constraint.kind === "primary key")?.columns ?? [];
  return {
    from: from.id,
    to: foreignKey.references.table,
    columns: foreignKey.columns,
    target: foreignKey.references.columns,
    cardinality: cardinalityOf(index, reference),
    identifying: foreignKey.columns.every((column) => primary.includes(column)),
    ...(foreignKey.enforced === false && { enforced: false }),
  };
}

const boxes = new WeakMap<ModelIndex, Map<string, readonly DiagramColumn[]>>();

/** A table is in the picture of each neighbour, and in those of its schema and domain. */
function columnsOf(index: ModelIndex, table: Table, which: "keys" | "all" | "none"): readonly DiagramColumn[] {
  if (which === "none") return [];
  const known = boxes.get(index) ?? new Map<string, readonly DiagramColumn[]>();
  boxes.set(index, known);
  const key = `${which} ${table.id}`;
  const columns = known.get(key) ?? makeColumns(index, table, which);
  known.set(key, columns);
  return columns;
}

function makeColumns(index: ModelIndex, table: Table, which: "keys" | "all"): readonly DiagramColumn[] {
  const keys = keysOf(table);
  const primary = new Set(keys.find((key) => key.kind === "primary key")?.columns);
  const unique = new Set(keys.filter((key) => key.columns.length === 1).flatMap((key) => key.columns));
  const foreign = new Set(index.referencesFrom(table.id).flatMap(({ foreignKey }) => foreignKey.columns));
  const columnOf = ({ name, type }: Column): DiagramColumn => ({
    name,
    type: typeName(type),
    primary: primary.has(name),
    foreign: foreign.has(name),
    unique: unique.has(name) && !primary.has(name),
  });
  const all = table.columns.map(columnOf);
  return which === "all" ? all : all.filter((column) => column.primary || column.foreign);
}

/** A type as a picture shows it: one of the model by its own name, for the schema would take the room of the column's name. */
export function typeName(type: Column["type"]): string {
  const own = type.typeId === undefined ? undefined : parseObjectId(type.typeId)?.at(-1);
  return own === undefined ? displayType(type) : own + "[]".repeat(type.dimensions ?? 0);
}

function degree(index: ModelIndex, id: ObjectId): number {
  return index.referencesFrom(id).length + index.referencesTo(id).length;
}
