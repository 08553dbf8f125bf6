import type { ModelObject, SchemaModel, Table, View } from "../model.ts";
import type { ObjectId } from "../object-id.ts";
import type { RenameHint } from "../change.ts";
import { columnCertainty } from "./column-certainty.ts";
import { GUESS_LIMIT, matchLists } from "./match-lists.ts";
import type { MatchRules } from "./match-lists.ts";
import { collectNames } from "./names.ts";
import type { Names } from "./names.ts";
import { differingFields } from "./own-fields.ts";
import type { Pair } from "./own-fields.ts";
import {
  compositeCertainty,
  definitionCertainty,
  domainCertainty,
  enumCertainty,
  inputTypes,
  rangeCertainty,
  routineCertainty,
  schemaCertainty,
  sequenceCertainty,
  viewCertainty,
} from "./rename-certainty.ts";
import { tableCertainty } from "./table-certainty.ts";

/** The same object in both models. */
export interface Match extends Pair {
  readonly certainty: number;
  /** The relation it is nested in, in the head model. */
  readonly parentAfter?: Table | View;
}
/** An object that only one model has. */
export interface Unmatched {
  readonly object: ModelObject;
  readonly parent?: ObjectId;
}
export interface ModelMatch {
  readonly matches: readonly Match[];
  readonly dropped: readonly Unmatched[];
  readonly added: readonly Unmatched[];
  readonly names: Names;
}

/**
 * Finds which object of one model is which of the other. What others refer to is matched first: schemas, types,
 * tables, columns; so that a rename is known when the objects that mention it are compared.
 */
export function matchModels(base: SchemaModel, head: SchemaModel, renames: readonly RenameHint[]): ModelMatch {
  const names = collectNames();
  const matches: Match[] = [];
  const dropped: Unmatched[] = [];
  const added: Unmatched[] = [];
  const hints = new Map(renames.map(({ object, from, to }) => [`${object}\0${from}`, to]));

  function match<T extends ModelObject>(before: readonly T[], after: readonly T[], guess: Guess<T>): void {
    const { nesting, ...rules } = guess;
    const result = matchLists<T>(before, after, {
      ...rules,
      hinted: (object) => hints.get(`${object.kind}\0${object.id}`),
      keyBefore: (object) => keyOf(object, (schema) => names.schema(schema)),
      keyAfter: (object) => keyOf(object, (schema) => schema),
    });
    for (const pair of result.matched) {
      names.learn(pair.before, pair.after, nesting?.before.id);
      matches.push({ ...pair, ...(nesting && { parent: nesting.before.id, parentAfter: nesting.after }) });
    }
    for (const object of result.dropped) dropped.push({ object, ...(nesting && { parent: nesting.before.id }) });
    for (const object of result.added) added.push({ object, ...(nesting && { parent: nesting.after.id }) });
  }

  match(base.schemas, head.schemas, { certainty: schemaCertainty(base, head) });
  match(base.extensions, head.extensions, { certainty: () => 0 });
  match(base.enums, head.enums, { certainty: enumCertainty });
  match(base.domains, head.domains, { certainty: domainCertainty(names) });
  match(base.composites, head.composites, { certainty: compositeCertainty(names) });
  match(base.ranges, head.ranges, { certainty: rangeCertainty });
  match(base.tables, head.tables, tableCertainty(base.tables, names));
  match(base.views, head.views, { certainty: viewCertainty(names) });
  const relations = matches.flatMap(relationPair);
  for (const nesting of relations) {
    const { before, after } = nesting;
    match(before.columns, after.columns, { certainty: columnCertainty(before, after, names), nesting });
  }
  match(base.sequences, head.sequences, { certainty: sequenceCertainty(names) });
  match(base.routines, head.routines, { certainty: routineCertainty(names) });
  for (const nesting of relations) {
    const { before, after } = nesting;
    const sameDefinition = (one: ModelObject, other: ModelObject) =>
      isDefinedAlike({ before: one, after: other, parent: before.id }, names) ? GUESS_LIMIT : 0;
    if (before.kind === "table" && after.kind === "table") {
      match(before.constraints, after.constraints, { certainty: sameDefinition, nesting });
      match(before.policies, after.policies, { certainty: sameDefinition, nesting });
    }
    match(before.indexes, after.indexes, { certainty: sameDefinition, nesting });
    match(before.triggers, after.triggers, { certainty: sameDefinition, nesting });
  }
  match(base.others, head.others, { certainty: definitionCertainty(names) });
  return { matches, dropped, added, names };
}

/** How to guess, and what the lists are nested in. */
interface Guess<T> extends Pick<MatchRules<T>, "certainty" | "candidates"> {
  readonly nesting?: Nesting;
}

interface Nesting {
  readonly before: Table | View;
  readonly after: Table | View;
}

function relationPair({ before, after }: Match): readonly Nesting[] {
  const isRelation = before.kind === "table" || before.kind === "view";
  return isRelation && (after.kind === "table" || after.kind === "view") ? [{ before, after }] : [];
}

/** Whether two nested objects differ in nothing but name and comment. */
function isDefinedAlike(pair: Pair, names: Names): boolean {
  if (pair.before.kind !== pair.after.kind) return false;
  return differingFields(pair, names).every((field) => field === "comment");
}

/** What makes two objects the same without a guess. A table is known by schema and name, what is nested by its name. */
function keyOf(object: ModelObject, schemaOf: (schema: string) => string): string {
  switch (object.kind) {
    case "schema":
      return schemaOf(object.name);
    case "enum":
    case "domain":
    case "composite":
    case "range":
    case "sequence":
    case "table":
    case "view":
      return `${schemaOf(object.schema)}\0${object.name}`;
    case "routine":
      return `${schemaOf(object.schema)}\0${object.name}\0${inputTypes(object).join("\0")}`;
    case "extension":
    case "column":
      return object.name;
    case "primary key":
    case "unique":
    case "foreign key":
    case "check":
    case "exclude":
    case "index":
    case "trigger":
    case "policy":
      return `${object.kind}\0${object.name}`;
    default:
      return `${object.kind}\0${object.id}`;
  }
}
