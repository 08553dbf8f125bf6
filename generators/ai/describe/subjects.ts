import type { ModelIndex, Reference } from "#schemas/model-index.ts";
import type { Column, CompositeType, DomainType, EnumType, RangeType, Routine, Table, View } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { KeptText } from "#schemas/json/kept-text.ts";
import type { ColumnView, ObjectView, RelationView } from "../prompt.ts";

/** An object to be described, as a model may see it. */
export interface Subject {
  readonly kind: KeptText["kind"];
  readonly id: ObjectId;
  /** Of a table or view; else `object`. */
  readonly relation?: RelationView;
  readonly object?: ObjectView;
  /** The table that a reference is of: what its text may name is what that one's may. */
  readonly owner?: ObjectId;
  /** Ids of what has no text of a person or of the DDL: the object itself, its columns. */
  readonly wanted: readonly ObjectId[];
}

type Described = Readonly<Record<ObjectId, string>>;

/** Everything of a model that has a description, without partitions, in the order of the model. */
export function subjectsOf(index: ModelIndex, descriptions: Described): readonly Subject[] {
  const { model } = index;
  const relations = [...model.tables.filter((table) => !table.partitionOf), ...model.views];
  return [
    ...relations.map((relation): Subject => {
      const parts = [relation, ...relation.columns];
      return {
        kind: relation.kind,
        id: relation.id,
        relation: relationView(index, relation, descriptions),
        wanted: parts.filter((part) => said(part, descriptions) === undefined).map(({ id }) => id),
      };
    }),
    ...index.references.filter(({ from }) => !from.partitionOf).map((one) => referenceSubject(one, descriptions)),
    ...[...model.enums, ...model.domains, ...model.composites, ...model.ranges].map((type): Subject => ({
      kind: type.kind,
      id: type.id,
      object: typeView(index, type, descriptions),
      wanted: said(type, descriptions) === undefined ? [type.id] : [],
    })),
    ...model.routines.map((routine): Subject => ({
      kind: "routine",
      id: routine.id,
      object: routineView(index, routine, descriptions),
      wanted: said(routine, descriptions) === undefined ? [routine.id] : [],
    })),
  ];
}

/** A foreign key, or a reference that people or names tell. */
function referenceSubject({ foreignKey, from }: Reference, descriptions: Described): Subject {
  const { id, columns, references } = foreignKey;
  return {
    kind: "reference",
    id,
    owner: from.id,
    object: {
      id,
      kind: "reference",
      ...comment(foreignKey, descriptions),
      from: { table: from.id, columns },
      to: { table: references.table, columns: references.columns },
    },
    wanted: said(foreignKey, descriptions) === undefined ? [id] : [],
  };
}

/** A table or view by the fields that the privacy of prompts allows. */
export function relationView(index: ModelIndex, relation: Table | View, descriptions: Described): RelationView {
  const columns = relation.columns.map((column) => columnView(index, column, descriptions));
  const base = { id: relation.id, columns, ...comment(relation, descriptions) };
  if (relation.kind === "view") return { ...base, kind: "view", query: relation.definition };
  const key = relation.constraints.find((constraint) => constraint.kind === "primary key");
  const sources = index.referencesTo(relation.id).filter(({ from }) => from.id !== relation.id && !from.partitionOf);
  return {
    ...base,
    kind: "table",
    ...(key && { primaryKey: key.columns }),
    uniqueKeys: relation.constraints.flatMap((one) => (one.kind === "unique" ? [one.columns] : [])),
    foreignKeys: index.referencesFrom(relation.id).map(({ foreignKey: { columns: own, references, virtual } }) => ({
      columns: own,
      table: references.table,
      references: references.columns,
      ...(virtual !== undefined && { inferred: true }),
    })),
    referencedBy: [...new Set(sources.map(({ from }) => from.id))],
    checks: relation.constraints.flatMap((one) => (one.kind === "check" ? [one.expression] : [])),
  };
}

function columnView(index: ModelIndex, column: Column, descriptions: Described): ColumnView {
  const { name, type, nullable, generated } = column;
  const labels = type.typeId === undefined ? undefined : index.find("enum", type.typeId)?.labels;
  return {
    name,
    type: type.raw,
    nullable,
    ...comment(column, descriptions),
    ...(column.default !== undefined && { default: column.default }),
    ...(generated && { generated: generated.expression }),
    ...(labels && { labels }),
  };
}

function typeView(
  index: ModelIndex,
  type: EnumType | DomainType | CompositeType | RangeType,
  descriptions: Described,
): ObjectView {
  const base = {
    id: type.id,
    ...comment(type, descriptions),
    usedBy: index
      .columnsOfType(type.id)
      .map(({ object }) => object.id)
      .slice(0, USERS_NAMED),
  };
  switch (type.kind) {
    case "enum":
      return { ...base, kind: "enum", labels: type.labels };
    case "domain":
      return { ...base, kind: "domain", type: type.base.raw, sql: type.checks.map((check) => check.expression) };
    case "composite":
      return { ...base, kind: "composite", arguments: type.attributes.map((part) => `${part.name} ${part.type.raw}`) };
    case "range":
      return { ...base, kind: "range", type: type.subtype.raw };
    default:
      return type satisfies never;
  }
}

function routineView(index: ModelIndex, routine: Routine, descriptions: Described): ObjectView {
  return {
    id: routine.id,
    kind: "routine",
    ...comment(routine, descriptions),
    arguments: routine.arguments.map(({ name, type, mode }) => [mode, name, type].filter(Boolean).join(" ")),
    ...(routine.returns !== undefined && { type: routine.returns }),
    language: routine.language,
    sql: [routine.body],
    usedBy: index
      .triggersCalling(routine.id)
      .map(({ object }) => object.id)
      .slice(0, USERS_NAMED),
  };
}

/** Columns of a type and triggers of a routine that are named. */
const USERS_NAMED = 12;

const comment = (object: { readonly id: ObjectId; readonly comment?: string }, descriptions: Described) => {
  const text = said(object, descriptions);
  return text === undefined ? {} : { comment: text };
};

function said(
  { id, comment: written }: { readonly id: ObjectId; readonly comment?: string },
  descriptions: Described,
): string | undefined {
  const person = Object.hasOwn(descriptions, id) ? descriptions[id]?.trim() : undefined;
  return person || written?.trim() || undefined;
}
