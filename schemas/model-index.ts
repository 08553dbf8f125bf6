import type {
  Column,
  ForeignKey,
  ModelObject,
  ObjectKind,
  OtherObject,
  Routine,
  SchemaModel,
  Sequence,
  Table,
  Trigger,
  View,
} from "./model.ts";
import type { ObjectId } from "./object-id.ts";

/** The type of the objects whose kind is `K`. */
export type ObjectOfKind<K extends ObjectKind> = K extends OtherObject["kind"]
  ? OtherObject & { readonly kind: K }
  : Extract<ModelObject, { readonly kind: K }>;

/** An object together with the table or view it is nested in. */
export interface Placed<T extends ModelObject = ModelObject> {
  readonly object: T;
  /** Absent for objects that stand alone. */
  readonly parent?: Table | View;
}

/** A foreign key with both its ends. */
export interface Reference {
  readonly foreignKey: ForeignKey;
  /** The table that holds the foreign key. */
  readonly from: Table;
  /** The table it points at; absent when the model lacks it. */
  readonly to?: Table;
}

/**
 * Questions about a model, each answered without a search. Every list is in the order of the model, so what is
 * written from it is the same each time.
 */
export interface ModelIndex {
  readonly model: SchemaModel;
  /** Every object, nested ones after their table or view, in the order one would create them. */
  readonly objects: readonly Placed[];
  find<K extends ObjectKind>(kind: K, id: ObjectId): ObjectOfKind<K> | undefined;
  table(id: ObjectId): Table | undefined;
  view(id: ObjectId): View | undefined;
  /** A table or a view. */
  relation(id: ObjectId): Table | View | undefined;
  column(id: ObjectId): Column | undefined;
  /** The column of a table or view by its name. */
  columnOf(relation: Table | View, name: string): Column | undefined;
  /** The table or view that a column, constraint, index, trigger or policy is nested in. */
  parentOf(object: ModelObject): Table | View | undefined;
  /** Foreign keys of a table. */
  referencesFrom(table: ObjectId): readonly Reference[];
  /** Foreign keys of any table that point at this one, its own included. */
  referencesTo(table: ObjectId): readonly Reference[];
  /** Every foreign key of the model. */
  readonly references: readonly Reference[];
  /** Direct partitions of a partitioned table. */
  partitionsOf(table: ObjectId): readonly Table[];
  /** Tables that inherit from a table, without its partitions. */
  heirsOf(table: ObjectId): readonly Table[];
  /** Views whose query reads a table, a view or a routine. */
  viewsReading(id: ObjectId): readonly View[];
  /** Columns of tables and views whose type is, or is an array of, an enum, domain, composite or range. */
  columnsOfType(type: ObjectId): readonly Placed<Column>[];
  /** Triggers that call a routine. */
  triggersCalling(routine: ObjectId): readonly Placed<Trigger>[];
  /** The sequence that a serial or identity column owns. */
  sequenceOf(column: ObjectId): Sequence | undefined;
  routine(id: ObjectId): Routine | undefined;
}

const known = new WeakMap<SchemaModel, ModelIndex>();

/** The index of a model. Built in one pass over it, once for each model. */
export function indexModel(model: SchemaModel): ModelIndex {
  const found = known.get(model);
  if (found) return found;
  const index = buildIndex(model);
  known.set(model, index);
  return index;
}

/** Whether an object is of a kind; narrows its type. */
export function isKind<K extends ObjectKind>(object: ModelObject, kind: K): object is ObjectOfKind<K> {
  return object.kind === kind;
}

/** Every object of a model, nested ones after their table or view, in the order one would create them. */
export function* walkModel(model: SchemaModel): Generator<Placed> {
  const { schemas, extensions, enums, domains, composites, ranges, sequences, tables, views, routines, others } = model;
  for (const object of [...schemas, ...extensions, ...enums, ...domains, ...composites, ...ranges, ...sequences]) {
    yield { object };
  }
  for (const relation of [...tables, ...views]) {
    yield { object: relation };
    for (const object of nestedObjects(relation)) yield { object, parent: relation };
  }
  for (const object of [...routines, ...others]) yield { object };
}

/** What is nested in a table or view: columns, constraints, indexes, triggers, policies. */
export function nestedObjects(relation: Table | View): readonly ModelObject[] {
  if (relation.kind === "view") return [...relation.columns, ...relation.indexes, ...relation.triggers];
  const { columns, constraints, indexes, triggers, policies } = relation;
  return [...columns, ...constraints, ...indexes, ...triggers, ...policies];
}

function buildIndex(model: SchemaModel): ModelIndex {
  const objects = [...walkModel(model)];
  const byKind = new Map<ObjectKind, Map<ObjectId, Placed>>();
  const columnsByName = new Map<Table | View, Map<string, Column>>();
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  const views = new Map(model.views.map((view) => [view.id, view]));
  const references: Reference[] = [];
  const from = new Map<ObjectId, Reference[]>();
  const to = new Map<ObjectId, Reference[]>();
  const partitions = new Map<ObjectId, Table[]>();
  const heirs = new Map<ObjectId, Table[]>();
  const readers = new Map<ObjectId, View[]>();
  const typed = new Map<ObjectId, Placed<Column>[]>();
  const calling = new Map<ObjectId, Placed<Trigger>[]>();
  const owned = new Map<ObjectId, Sequence>();

  for (const placed of objects) {
    const { object, parent } = placed;
    const ids = byKind.get(object.kind) ?? new Map<ObjectId, Placed>();
    byKind.set(object.kind, ids.set(object.id, placed));
    if (object.kind === "column" && parent) {
      const names = columnsByName.get(parent) ?? new Map<string, Column>();
      columnsByName.set(parent, names.set(object.name, object));
      if (object.type.typeId) push(typed, object.type.typeId, { object, parent });
    } else if (object.kind === "foreign key" && parent?.kind === "table") {
      const target = tables.get(object.references.table);
      const reference = { foreignKey: object, from: parent, ...(target && { to: target }) };
      references.push(reference);
      push(from, parent.id, reference);
      push(to, object.references.table, reference);
    } else if (object.kind === "trigger" && parent && object.routine) {
      push(calling, object.routine, { object, parent });
    } else if (object.kind === "sequence" && object.ownedBy) {
      owned.set(object.ownedBy.column, object);
    } else if (object.kind === "view") {
      for (const id of object.dependsOn) push(readers, id, object);
    } else if (object.kind === "table") {
      if (object.partitionOf) push(partitions, object.partitionOf.parent, object);
      for (const id of object.inherits ?? []) {
        if (id !== object.partitionOf?.parent) push(heirs, id, object);
      }
    }
  }

  function find<K extends ObjectKind>(kind: K, id: ObjectId): ObjectOfKind<K> | undefined {
    const object = byKind.get(kind)?.get(id)?.object;
    return object && isKind(object, kind) ? object : undefined;
  }

  return {
    model,
    objects,
    references,
    find,
    table: (id) => tables.get(id),
    view: (id) => views.get(id),
    relation: (id) => tables.get(id) ?? views.get(id),
    column: (id) => find("column", id),
    columnOf: (relation, name) => columnsByName.get(relation)?.get(name),
    parentOf: (object) => byKind.get(object.kind)?.get(object.id)?.parent,
    referencesFrom: (id) => from.get(id) ?? [],
    referencesTo: (id) => to.get(id) ?? [],
    partitionsOf: (id) => partitions.get(id) ?? [],
    heirsOf: (id) => heirs.get(id) ?? [],
    viewsReading: (id) => readers.get(id) ?? [],
    columnsOfType: (id) => typed.get(id) ?? [],
    triggersCalling: (id) => calling.get(id) ?? [],
    sequenceOf: (id) => owned.get(id),
    routine: (id) => find("routine", id),
  };
}

function push<T>(lists: Map<ObjectId, T[]>, id: ObjectId, item: T): void {
  const list = lists.get(id);
  if (list) list.push(item);
  else lists.set(id, [item]);
}
