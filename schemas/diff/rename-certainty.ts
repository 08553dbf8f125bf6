import type {
  Column,
  CompositeType,
  DataType,
  DomainType,
  EnumType,
  ModelObject,
  Namespace,
  OtherObject,
  RangeType,
  Routine,
  SchemaModel,
  Sequence,
  View,
} from "../model.ts";
import type { Names } from "./names.ts";
import { differingFields } from "./own-fields.ts";
import { nameSimilarity, overlap } from "./similarity.ts";

/*
 * How sure one is that an object that is gone became one that is new. Each function answers 0 to 1 from what the two
 * share; the weights are set so that a believable rename passes RENAME_THRESHOLD and two unlike objects that happen to
 * share a name or a common column do not. The tests hold examples of both.
 */

/** Schemas: by the names of the objects in them. */
export function schemaCertainty(base: SchemaModel, head: SchemaModel): (before: Namespace, after: Namespace) => number {
  const inBase = contents(base);
  const inHead = contents(head);
  return (before, after) => {
    const shared = overlap(inBase.get(before.name) ?? new Set(), inHead.get(after.name) ?? new Set());
    return shared === 0 ? 0 : 0.6 * shared + 0.35 * Math.max(shared, nameSimilarity(before.name, after.name));
  };
}

/** Views: by their query; a view that reads something else must at least have the columns and nearly the name. */
export function viewCertainty(names: Names): (before: View, after: View) => number {
  return (before, after) => {
    if (names.isSameText(before.definition, after.definition)) return 0.9;
    const shared = overlap(columnNames(before), columnNames(after));
    return 0.45 * shared + 0.35 * nameSimilarity(before.name, after.name);
  };
}

/** Enums: by their labels. */
export function enumCertainty(before: EnumType, after: EnumType): number {
  return alike(overlap(new Set(before.labels), new Set(after.labels)), before, after);
}

export function compositeCertainty(names: Names): (before: CompositeType, after: CompositeType) => number {
  const attributes = (type: CompositeType, renamed?: Names) =>
    new Set(type.attributes.map((attribute) => `${attribute.name} ${typeWords(attribute.type, renamed)}`));
  return (before, after) => alike(overlap(attributes(before, names), attributes(after)), before, after);
}

/** Domains: the checks tell them apart; without one, only the name is left. */
export function domainCertainty(names: Names): (before: DomainType, after: DomainType) => number {
  return (before, after) => {
    const differs = differingFields({ before, after }, names).some((field) => field === "base" || field === "checks");
    if (differs) return 0;
    return before.checks.length > 0 ? alike(1, before, after) : 0.4 + 0.5 * nameSimilarity(before.name, after.name);
  };
}

export function rangeCertainty(before: RangeType, after: RangeType): number {
  return before.subtype.raw === after.subtype.raw ? 0.4 + 0.5 * nameSimilarity(before.name, after.name) : 0;
}

/** Sequences: by the column that owns them; a free one by its name, for most sequences are alike. */
export function sequenceCertainty(names: Names): (before: Sequence, after: Sequence) => number {
  return (before, after) => {
    if (before.ownedBy && after.ownedBy) {
      return names.id("column", before.ownedBy.column) === after.ownedBy.column ? 0.95 : 0;
    }
    if (differingFields({ before, after }, names).length > 0) return 0;
    return 0.35 + 0.55 * nameSimilarity(before.name, after.name);
  };
}

/** Routines: the same body and arguments under another name, or the same name in another schema. */
export function routineCertainty(names: Names): (before: Routine, after: Routine) => number {
  return (before, after) => {
    if (before.language !== after.language || !takesSame(before, after, names)) return 0;
    if (before.body === after.body && before.body.trim() !== "") return 0.9;
    return before.name === after.name ? 0.8 : 0;
  };
}

/** Columns: see column-certainty.ts. Everything else: by equal definitions, and by nothing less. */
export function definitionCertainty(names: Names): (before: OtherObject, after: OtherObject) => number {
  return (before, after) => {
    const own = [before.name, after.name] as const;
    return before.kind === after.kind && names.isSameText(before.definition, after.definition, own) ? 0.9 : 0;
  };
}

/** Types of the arguments that a call gives: what tells overloads apart. */
export function inputTypes(routine: Routine): readonly string[] {
  return routine.arguments.filter(({ mode }) => mode !== "out" && mode !== "table").map(({ type }) => type);
}

function takesSame(before: Routine, after: Routine, names: Names): boolean {
  const old = inputTypes(before);
  const now = inputTypes(after);
  return old.length === now.length && old.every((type, at) => names.isSameText(type, now[at] ?? ""));
}

/** What makes two columns' types comparable: the type of the model by id, any other as it is printed. */
export function typeWords(type: DataType, names?: Names): string {
  if (!type.typeId) return type.raw;
  return `${names?.id("type", type.typeId) ?? type.typeId}${"[]".repeat(type.dimensions ?? 0)}`;
}

function alike(shared: number, before: ModelObject, after: ModelObject): number {
  return shared === 0 ? 0 : 0.7 * shared + 0.25 * nameSimilarity(before.name, after.name);
}

function contents(model: SchemaModel): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const { enums, domains, composites, ranges, tables, views, routines } = model;
  for (const object of [...enums, ...domains, ...composites, ...ranges, ...tables, ...views, ...routines]) {
    const inSchema = found.get(object.schema) ?? new Set();
    found.set(object.schema, inSchema.add(`${object.kind} ${object.name}`));
  }
  return found;
}

function columnNames(relation: { readonly columns: readonly Column[] }): ReadonlySet<string> {
  return new Set(relation.columns.map((column) => column.name));
}
