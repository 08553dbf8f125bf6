import type { Change } from "../change.ts";
import type { ObjectKind } from "../model.ts";

/** Kinds in the order one creates them: what others need comes first. */
const creation: readonly ObjectKind[] = [
  "schema",
  "extension",
  "collation",
  "enum",
  "domain",
  "composite",
  "range",
  "sequence",
  "table",
  "column",
  "primary key",
  "unique",
  "check",
  "exclude",
  "foreign key",
  "index",
  "view",
  "routine",
  "trigger",
  "policy",
  "rule",
  "statistics",
  "cast",
  "operator",
  "text search configuration",
  "synonym",
  "publication",
  "event",
  "event trigger",
];
const rankOfKind = new Map(creation.map((kind, at) => [kind, at]));

/** From here on an object hangs on a table or its columns, so it is dropped before anything is made. */
const firstDependent = creation.indexOf("primary key");

/** Orders changes as one would apply them: dependents go first, containers last, the rest in order of creation. */
export function byCreation(one: Change, other: Change): number {
  return (
    rank(one) - rank(other) || compareText(one.parent ?? one.id, other.parent ?? other.id) || inOwnOrder(one, other)
  );
}

const effects: readonly Change["kind"][] = ["added", "changed", "renamed", "dropped"];

/** Orders changes by what they are about, whatever the objects are called: kind of object, then kind of change. */
export function byKind(one: Change, other: Change): number {
  const kinds = (rankOfKind.get(one.object) ?? 0) - (rankOfKind.get(other.object) ?? 0);
  return kinds || effects.indexOf(one.kind) - effects.indexOf(other.kind);
}

/** By UTF-16 code units, as the models are sorted; never by locale. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function rank(change: Change): number {
  const kind = rankOfKind.get(change.object) ?? creation.length;
  if (change.kind !== "dropped") return kind;
  return kind >= firstDependent ? -kind - 1 : 2 * creation.length - kind;
}

/** Within a table: columns by position, the rest by id; then by kind of change. */
function inOwnOrder(one: Change, other: Change): number {
  return positionOf(one) - positionOf(other) || compareText(one.id, other.id) || compareText(one.kind, other.kind);
}

function positionOf(change: Change): number {
  const object = change.kind === "dropped" ? change.before : change.after;
  return object.kind === "column" ? object.position : 0;
}
