import type { Column, ForeignKey, ModelObject, Table, View } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { KnownTexts } from "#generators/ai/kept-texts.ts";
import { describeColumnOffline } from "./describe-column.ts";
import { describeTypeOffline } from "./describe-type.ts";
import { describeViewOffline } from "./describe-view.ts";
import { describeRoutineOffline } from "./describe-routine.ts";
import { describeSequenceOffline } from "./describe-sequence.ts";
import { describeTableOffline } from "./describe-table.ts";
import { describeExtensionOffline } from "./known-extensions.ts";
import { code, type Prose } from "./prose.ts";

/** Who wrote a description: a person, the comment in the DDL, a language model, or our own rules. */
export type DescriptionSource = "person" | "comment" | "ai" | "generated";

export interface Description {
  readonly prose: Prose;
  readonly source: DescriptionSource;
}

/** What a description may be made of. */
export interface DescribeContext {
  readonly index: ModelIndex;
  /** Texts a person wrote in the configuration, by object id. */
  readonly descriptions: Readonly<Record<ObjectId, string>>;
  /** Texts of a language model, and what a person made of them. */
  readonly known?: KnownTexts["texts"];
}

type TypeObject = Extract<ModelObject, { readonly kind: "enum" | "domain" | "composite" | "range" }>;
type SequenceObject = Extract<ModelObject, { readonly kind: "sequence" }>;
type ExtensionObject = Extract<ModelObject, { readonly kind: "extension" }>;
type RoutineObject = Extract<ModelObject, { readonly kind: "routine" }>;

/** What a table or view is. Every generated claim can be read off the model. */
export function describeTable(context: DescribeContext, table: Table | View): Description {
  return describe(context, table, () =>
    table.kind === "view" ? describeViewOffline(context.index, table) : describeTableOffline(context.index, table),
  );
}

/** What a column holds. `owner` is the table or view it belongs to. */
export function describeColumn(context: DescribeContext, column: Column, owner: Table | View): Description {
  return describe(context, column, () => describeColumnOffline(context.index, column, owner));
}

/** What an enum, domain, composite or range is for. */
export function describeType(context: DescribeContext, type: TypeObject): Description {
  return describe(context, type, () => describeTypeOffline(context.index, type));
}

/** What a function or procedure takes and gives. */
export function describeRoutine(context: DescribeContext, routine: RoutineObject): Description {
  return describe(context, routine, () => describeRoutineOffline(context.index, routine));
}

/** Which numbers a sequence gives, and to whom. */
export function describeSequence(context: DescribeContext, sequence: SequenceObject): Description {
  return describe(context, sequence, () => describeSequenceOffline(context.index, sequence));
}

/** What an extension adds to the engine. */
export function describeExtension(context: DescribeContext, extension: ExtensionObject): Description {
  return describe(context, extension, () => describeExtensionOffline(extension));
}

/** What a person, the comment or a model says of a reference; null when nobody does: its keys say the rest. */
export function describeReference(context: DescribeContext, reference: ForeignKey): Description | null {
  return writtenDescription(context, reference) ?? knownDescription(context, reference);
}

/** A person's text, else the comment, else what the rules say. Null when there is neither text nor comment. */
export function writtenDescription(
  { descriptions }: Pick<DescribeContext, "descriptions">,
  { id, comment }: { readonly id: ObjectId; readonly comment?: string },
): Description | null {
  const person = Object.hasOwn(descriptions, id) ? descriptions[id]?.trim() : undefined;
  if (person) return { prose: [person], source: "person" };
  const written = comment?.trim();
  return written ? { prose: [written], source: "comment" } : null;
}

/** What a model wrote, or a person in its place; null when there is nothing. */
export function knownDescription(
  { known = {} }: Pick<DescribeContext, "known">,
  { id }: { readonly id: ObjectId },
): Description | null {
  const kept = Object.hasOwn(known, id) ? known[id] : undefined;
  if (!kept) return null;
  // What stands in backticks is a name that was found in the model.
  const parts = kept.text.split(/`([^`]+)`/);
  const prose = parts.flatMap((part, at): Prose => (part === "" ? [] : [at % 2 === 1 ? code(part) : part]));
  return { prose, source: kept.by };
}

const described = new WeakMap<DescribeContext, WeakMap<object, Description>>();

/** Pages, lists and data files say the same of an object, so it is put into words once. */
function describe(
  context: DescribeContext,
  object: { readonly id: ObjectId; readonly comment?: string },
  offline: () => Prose,
): Description {
  const known = described.get(context) ?? new WeakMap<object, Description>();
  described.set(context, known);
  const description = known.get(object) ??
    writtenDescription(context, object) ??
    knownDescription(context, object) ?? { prose: offline(), source: "generated" };
  known.set(object, description);
  return description;
}
