import { isChangeOf } from "../change.ts";
import type { Change, Changed, Renamed } from "../change.ts";
import type { Column, ModelObject, ObjectKind } from "../model.ts";
import { compareTypes } from "./type-change.ts";

/** Why a program that worked on the base may fail on the head. */
export interface Breakage {
  /** Whom it hits: those who read, those who write, or both. */
  readonly who: "readers" | "writers" | "both";
  /** One sentence without a full stop. */
  readonly reason: string;
}

/** Kinds that programs name: dropping or renaming one breaks whoever says the name. */
const named: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  ...(["schema", "extension", "enum", "domain", "composite", "range", "sequence", "table", "view", "routine"] as const),
  ...(["column", "operator", "cast", "collation", "synonym", "text search configuration"] as const),
]);

/** Why a change may break a program, or null when it breaks none. Judged by the schema alone, not by who uses it. */
export function breakageOf(change: Change): Breakage | null {
  switch (change.kind) {
    case "dropped":
      return dropped(change.before);
    case "added":
      return added(change.after);
    case "renamed":
      if (!named.has(change.object)) return changed(change);
      return { who: "both", reason: "programs that use the old name fail" };
    case "changed":
      return changed(change);
    default:
      return change satisfies never;
  }
}

export function isBreaking(change: Change): boolean {
  return breakageOf(change) !== null;
}

function dropped(object: ModelObject): Breakage | null {
  if (named.has(object.kind)) return { who: "both", reason: "programs that use it fail" };
  if (object.kind === "primary key" || object.kind === "unique" || (object.kind === "index" && object.unique)) {
    return { who: "writers", reason: "equal rows become possible and ON CONFLICT on its columns fails" };
  }
  if (object.kind === "policy") return { who: "both", reason: "other rows may be seen and written" };
  return null;
}

function added(object: ModelObject): Breakage | null {
  switch (object.kind) {
    case "column":
      if (fillsItself(object)) return null;
      return { who: "writers", reason: "an INSERT that does not name this required column fails" };
    case "primary key":
    case "unique":
    case "exclude":
    case "check":
    case "foreign key":
      return { who: "writers", reason: "rows that were accepted are refused" };
    case "index":
      return object.unique ? { who: "writers", reason: "rows that were accepted are refused" } : null;
    case "policy":
      return { who: "both", reason: "other rows may be seen and written" };
    default:
      return null;
  }
}

function changed(change: Changed | Renamed): Breakage | null {
  const has = (field: string) => change.fields.includes(field);
  if (isChangeOf(change, "column")) return changedColumn(change.before, change.after, has);
  if (isChangeOf(change, "enum") && change.before.labels.some((label) => !change.after.labels.includes(label))) {
    return { who: "both", reason: "programs that use a label that is gone fail" };
  }
  if (isChangeOf(change, "domain") && (has("base") || has("checks") || has("nullable"))) {
    return { who: "writers", reason: "values that were accepted may be refused" };
  }
  if (isChangeOf(change, "composite") && has("attributes")) {
    return { who: "both", reason: "programs that build or read its values may fail" };
  }
  if (isChangeOf(change, "table") && has("rowSecurity") && change.after.rowSecurity) {
    return { who: "both", reason: "rows that no policy allows disappear" };
  }
  if (isChangeOf(change, "routine") && (has("arguments") || has("returns"))) {
    return { who: "readers", reason: "calls that fitted may not fit" };
  }
  if (isChangeOf(change, "policy")) return { who: "both", reason: "other rows may be seen and written" };
  if (isTightened(change, has)) return { who: "writers", reason: "rows that were accepted may be refused" };
  return losesGrant(change) ? { who: "both", reason: "a role loses a right" } : null;
}

function changedColumn(before: Column, after: Column, has: (field: string) => boolean): Breakage | null {
  const type = has("type") ? compareTypes(before.type, after.type) : "same";
  if (type === "narrowed") return { who: "writers", reason: "values that fitted may not fit" };
  if (type === "converted") return { who: "both", reason: "programs get and must give another type" };
  if (before.nullable && !after.nullable) return { who: "writers", reason: "NULL is refused" };
  if (!before.nullable && after.nullable) return { who: "readers", reason: "NULL may be read where there was none" };
  if (after.generated && !before.generated)
    return { who: "writers", reason: "a value for a generated column is refused" };
  if (after.identity?.always && !before.identity?.always) {
    return { who: "writers", reason: "a value for an identity column is refused" };
  }
  if (fillsItself(before) && !fillsItself(after)) {
    return { who: "writers", reason: "an INSERT that does not name this required column fails" };
  }
  return null;
}

function fillsItself({ nullable, default: fallback, identity, generated }: Column): boolean {
  return nullable || fallback !== undefined || identity !== undefined || generated !== undefined;
}

/** Whether a constraint or unique index says something else than before. Validating one, or renaming it, does not. */
function isTightened({ object, after }: Changed | Renamed, has: (field: string) => boolean): boolean {
  const isConstraint = ["primary key", "unique", "exclude", "check", "foreign key"].includes(object);
  const isUnique = after.kind === "index" && after.unique;
  const says = ["columns", "enforced", "expression", "keys", "match", "nullsNotDistinct", "predicate", "references"];
  return (isConstraint || isUnique) && [...says, "unique"].some(has);
}

function losesGrant({ before, after }: Changed | Renamed): boolean {
  if (!("grants" in before) && !("grants" in after)) return false;
  const rights = (object: ModelObject) =>
    "grants" in object
      ? (object.grants ?? []).flatMap(({ grantee, privileges, columns }) =>
          privileges.map((privilege) => `${grantee} ${privilege} ${columns?.join() ?? ""}`),
        )
      : [];
  const kept = new Set(rights(after));
  return rights(before).some((right) => !kept.has(right));
}
