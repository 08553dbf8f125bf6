import type { SchemaModel } from "../model.ts";

export interface AlignOptions {
  /** Whether two different texts of a field say the same in the dialect. `kind` is the object's, such as `view`. */
  readonly isSame: (
    live: string,
    committed: string,
    place: { readonly field: string; readonly kind: string },
  ) => boolean;
}

/**
 * The live model in the words of the committed one: a text that `isSame` holds for the same is replaced by the
 * committed spelling; owners and rights that the committed scripts do not state are the environment's and left out.
 * What is left different is a difference.
 */
export function alignSpelling(live: SchemaModel, committed: SchemaModel, { isSame }: AlignOptions): SchemaModel {
  const statesGrants = JSON.stringify(committed).includes('"grants":');
  const aligner = { isSame, statesGrants };
  const lists = Object.entries(live).map(([name, value]: [string, unknown]) => {
    const counterpart: unknown = Object.entries(committed).find(([other]) => other === name)?.[1];
    return [name, Array.isArray(value) && Array.isArray(counterpart) ? list(aligner, value, counterpart) : value];
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Every list keeps its objects; only texts in them are replaced by texts.
  return Object.fromEntries(lists) as SchemaModel;
}

interface Aligner extends AlignOptions {
  readonly statesGrants: boolean;
}

/** SQL text in a model: what a server prints in its own way. */
const TEXTS: ReadonlySet<string> = new Set([
  "body",
  "bound",
  "check",
  "default",
  "definition",
  "expression",
  "onUpdate",
  "partitionKey",
  "predicate",
  "using",
  "when",
]);

function list(aligner: Aligner, live: readonly unknown[], committed: readonly unknown[]): readonly unknown[] {
  const byId = new Map(committed.flatMap((one) => (isRecord(one) ? [[keyOf(one), one] as const] : [])));
  return live.map((one) => {
    const counterpart = isRecord(one) ? byId.get(keyOf(one)) : undefined;
    return isRecord(one) && counterpart ? object(aligner, one, counterpart) : one;
  });
}

function object(aligner: Aligner, live: Fields, committed: Fields): Fields {
  const kind = String(live["kind"]);
  const aligned = Object.entries(live).flatMap(([field, value]): [string, unknown][] => {
    const counterpart = committed[field];
    if (field === "owner" && counterpart === undefined) return [];
    if (field === "grants" && !aligner.statesGrants) return [];
    return [[field, part(aligner, { value, counterpart, field, kind })]];
  });
  return Object.fromEntries(aligned);
}

interface Part {
  readonly value: unknown;
  readonly counterpart: unknown;
  readonly field: string;
  readonly kind: string;
}

function part(aligner: Aligner, { value, counterpart, field, kind }: Part): unknown {
  if (typeof value === "string" && typeof counterpart === "string") {
    const isText = TEXTS.has(field) && value !== counterpart;
    return isText && aligner.isSame(value, counterpart, { field, kind }) ? counterpart : value;
  }
  if (Array.isArray(value) && Array.isArray(counterpart)) {
    const haveIds = value.every((one) => isRecord(one) && typeof one["id"] === "string");
    if (haveIds) return list(aligner, value, counterpart);
    if (value.length !== counterpart.length) return value;
    return value.map((one: unknown, at): unknown =>
      part(aligner, { value: one, counterpart: counterpart[at], field, kind }),
    );
  }
  if (!isRecord(value) || !isRecord(counterpart)) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
    name,
    part(aligner, { value: inner, counterpart: counterpart[name], field: name, kind }),
  ]);
  return Object.fromEntries(entries);
}

type Fields = Readonly<Record<string, unknown>>;

const keyOf = (one: Fields): string => `${String(one["kind"])} ${String(one["id"])}`;

const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
