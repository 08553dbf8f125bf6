import type { Change } from "#schemas/change.ts";
import { breakageOf } from "#schemas/diff/breaking.ts";
import { describeChange, isImplied, summarizeChanges } from "#schemas/diff/describe-change.ts";
import { CHANGE_LIST_VERSION } from "#schemas/json/diff.ts";
import type { ChangeList, JsonChange, JsonSide } from "#schemas/json/diff.ts";
import type { ModelObject } from "#schemas/model.ts";

/** The changes as the published `diff` format has them. */
export function changeList(changes: readonly Change[]): ChangeList {
  return { version: CHANGE_LIST_VERSION, summary: summarizeChanges(changes), changes: changes.map(jsonChange) };
}

/** One change of that format: self-contained, and without repeating what is nested in a changed table. */
export function jsonChange(change: Change): JsonChange {
  const breaking = breakageOf(change);
  const about = {
    object: change.object,
    id: change.id,
    ...(change.parent !== undefined && { parent: change.parent }),
    description: describeChange(change),
    ...(breaking && { breaking }),
    ...(isImplied(change) && { implied: true as const }),
  };
  switch (change.kind) {
    case "added":
      return { kind: change.kind, ...about, after: change.after };
    case "dropped":
      return { kind: change.kind, ...about, before: change.before };
    case "changed":
      return { kind: change.kind, ...about, ...sides(change) };
    case "renamed": {
      const { from, certainty } = change;
      const follows = change.follows.map(({ object, from: old, after }) => ({ object, from: old, id: after.id }));
      return { kind: change.kind, ...about, from, certainty, ...sides(change), follows };
    }
    default:
      return change satisfies never;
  }
}

function sides(change: {
  readonly fields: readonly string[];
  readonly before: ModelObject;
  readonly after: ModelObject;
}) {
  return { fields: change.fields, before: ownSide(change.before), after: ownSide(change.after) };
}

function ownSide(object: ModelObject): JsonSide {
  if (object.kind === "table") {
    const { columns: _columns, constraints: _constraints, policies: _policies, ...rest } = object;
    const { indexes: _indexes, triggers: _triggers, ...own } = rest;
    return own;
  }
  if (object.kind === "view") {
    const { columns: _columns, indexes: _indexes, triggers: _triggers, ...own } = object;
    return own;
  }
  return object;
}
