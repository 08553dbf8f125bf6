import type { Added, Change, Changed, Dropped, Follower, Renamed, RenameHint } from "../change.ts";
import type { Column, ModelObject, SchemaModel, Table, View } from "../model.ts";
import { byCreation } from "./change-order.ts";
import { matchModels } from "./match-models.ts";
import type { Match, Unmatched } from "./match-models.ts";
import { movedColumns } from "./moved-columns.ts";
import type { Names } from "./names.ts";
import { differingFields, isIdentical } from "./own-fields.ts";

export interface DiffOptions {
  /** Renames that the history states; they win over names that stayed and over guesses. */
  readonly renames?: readonly RenameHint[];
}

/**
 * What makes the base model the head model, in the order one would apply it. Origins and row estimates are no
 * difference; neither is text that merely prints the new name of a renamed object (it is in that rename's `follows`).
 * `applyChanges` is the inverse.
 */
export function diffModels(base: SchemaModel, head: SchemaModel, options: DiffOptions = {}): readonly Change[] {
  const { matches, dropped, added, names } = matchModels(base, head, options.renames ?? []);
  const moved = allMovedColumns(matches);
  const followers: Match[] = [];
  const changes: Change[] = [...dropped.map(toDropped), ...added.map(toAdded)];
  const renames: Renamed[] = [];
  for (const match of matches) {
    const fields = fieldsOf(match, names, moved);
    if (isRenamed(match, names)) renames.push(toRenamed(match, fields));
    else if (fields.length > 0) changes.push(toChanged(match, fields));
    else if (!isIdentical(match)) followers.push(match);
  }
  return [...changes, ...withFollowers(renames.sort(byCreation), followers)].sort(byCreation);
}

function fieldsOf(match: Match, names: Names, moved: ReadonlySet<ModelObject>): readonly string[] {
  const fields = differingFields(match, names);
  return moved.has(match.after) ? [...fields, "position"].sort() : fields;
}

function allMovedColumns(matches: readonly Match[]): ReadonlySet<ModelObject> {
  const byRelation = new Map<Table | View, { readonly before: Column; readonly after: Column }[]>();
  for (const { before, after, parentAfter } of matches) {
    if (before.kind !== "column" || after.kind !== "column" || !parentAfter) continue;
    const pairs = byRelation.get(parentAfter) ?? [];
    pairs.push({ before, after });
    byRelation.set(parentAfter, pairs);
  }
  const moved = new Set<ModelObject>();
  for (const pairs of byRelation.values()) for (const column of movedColumns(pairs)) moved.add(column);
  return moved;
}

/** Whether the object itself has a new name; following its schema or table is none. */
function isRenamed({ before, after }: Match, names: Names): boolean {
  if (before.name !== after.name) return true;
  if (before.kind === "extension" || !("schema" in before) || !("schema" in after)) return false;
  return before.schema !== undefined && names.schema(before.schema) !== after.schema;
}

/** Gives each follower to the first rename whose old name it had and whose new name it has. */
function withFollowers(renames: readonly Renamed[], followers: readonly Match[]): readonly Renamed[] {
  const follows = new Map<Renamed, Follower[]>();
  for (const { before, after } of followers) {
    const rename = renames.length > 1 ? leader(renames, before, after) : renames[0];
    if (!rename) throw new Error(`${after.kind} ${after.id} differs without a change: this is a fault of the diff`);
    const list = follows.get(rename) ?? [];
    list.push({ object: after.kind, from: before.id, after });
    follows.set(rename, list);
  }
  return renames.map((rename) => ({ ...rename, follows: follows.get(rename) ?? [] }));
}

function leader(renames: readonly Renamed[], before: ModelObject, after: ModelObject): Renamed | undefined {
  const old = JSON.stringify(before);
  const now = JSON.stringify(after);
  const named = renames.find((rename) => {
    const [from, to] = rename.before.name === rename.after.name ? [rename.from, rename.id] : namesOf(rename);
    return old.includes(from) && now.includes(to);
  });
  return named ?? renames[0];
}

function namesOf({ before, after }: Renamed): readonly [string, string] {
  return [before.name, after.name];
}

function toAdded({ object, parent }: Unmatched): Added {
  return { kind: "added", object: object.kind, id: object.id, ...(parent && { parent }), after: object };
}

function toDropped({ object, parent }: Unmatched): Dropped {
  return { kind: "dropped", object: object.kind, id: object.id, ...(parent && { parent }), before: object };
}

function toChanged({ before, after, parentAfter }: Match, fields: readonly string[]): Changed {
  const parent = parentAfter && { parent: parentAfter.id };
  return { kind: "changed", object: after.kind, id: after.id, ...parent, fields, before, after };
}

function toRenamed({ before, after, certainty, parentAfter }: Match, fields: readonly string[]): Renamed {
  const parent = parentAfter && { parent: parentAfter.id };
  const sides = { fields, before, after };
  return {
    kind: "renamed",
    object: after.kind,
    id: after.id,
    ...parent,
    from: before.id,
    certainty,
    ...sides,
    follows: [],
  };
}
