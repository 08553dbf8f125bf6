import type { Change } from "#schemas/change.ts";
import type { SchemaModel, Table } from "#schemas/model.ts";
import { indexModel, type ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import {
  diagramOf,
  typeName,
  type Diagram,
  type DiagramColumn,
  type DiagramEdge,
  type DiagramNode,
  type Mark,
} from "./diagram.ts";
import { layOutInLanes } from "./layout-lanes.ts";
import { writeMermaid } from "./mermaid.ts";
import { writeSvg } from "./svg.ts";
import { fitsMermaid, MERMAID_TABLES } from "./split-diagram.ts";

export interface DiffDiagram {
  /** A Mermaid `erDiagram` that GitHub takes, or null when no table is touched. */
  readonly mermaid: string | null;
  /** Touched tables that did not fit. */
  readonly omitted: number;
}

/**
 * The tables a change touches with their neighbours: `+` added, `~` changed, `−` dropped. Neighbours go first when
 * there is too much for one picture, then the touched tables at the end of the alphabet.
 */
export function diffDiagram(base: SchemaModel, head: SchemaModel, changes: readonly Change[]): DiffDiagram {
  const before = indexModel(base);
  const after = indexModel(head);
  const marks = touchedTables(before, after, changes);
  const touched = [...marks.keys()].sort();
  if (touched.length === 0) return { mermaid: null, omitted: 0 };
  const around = touched.flatMap((id) => [...neighbours(after, id), ...neighbours(before, id)]);
  const withNeighbours = mergedDiagram(before, after, { ids: [...touched, ...around], marks, changes });
  if (fitsMermaid(withNeighbours)) return { mermaid: writeMermaid(withNeighbours), omitted: 0 };
  for (let count = Math.min(touched.length, MERMAID_TABLES); count > 0; count = Math.floor(count * 0.75)) {
    const diagram = mergedDiagram(before, after, { ids: touched.slice(0, count), marks, changes });
    if (fitsMermaid(diagram)) return { mermaid: writeMermaid(diagram), omitted: touched.length - count };
  }
  return { mermaid: null, omitted: touched.length };
}

/** Tables of a change in one SVG; beyond them only touched tables are drawn, then those at the end of the alphabet left out. */
const TABLES_IN_PICTURE = 80;

/** The same as a picture: touched tables and one step around them, `plain` for PNG. Null when no table is touched. */
export async function diffPicture(
  base: SchemaModel,
  head: SchemaModel,
  changes: readonly Change[],
  { plain = false }: { readonly plain?: boolean } = {},
): Promise<string | null> {
  const before = indexModel(base);
  const after = indexModel(head);
  const marks = touchedTables(before, after, changes);
  const touched = [...marks.keys()].sort();
  if (touched.length === 0) return null;
  const around = touched.flatMap((id) => [...neighbours(after, id), ...neighbours(before, id)]);
  const all = [...new Set([...touched, ...around])];
  const ids = all.length <= TABLES_IN_PICTURE ? all : touched.slice(0, TABLES_IN_PICTURE);
  const diagram = mergedDiagram(before, after, { ids, marks, changes });
  const left = touched.filter((id) => !ids.includes(id)).length;
  const counts = (["added", "changed", "dropped"] as const).map(
    (mark) => `${[...marks.values()].filter((one) => one === mark).length} ${mark}`,
  );
  return writeSvg(await layOutInLanes(diagram), {
    plain,
    id: "erd-changes",
    title: "What changes",
    description: `Tables: ${counts.join(", ")}${left === 0 ? "" : `; ${left} more are not drawn`}. + added, ~ changed, − dropped.`,
    href: () => undefined,
  });
}

/** Ids are those of the head model; a dropped table keeps its own. A partition counts as its parent. */
export function touchedTables(
  before: ModelIndex,
  after: ModelIndex,
  changes: readonly Change[],
): ReadonlyMap<ObjectId, Mark> {
  const marks = new Map<ObjectId, Mark>();
  for (const change of changes) {
    const owner = change.object === "table" ? change.id : change.parent;
    if (owner === undefined) continue;
    const own = change.object === "table";
    const gone = change.kind === "dropped";
    const table = (gone ? before : after).table(owner) ?? after.table(owner);
    if (!table) continue;
    const id = newId(rootId(gone ? before : after, table), changes);
    if (own && !table.partitionOf && (change.kind === "added" || gone))
      marks.set(id, change.kind === "added" ? "added" : "dropped");
    else if (!marks.has(id)) marks.set(id, "changed");
  }
  return marks;
}

function newId(id: ObjectId, changes: readonly Change[]): ObjectId {
  const renamed = changes.find(
    (change) => change.kind === "renamed" && change.object === "table" && change.from === id,
  );
  return renamed?.id ?? id;
}

function rootId(index: ModelIndex, table: Table): ObjectId {
  const parent = table.partitionOf && index.table(table.partitionOf.parent);
  return parent ? rootId(index, parent) : table.id;
}

function neighbours(index: ModelIndex, id: ObjectId): readonly ObjectId[] {
  const out = index.referencesFrom(id).map(({ foreignKey }) => foreignKey.references.table);
  const back = index.referencesTo(id).filter(({ from }) => !from.partitionOf);
  return [...out, ...back.map(({ from }) => from.id)];
}

interface Merge {
  readonly ids: readonly ObjectId[];
  readonly marks: ReadonlyMap<ObjectId, Mark>;
  readonly changes: readonly Change[];
}

/** The head's picture with what the base had and the head has not. */
function mergedDiagram(before: ModelIndex, after: ModelIndex, { ids, marks, changes }: Merge): Diagram {
  const now = diagramOf(after, ids);
  const oldIds = ids.map((id) => oldId(id, changes));
  const then = diagramOf(before, oldIds);
  const kept = new Set(now.nodes.map((node) => node.id));
  const several = [...now.nodes, ...then.nodes];
  const schemas = new Set(several.map((node) => (after.table(node.id) ?? before.table(node.id))?.schema));
  const dropped = then.nodes.filter((node) => marks.get(node.id) === "dropped" && !kept.has(node.id));
  const nodes = [...now.nodes, ...dropped].map((node): DiagramNode => {
    const schema = (after.table(node.id) ?? before.table(node.id))?.schema;
    const mark = marks.get(node.id);
    return {
      id: node.id,
      name: node.name,
      ...(schemas.size > 1 && schema !== undefined && { schema }),
      focus: false,
      columns: mark === "changed" ? changedColumns(node, changes) : node.columns,
      ...(mark && { mark }),
    };
  });
  return { nodes, edges: mergedEdges(now, then, changes), omitted: 0 };
}

/** The id that a table had in the base model. */
export function oldId(id: ObjectId, changes: readonly Change[]): ObjectId {
  const renamed = changes.find((change) => change.kind === "renamed" && change.object === "table" && change.id === id);
  return renamed?.kind === "renamed" ? renamed.from : id;
}

/** The keys of a table, and every column that is added, changed or dropped. */
function changedColumns(node: DiagramNode, changes: readonly Change[]): readonly DiagramColumn[] {
  const columns = new Map(node.columns.map((column) => [column.name, column]));
  for (const change of changes) {
    if (change.object !== "column" || change.parent === undefined || newId(change.parent, changes) !== node.id)
      continue;
    const column = change.kind === "dropped" ? change.before : change.after;
    if (column.kind !== "column") continue;
    const known = columns.get(column.name);
    const plain = { name: column.name, type: typeName(column.type), primary: false, foreign: false, unique: false };
    columns.set(column.name, { ...plain, ...known, mark: markOf(change) });
  }
  return [...columns.values()];
}

function markOf({ kind }: Change): Mark {
  return kind === "renamed" ? "changed" : kind;
}

function mergedEdges(now: Diagram, then: Diagram, changes: readonly Change[]): readonly DiagramEdge[] {
  const known = new Set(then.edges.map((edge) => edgeKey(edge, changes)));
  const present = new Set(now.edges.map((edge) => edgeKey(edge, [])));
  const added = now.edges.map((edge): DiagramEdge =>
    known.has(edgeKey(edge, [])) ? edge : { ...edge, mark: "added" },
  );
  const gone = then.edges
    .filter((edge) => !present.has(edgeKey(edge, changes)))
    .map((edge): DiagramEdge => ({
      ...edge,
      from: newId(edge.from, changes),
      to: newId(edge.to, changes),
      mark: "dropped",
    }));
  return [...added, ...gone];
}

/** What makes a reference the same one, with the names the tables and columns have in the head model. */
function edgeKey({ from, to, columns }: DiagramEdge, changes: readonly Change[]): string {
  const renamed = columns.map((name) => {
    const change = changes.find(
      (one) =>
        one.kind === "renamed" &&
        one.object === "column" &&
        one.before.name === name &&
        one.from.startsWith(`${from}.`),
    );
    return change?.kind === "renamed" ? change.after.name : name;
  });
  return JSON.stringify([newId(from, changes), newId(to, changes), renamed]);
}
