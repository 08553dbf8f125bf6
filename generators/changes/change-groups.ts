import type { Change } from "#schemas/change.ts";
import { isImplied } from "#schemas/diff/describe-change.ts";
import type { ObjectId } from "#schemas/object-id.ts";

/** What changed in one table or view, or one object that stands alone. */
export interface ChangeGroup {
  /** The table's or view's id where something nested in it changed; absent for an object that stands alone. */
  readonly relation?: ObjectId;
  readonly changes: readonly Change[];
}

/**
 * Changes as a reader takes them in: objects that stand alone in the order one applies them, then each table with
 * what changed in it. Implied changes are left out.
 */
export function groupChanges(changes: readonly Change[]): readonly ChangeGroup[] {
  const told = changes.filter((change) => !isImplied(change));
  const relations = new Map<ObjectId, Change[]>();
  for (const change of told) {
    if (change.parent !== undefined) relations.set(change.parent, []);
  }
  const alone: ChangeGroup[] = [];
  for (const change of told) {
    const isRelation = change.object === "table" || change.object === "view";
    const group = relations.get(change.parent ?? (isRelation ? change.id : ""));
    if (group) group.push(change);
    else alone.push({ changes: [change] });
  }
  const nested = [...relations].map(([relation, list]) => ({ relation, changes: list }));
  return [...alone, ...nested.sort((one, other) => (one.relation < other.relation ? -1 : 1))];
}

/** The sign that stands before a change. */
export function signOf(change: Change): "+" | "−" | "~" {
  if (change.kind === "added") return "+";
  return change.kind === "dropped" ? "−" : "~";
}
