import { isChangeOf } from "../change.ts";
import type { Change, Changed, Renamed } from "../change.ts";
import type { Column, EnumType, ModelObject, Routine, Table } from "../model.ts";
import { brief, code, counted, listed, nounOf, plain, subjectOf } from "./change-words.ts";
import type { Phrase } from "./change-words.ts";
import { byKind } from "./change-order.ts";
import { isEqual, fieldOf } from "./own-fields.ts";
import { compareTypes } from "./type-change.ts";

/** One change as a sentence without a full stop: "column `sales.orders.state` dropped". */
export function describeChange(change: Change): string {
  return plain(phraseChange(change));
}

/** The sentence in pieces, for formats that mark names up. */
export function phraseChange(change: Change): readonly Phrase[] {
  const subject: readonly Phrase[] = [`${nounOf(subjectOf(change))} `, { code: change.id }];
  switch (change.kind) {
    case "added":
      return [...subject, " added", ...contentsOf(change.after)];
    case "dropped":
      return [...subject, " dropped"];
    case "changed":
      return [...subject, " ", ...listed(describeFields(change))];
    case "renamed":
      return phraseRename(change);
    default:
      return change satisfies never;
  }
}

/** The changes in one line: "1 table added, 4 columns changed"; "no changes" for none. Implied changes do not count. */
export function summarizeChanges(changes: readonly Change[]): string {
  const counts = new Map<string, { readonly change: Change; count: number }>();
  for (const change of changes) {
    if (isImplied(change)) continue;
    const key = `${change.object} ${change.kind}`;
    const entry = counts.get(key);
    if (entry) entry.count += 1;
    else counts.set(key, { change, count: 1 });
  }
  const parts = [...counts.values()]
    .sort((one, other) => byKind(one.change, other.change))
    .map(({ change, count }) => `${counted(count, change.object)} ${change.kind}`);
  return parts.length > 0 ? parts.join(", ") : "no changes";
}

/**
 * Whether another change of the list already says it: the index of a constraint, the sequence of a serial or identity
 * column, what a partition has from its parent. Readers need not see it; `applyChanges` does need it.
 */
export function isImplied(change: Change): boolean {
  const object = subjectOf(change);
  if (object.kind === "index") return object.constraint !== undefined;
  if (object.kind === "sequence") return object.ownedBy !== undefined && !isNewsOfSequence(change);
  return "inherited" in object && object.inherited;
}

/** Only a rename or a change of its own fields is news of an owned sequence: it comes, goes and moves with its column. */
function isNewsOfSequence(change: Change): boolean {
  return change.kind === "changed" || (change.kind === "renamed" && change.before.name !== change.after.name);
}

function phraseRename(change: Renamed): readonly Phrase[] {
  const sure = change.certainty === 1 ? "" : ` (${Math.round(change.certainty * 100)} % sure)`;
  const start: readonly Phrase[] = [`${nounOf(change.before)} `, { code: change.from }];
  const moved = change.before.name === change.after.name;
  const named: Phrase = { code: change.parent ? change.after.name : change.id };
  const rename: readonly Phrase[] = [moved ? " moved to " : " renamed to ", named, sure];
  const fields = describeFields(change);
  return fields.length > 0 ? [...start, ...rename, "; ", ...listed(fields)] : [...start, ...rename];
}

/** What an added object brings along. */
function contentsOf(object: ModelObject): readonly Phrase[] {
  if (object.kind === "table") return [` with ${counted(object.columns.length, "column")}`];
  if (object.kind === "column") return [", ", code(object.type.raw), object.nullable ? "" : ", required"];
  if (object.kind === "enum") return [": ", ...listed(object.labels.map((label) => [code(label)]))];
  if (object.kind === "index") return [object.unique ? " (unique)" : ""];
  return [];
}

function describeFields(change: Changed | Renamed): readonly (readonly Phrase[])[] {
  const { before, after, fields } = change;
  if (isChangeOf(change, "enum")) return describeLabels(change.before, change.after, fields);
  const told = fields.filter((field) => field !== "definition" || fields.every((other) => !speaksFor.has(other)));
  return told.map((field) => {
    if (before.kind === "column" && after.kind === "column") return describeColumnField(field, before, after);
    if (before.kind === "table" && after.kind === "table") return describeTableField(field, before, after);
    if (before.kind === "routine" && after.kind === "routine") return describeRoutineField(field, before, after);
    return describeField(field, before, after);
  });
}

/** Fields that say what a printed definition only repeats. */
const speaksFor = new Set(
  (
    "arguments body columns command constraint deferrable enabled enforced events expression include " +
    "initiallyDeferred keys level match method nullsNotDistinct onDelete onUpdate predicate references returns " +
    "routine timing unique validated when"
  ).split(" "),
);

function describeColumnField(field: string, before: Column, after: Column): readonly Phrase[] {
  switch (field) {
    case "type": {
      const change = compareTypes(before.type, after.type);
      const verb = change === "widened" || change === "narrowed" ? change : "changed";
      return [`${verb} from `, code(before.type.raw), " to ", code(after.type.raw)];
    }
    case "nullable":
      return [after.nullable ? "made optional (allows NULL)" : "made required (NOT NULL)"];
    case "position":
      return [`moved from position ${before.position} to ${after.position}`];
    case "identity":
      if (!before.identity) return ["made an identity column"];
      return [after.identity ? "identity changed" : "no longer an identity column"];
    case "generated":
      if (!after.generated) return ["no longer generated"];
      return [before.generated ? "now generated as " : "made a generated column: ", code(after.generated.expression)];
    default:
      return describeField(field, before, after);
  }
}

function describeTableField(field: string, before: Table, after: Table): readonly Phrase[] {
  switch (field) {
    case "rowSecurity":
      if (!before.rowSecurity) return ["row-level security enabled"];
      return [after.rowSecurity ? "row-level security changed" : "row-level security disabled"];
    case "persistence":
      return [`made ${after.persistence}`];
    case "partitionOf":
      if (!after.partitionOf) return ["detached from ", code(before.partitionOf?.parent ?? "")];
      if (before.partitionOf?.parent === after.partitionOf.parent) return ["bound now ", code(after.partitionOf.bound)];
      return ["attached to ", code(after.partitionOf.parent)];
    default:
      return describeField(field, before, after);
  }
}

function describeRoutineField(field: string, before: Routine, after: Routine): readonly Phrase[] {
  switch (field) {
    case "body":
      return ["body changed"];
    case "securityDefiner":
      return [after.securityDefiner ? "now runs with its owner's rights" : "now runs with its caller's rights"];
    case "strict":
      return [after.strict ? "now returns NULL on NULL input" : "now called on NULL input"];
    default:
      return describeField(field, before, after);
  }
}

/** Labels by what happened to them, with the place of a new one. */
function describeLabels(before: EnumType, after: EnumType, fields: readonly string[]): readonly (readonly Phrase[])[] {
  const others = fields.filter((field) => field !== "labels").map((field) => describeField(field, before, after));
  if (!fields.includes("labels")) return others;
  const renamed = renamedLabel(before.labels, after.labels);
  if (renamed) return [["label ", code(renamed[0]), " renamed to ", code(renamed[1])], ...others];
  const added = after.labels.flatMap((label, at): (readonly Phrase[])[] => {
    if (before.labels.includes(label)) return [];
    const previous = after.labels[at - 1];
    return [["label ", code(label), " added ", ...(previous === undefined ? ["first"] : ["after ", code(previous)])]];
  });
  const dropped = before.labels
    .filter((label) => !after.labels.includes(label))
    .map((label): readonly Phrase[] => ["label ", code(label), " dropped"]);
  const changes = [...added, ...dropped];
  return [...(changes.length > 0 ? changes : [["labels put in another order"]]), ...others];
}

/** The one label that another one replaces in its place. */
function renamedLabel(before: readonly string[], after: readonly string[]): readonly [string, string] | null {
  const differing = after.flatMap((label, at): (readonly [string, string])[] => {
    const old = before[at];
    return old === undefined || old === label ? [] : [[old, label]];
  });
  const [only, ...more] = differing;
  return only && more.length === 0 && before.length === after.length ? only : null;
}

/** Any field: set, dropped, or from one value to another where both are short. */
function describeField(field: string, before: ModelObject, after: ModelObject): readonly Phrase[] {
  const old = fieldOf(before, field);
  const now = fieldOf(after, field);
  const word = fieldWords[field] ?? wordsOf(field);
  if (isEqual(now, undefined)) return [`${word} dropped`];
  if (typeof old === "boolean" || typeof now === "boolean") return [now === true ? `made ${word}` : `made not ${word}`];
  if (typeof now !== "string" || isLong(now)) return [old === undefined ? `${word} added` : `${word} changed`];
  if (old === undefined) return [`${word} set to `, code(now)];
  if (typeof old !== "string" || isLong(old)) return [`${word} changed to `, code(now)];
  return [`${word} changed from `, code(old), " to ", code(now)];
}

const fieldWords: Readonly<Record<string, string>> = {
  check: "WITH CHECK",
  deferrable: "deferrable",
  dependsOn: "what it reads",
  initiallyDeferred: "initially deferred",
  notNullName: "name of the NOT NULL constraint",
  onDelete: "ON DELETE",
  onUpdate: "ON UPDATE",
  using: "USING",
  when: "WHEN",
};

/** `partitionKey` → `partition key`. */
function wordsOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function isLong(text: string): boolean {
  return brief(text) !== text;
}
