import type { ModelObject, ObjectKind } from "./model.ts";
import type { ObjectId } from "./object-id.ts";

/** An object without the objects nested in it: a table without its columns, constraints, indexes, triggers, policies. */
export type OwnFields = Readonly<Record<string, unknown>>;

interface ChangeBase {
  readonly object: ObjectKind;
  /** Id in the head model; for a dropped object, in the base model. */
  readonly id: ObjectId;
  /** The table or view a nested object belongs to, in the same model as `id`. */
  readonly parent?: ObjectId;
}
export interface Added extends ChangeBase {
  readonly kind: "added";
  readonly after: ModelObject;
}
export interface Dropped extends ChangeBase {
  readonly kind: "dropped";
  readonly before: ModelObject;
}
export interface Changed extends ChangeBase {
  readonly kind: "changed";
  /** Names of the fields that differ, sorted. Nested objects have changes of their own. */
  readonly fields: readonly string[];
  readonly before: ModelObject;
  readonly after: ModelObject;
}
export interface Renamed extends ChangeBase {
  readonly kind: "renamed";
  /** Id in the base model. */
  readonly from: ObjectId;
  /** How sure the match is, 0 to 1; 1 only when the history itself says so. */
  readonly certainty: number;
  /** Names of the fields that differ besides the name, sorted. */
  readonly fields: readonly string[];
  readonly before: ModelObject;
  readonly after: ModelObject;
}

/** One difference between two models, with both sides inside. */
export type Change = Added | Dropped | Changed | Renamed;
