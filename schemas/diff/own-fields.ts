import type { ModelObject } from "../model.ts";
import type { ObjectId } from "../object-id.ts";
import type { Names } from "./names.ts";

/** Two objects that are the same thing in both models. */
export interface Pair {
  readonly before: ModelObject;
  readonly after: ModelObject;
  /** Base id of the table or view they are nested in. */
  readonly parent?: ObjectId;
}

/**
 * Fields of an object that are no part of its definition: its identity, where it was made, what is nested in it, and
 * what the engine counted.
 */
const notCompared = new Set(["kind", "id", "name", "origin", "rowEstimate"]);
const nestedLists = new Set(["columns", "constraints", "indexes", "triggers", "policies"]);

/** SQL that the engine prints: it may repeat names of other objects. */
const printed = new Set([
  "bound",
  "check",
  "default",
  "definition",
  "expression",
  "multirange",
  "operatorClass",
  "collation",
  "partitionKey",
  "predicate",
  "raw",
  "returns",
  "using",
  "when",
]);

/** Names of the fields that differ in more than names of renamed objects, sorted. */
export function differingFields(pair: Pair, names: Names): readonly string[] {
  return fieldNames(pair).filter((field) => !isSameField(field, pair, names));
}

/** Whether two objects are equal to the letter, nested objects and origins apart. */
export function isIdentical({ before, after }: Pair): boolean {
  if (before.id !== after.id || before.name !== after.name) return false;
  return fieldNames({ before, after }).every(
    (field) => field === "position" || isEqual(fieldOf(before, field), fieldOf(after, field)),
  );
}

/** The value of a field of any object. */
export function fieldOf(object: ModelObject, field: string): unknown {
  return new Map<string, unknown>(Object.entries(object)).get(field);
}

/** Whether two plain values are deeply equal; an absent field equals an undefined one. */
export function isEqual(before: unknown, after: unknown): boolean {
  return walk(before, after, () => false);
}

function fieldNames({ before, after }: Pair): readonly string[] {
  const holdsObjects = before.kind === "table" || before.kind === "view";
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...all].filter((field) => !notCompared.has(field) && !(holdsObjects && nestedLists.has(field))).sort();
}

function isSameField(field: string, { before, after, parent }: Pair, names: Names): boolean {
  const old = fieldOf(before, field);
  const now = fieldOf(after, field);
  if (isEqual(old, now)) return true;
  const relation = before.kind === "table" || before.kind === "view" ? before.id : parent;
  const own = [before.name, after.name] as const;
  switch (field) {
    case "position":
      // Whether a column moved depends on its neighbours: see moved-columns.ts.
      return true;
    case "schema":
      // A move to another schema is a rename; an extension has no id in its schema.
      return before.kind !== "extension" || names.schema(String(old)) === now;
    case "notNullName":
      // The engine's default name holds the names of table and column, and stays when they are renamed.
      return (old === undefined || now === undefined) && (before.name !== after.name || parentIsRenamed(parent, names));
    case "dependsOn":
      return isSameSet(old, now, (id) => names.id("relation", names.id("routine", id)));
    case "constraint":
      return names.isRenamed(String(old), String(now));
    case "routine":
      return names.id("routine", String(old)) === now;
    case "ownedBy":
      return walk(old, now, (id, other) => names.id("column", id) === other);
    case "inherits":
    case "partitionOf":
      return walk(
        old,
        now,
        (text, other) => names.id("relation", text) === other || names.isSameText(text, other, own),
      );
    case "references": {
      const target = before.kind === "foreign key" ? before.references.table : undefined;
      return walk(old, now, (text, other, key) =>
        key === "table" ? names.id("relation", text) === other : names.column(target, text) === other,
      );
    }
    default:
      return walk(old, now, (text, other, key) => isSameName(text, other, key ?? field), field);
  }

  function isSameName(text: string, other: string, key: string): boolean {
    if (key === "typeId") return names.id("type", text) === other;
    if (key === "columns" || key === "column" || key === "include") return names.column(relation, text) === other;
    const isArgumentType = before.kind === "routine" && key === "type";
    return (printed.has(key) || isArgumentType) && names.isSameText(text, other, own);
  }
}

function parentIsRenamed(parent: ObjectId | undefined, names: Names): boolean {
  return parent !== undefined && names.id("relation", parent) !== parent;
}

function isSameSet(before: unknown, after: unknown, rename: (id: ObjectId) => ObjectId): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const renamed = new Set(before.map((id) => rename(String(id))));
  return renamed.size === after.length && after.every((id) => renamed.has(String(id)));
}

type TextComparison = (before: string, after: string, key: string | undefined) => boolean;

/** Deep equality where differing texts may still be the same; `key` is the name of the field that holds the text. */
function walk(before: unknown, after: unknown, isSame: TextComparison, key?: string): boolean {
  if (before === after) return true;
  if (typeof before === "string" && typeof after === "string") return isSame(before, after, key);
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((item, at) => walk(item, after[at], isSame, key));
  }
  if (!isRecord(before) || !isRecord(after)) return false;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].every((name) => walk(before[name], after[name], isSame, name));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
