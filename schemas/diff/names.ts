import type { ModelObject, ObjectKind } from "../model.ts";
import type { ObjectId } from "../object-id.ts";
import { sqlWords } from "./sql-words.ts";
import type { SqlWord } from "./sql-words.ts";

/** What refers to the same thing: a foreign key may point at any relation, a column at any type. */
type Space = "schema" | "relation" | "type" | "routine" | "column";

/** What is called how in the head model. Filled while objects are matched. */
export interface Names {
  /** Records that `before` is `after`; `parent` is the base id of the table or view they are nested in. */
  learn(before: ModelObject, after: ModelObject, parent?: ObjectId): void;
  /** The head id of an object of the base; the same id when it was not renamed. */
  id(space: Space, id: ObjectId): ObjectId;
  /** The head name of a column of a relation of the base. */
  column(relation: ObjectId | undefined, name: string): string;
  schema(name: string): string;
  /** Whether something called `before` is called `after` now. */
  isRenamed(before: string, after: string): boolean;
  /** Whether two printed SQL texts are equal but for names that changed. `own` is the text's own object. */
  isSameText(before: string, after: string, own?: readonly [before: string, after: string]): boolean;
}

export function collectNames(): Names {
  const ids = new Map<string, ObjectId>();
  const columns = new Map<string, string>();
  const schemas = new Map<string, string>();
  const words = new Map<string, Set<string>>();

  function rename(before: string, after: string): void {
    if (before !== after) words.set(before, (words.get(before) ?? new Set()).add(after));
  }
  function isRenamed(before: string, after: string): boolean {
    return words.get(before)?.has(after) ?? false;
  }
  return {
    learn(before, after, parent) {
      const space = spaceOf(before.kind);
      if (space && before.id !== after.id) ids.set(`${space}\0${before.id}`, after.id);
      if (before.kind === "column" && before.name !== after.name) columns.set(`${parent}\0${before.name}`, after.name);
      if (before.kind === "schema") schemas.set(before.name, after.name);
      rename(before.name, after.name);
      if ("schema" in before && "schema" in after && before.schema !== undefined && after.schema !== undefined) {
        rename(before.schema, after.schema);
      }
    },
    id: (space, id) => ids.get(`${space}\0${id}`) ?? id,
    column: (relation, name) => columns.get(`${relation}\0${name}`) ?? name,
    schema: (name) => schemas.get(name) ?? name,
    isRenamed,
    isSameText(before, after, own) {
      if (before === after) return true;
      if (words.size === 0 && (own === undefined || own[0] === own[1])) return false;
      const isName = (old: string, now: string) => isRenamed(old, now) || (old === own?.[0] && now === own[1]);
      return sameWords(sqlWords(before), sqlWords(after), isName);
    },
  };
}

function spaceOf(kind: ObjectKind): Space | undefined {
  switch (kind) {
    case "schema":
    case "routine":
    case "column":
      return kind;
    case "table":
    case "view":
      return "relation";
    case "enum":
    case "domain":
    case "composite":
    case "range":
      return "type";
    default:
      return undefined;
  }
}

function sameWords(
  before: readonly SqlWord[],
  after: readonly SqlWord[],
  isName: (old: string, now: string) => boolean,
): boolean {
  let left = 0;
  let right = 0;
  while (left < before.length && right < after.length) {
    const old = before[left];
    const now = after[right];
    if (!old || !now || old.kind !== now.kind) return false;
    left += 1;
    right += 1;
    if (old.text === now.text) continue;
    if (old.kind === "string") {
      // nextval('sales.orders_id_seq'::regclass) holds a name in a string.
      if (!isRegclass(before, left) || !sameWords(sqlWords(old.text), sqlWords(now.text), isName)) return false;
      continue;
    }
    if (old.kind !== "name" || !isName(old.text, now.text)) return false;
    // A view keeps its column's name when the column it reads is renamed: `o.state` becomes `o.status AS state`.
    if (isAlias(after, right, old.text) && !isAlias(before, left, old.text)) right += 2;
    else if (isAlias(before, left, now.text) && !isAlias(after, right, now.text)) left += 2;
  }
  return left === before.length && right === after.length;
}

function isAlias(words: readonly SqlWord[], at: number, name: string): boolean {
  return words[at]?.text.toLowerCase() === "as" && words[at + 1]?.text === name;
}

function isRegclass(words: readonly SqlWord[], at: number): boolean {
  return words[at]?.text === ":" && words[at + 1]?.text === ":" && words[at + 2]?.text === "regclass";
}
