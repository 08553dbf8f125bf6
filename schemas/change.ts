import type { ObjectKind } from "./model.ts";
import type { ObjectOfKind } from "./model-index.ts";
import type { ObjectId } from "./object-id.ts";

interface ChangeBase<K extends ObjectKind> {
  readonly object: K;
  /** Id in the head model; for a dropped object, in the base model. */
  readonly id: ObjectId;
  /** The table or view a nested object belongs to, in the same model as `id`. */
  readonly parent?: ObjectId;
}
export interface Added<K extends ObjectKind = ObjectKind> extends ChangeBase<K> {
  readonly kind: "added";
  /** With everything nested in it: the columns of an added table have no changes of their own. */
  readonly after: ObjectOfKind<K>;
}
export interface Dropped<K extends ObjectKind = ObjectKind> extends ChangeBase<K> {
  readonly kind: "dropped";
  /** With everything nested in it. */
  readonly before: ObjectOfKind<K>;
}
export interface Changed<K extends ObjectKind = ObjectKind> extends ChangeBase<K> {
  readonly kind: "changed";
  /** Names of the fields that differ, sorted. Nested objects have changes of their own. */
  readonly fields: readonly string[];
  readonly before: ObjectOfKind<K>;
  readonly after: ObjectOfKind<K>;
}
export interface Renamed<K extends ObjectKind = ObjectKind> extends ChangeBase<K> {
  readonly kind: "renamed";
  /** Id in the base model. */
  readonly from: ObjectId;
  /** How sure the match is, 0 to 1; 1 only when the history itself says so. */
  readonly certainty: number;
  /** Names of the fields that differ besides the name and what merely repeats it, sorted. */
  readonly fields: readonly string[];
  readonly before: ObjectOfKind<K>;
  readonly after: ObjectOfKind<K>;
  /** Objects that differ only because they are named after this one or print its name. Each is listed once. */
  readonly follows: readonly Follower[];
}

/** An object that a rename carries along: a column of a renamed table, a foreign key that points at it. */
export interface Follower<K extends ObjectKind = ObjectKind> {
  readonly object: K;
  /** Id in the base model. */
  readonly from: ObjectId;
  readonly after: ObjectOfKind<K>;
}

/** One difference between two models, with both sides inside. Narrow it with `isChangeOf`. */
export type Change<K extends ObjectKind = ObjectKind> = Added<K> | Dropped<K> | Changed<K> | Renamed<K>;

/** A rename that the history states, such as `ALTER TABLE … RENAME COLUMN`. */
export interface RenameHint {
  readonly object: ObjectKind;
  /** Id in the base model. */
  readonly from: ObjectId;
  /** Id in the head model. */
  readonly to: ObjectId;
}

/** Whether a change is about objects of a kind; narrows both of its sides. */
export function isChangeOf<K extends ObjectKind>(change: Change, object: K): change is Change<K> {
  return change.object === object;
}
