import type { Change } from "../change.ts";
import type { Column, ModelObject, ObjectKind, SchemaModel, Table, View } from "../model.ts";
import { isKind } from "../model-index.ts";
import type { ObjectOfKind } from "../model-index.ts";
import type { ObjectId } from "../object-id.ts";
import { compareText } from "./change-order.ts";

/** The model after the changes. `applyChanges(a, diffModels(a, b))` is `b`, origins and row estimates apart. */
export function applyChanges(model: SchemaModel, changes: readonly Change[]): SchemaModel {
  const edits = collectEdits(changes);
  const list = <K extends ObjectKind>(objects: readonly ObjectOfKind<K>[], ...kinds: readonly K[]) =>
    editList(objects, kinds, edits);
  return {
    ...model,
    schemas: list(model.schemas, "schema"),
    extensions: list(model.extensions, "extension"),
    enums: list(model.enums, "enum"),
    domains: list(model.domains, "domain"),
    composites: list(model.composites, "composite"),
    ranges: list(model.ranges, "range"),
    sequences: list(model.sequences, "sequence"),
    tables: editRelations(model.tables, "table", edits, editTable),
    views: editRelations(model.views, "view", edits, editView),
    routines: list(model.routines, "routine"),
    others: list(model.others, ...otherKinds),
  };
}

const constraintKinds = ["primary key", "unique", "foreign key", "check", "exclude"] as const;
const otherKinds = [
  "event",
  "event trigger",
  "publication",
  "statistics",
  "rule",
  "synonym",
  "cast",
  "operator",
  "collation",
  "text search configuration",
] as const;

interface Edits {
  /** What an object of the base, by kind and base id, is now. */
  readonly replaced: ReadonlyMap<string, ModelObject>;
  readonly dropped: ReadonlySet<string>;
  /** New objects by the head id of the relation they are in; "" for those that stand alone. */
  readonly added: ReadonlyMap<ObjectId, readonly ModelObject[]>;
  /** Columns, as they are now, that stand where they say and not where the others leave room. */
  readonly placed: ReadonlySet<ModelObject>;
}

function collectEdits(changes: readonly Change[]): Edits {
  const replaced = new Map<string, ModelObject>();
  const dropped = new Set<string>();
  const added = new Map<ObjectId, ModelObject[]>();
  const placed = new Set<ModelObject>();
  for (const change of changes) {
    if (change.kind === "dropped") {
      dropped.add(editKey(change.before));
    } else if (change.kind === "added") {
      const siblings = added.get(change.parent ?? "") ?? [];
      siblings.push(change.after);
      added.set(change.parent ?? "", siblings);
      placed.add(change.after);
    } else {
      replaced.set(editKey(change.before), change.after);
      if (change.fields.includes("position")) placed.add(change.after);
      if (change.kind === "changed") continue;
      for (const { object, from, after } of change.follows) replaced.set(`${object}\0${from}`, after);
    }
  }
  return { replaced, dropped, added, placed };
}

function editKey(object: ModelObject): string {
  return `${object.kind}\0${object.id}`;
}

function editList<K extends ObjectKind>(
  objects: readonly ObjectOfKind<K>[],
  kinds: readonly K[],
  edits: Edits,
  parent: ObjectId = "",
): ObjectOfKind<K>[] {
  const result: ObjectOfKind<K>[] = [];
  const keep = (object: ModelObject) => {
    for (const kind of kinds) if (isKind(object, kind)) result.push(object);
  };
  for (const object of objects) {
    if (!edits.dropped.has(editKey(object))) keep(edits.replaced.get(editKey(object)) ?? object);
  }
  for (const object of edits.added.get(parent) ?? []) keep(object);
  return result.sort((one, other) => compareText(one.id, other.id));
}

/** Tables or views: the own fields of the replacement, the nested lists edited. */
function editRelations<K extends "table" | "view">(
  relations: readonly ObjectOfKind<K>[],
  kind: K,
  edits: Edits,
  edit: (own: ObjectOfKind<K>, before: ObjectOfKind<K>, edits: Edits) => ObjectOfKind<K>,
): ObjectOfKind<K>[] {
  const result = editList<K>([], [kind], edits);
  for (const before of relations) {
    const own = edits.replaced.get(editKey(before)) ?? before;
    if (!edits.dropped.has(editKey(before)) && isKind(own, kind)) result.push(edit(own, before, edits));
  }
  return result.sort((one, other) => compareText(one.id, other.id));
}

function editTable(own: Table, before: Table, edits: Edits): Table {
  return {
    ...own,
    columns: editColumns(before.columns, edits, own.id),
    constraints: editList(before.constraints, constraintKinds, edits, own.id),
    indexes: editList(before.indexes, ["index"], edits, own.id),
    triggers: editList(before.triggers, ["trigger"], edits, own.id),
    policies: editList(before.policies, ["policy"], edits, own.id),
  };
}

function editView(own: View, before: View, edits: Edits): View {
  return {
    ...own,
    columns: editColumns(before.columns, edits, own.id),
    indexes: editList(before.indexes, ["index"], edits, own.id),
    triggers: editList(before.triggers, ["trigger"], edits, own.id),
  };
}

/** New and moved columns stand at their positions; the others fill the gaps in the order they had. */
function editColumns(before: readonly Column[], edits: Edits, parent: ObjectId): readonly Column[] {
  const placed = new Map<number, Column>();
  const others: Column[] = [];
  const order = new Map(before.map((column) => [column.id, column.position]));
  const now = new Map(before.map((column) => [edits.replaced.get(editKey(column)) ?? column, column]));
  for (const column of editList(before, ["column"], edits, parent)) {
    if (edits.placed.has(column)) placed.set(column.position, column);
    else others.push(column);
  }
  const placeBefore = (column: Column) => order.get(now.get(column)?.id ?? column.id) ?? 0;
  others.sort((one, other) => placeBefore(one) - placeBefore(other));
  const columns: Column[] = [];
  const count = placed.size + others.length;
  for (let position = 1; columns.length < count; position += 1) {
    const column = placed.get(position) ?? others.shift();
    if (column) columns.push(column.position === position ? column : { ...column, position });
  }
  return columns;
}
