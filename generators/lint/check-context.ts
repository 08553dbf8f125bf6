import type { checksShape, LintConfig } from "#schemas/config/lint.ts";
import type { ModelObject, Table, View } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { objectPattern } from "#schemas/object-pattern.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Chapter } from "../domains/chapter.ts";
import type { Labels } from "../documented/labels.ts";

export type CheckName = keyof typeof checksShape;

/** What the checks of documentation look at. */
export interface CheckContext {
  readonly index: ModelIndex;
  readonly config: LintConfig;
  /** Texts a person wrote in the configuration, which count as comments. */
  readonly descriptions: Readonly<Record<ObjectId, string>>;
  readonly labels: Labels;
  readonly viewpoints: readonly Chapter[];
}

/** What a check has to say about one object. */
export interface Remark {
  readonly check: CheckName;
  readonly about: ModelObject;
  readonly message: string;
  readonly help?: string;
}

/** Tables and views that a check looks at: not those that lint or the check leaves out. Partitions follow their parent. */
export function checkedRelations(
  { index, config }: CheckContext,
  excluded: readonly string[],
): readonly (Table | View)[] {
  const { model } = index;
  const out = [...config.exclude, ...excluded].map((pattern) => objectPattern(pattern, model.dialect));
  const relations = [...model.tables.filter((table) => !table.partitionOf), ...model.views];
  return relations.filter(({ id }) => !out.some(({ matches }) => matches(id)));
}

/** Whether names such as `id` or `orders.id` leave out what is called so in a table. */
export function isNamed(names: readonly string[], owner: Table | View, name: string): boolean {
  const full = [name, `${owner.name}.${name}`, `${owner.schema}.${owner.name}.${name}`];
  return names.some((one) => full.includes(one));
}

export function isCommented(
  { descriptions }: CheckContext,
  { id, comment }: { id: ObjectId; comment?: string },
): boolean {
  const own = Object.hasOwn(descriptions, id) ? descriptions[id] : comment;
  return (own ?? "").trim() !== "";
}

/** All of the bad ones; none when `allOrNothing` is set and nothing is good. */
export function unlessNone<T>(
  all: readonly T[],
  isGood: (one: T) => boolean,
  { allOrNothing }: { readonly allOrNothing: boolean },
): readonly T[] {
  const bad = all.filter((one) => !isGood(one));
  return allOrNothing && bad.length === all.length ? [] : bad;
}
