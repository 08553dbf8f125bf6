import type { ModelObject } from "../model.ts";
import type { ObjectId } from "../object-id.ts";

/** A guess below this certainty is no rename: the objects count as dropped and added. */
export const RENAME_THRESHOLD = 0.65;

/** No guess is certain: only the history is. */
export const GUESS_LIMIT = 0.95;

export interface Matched<T> {
  readonly before: T;
  readonly after: T;
  /** 1 when they have the same identity or the history says so, else the certainty of the guess. */
  readonly certainty: number;
}

export interface ListMatch<T> {
  readonly matched: readonly Matched<T>[];
  /** In the order of their lists. */
  readonly dropped: readonly T[];
  readonly added: readonly T[];
}

export interface MatchRules<T> {
  /** What makes two objects the same without a guess, as expected in the head model. */
  readonly keyBefore: (object: T) => string;
  readonly keyAfter: (object: T) => string;
  /** The head id of an object whose rename the history states. */
  readonly hinted: (object: T) => ObjectId | undefined;
  /** Certainty that one became the other, 0 to 1. Called for objects that nothing else matches. */
  readonly certainty: (before: T, after: T) => number;
  /** Those of the new objects that may pass the threshold at all. Default: every one. */
  readonly candidates?: (before: T, added: ReadonlySet<T>) => Iterable<T>;
}

/** Pairs two lists: first what the history says, then equal keys, then the surest guesses. */
export function matchLists<T extends ModelObject>(
  before: readonly T[],
  after: readonly T[],
  rules: MatchRules<T>,
): ListMatch<T> {
  const matched: Matched<T>[] = [];
  const left = new Set(before);
  const right = new Set(after);
  function pair(one: T, other: T, certainty: number): void {
    left.delete(one);
    right.delete(other);
    matched.push({ before: one, after: other, certainty });
  }

  for (const object of before) {
    const id = rules.hinted(object);
    const hinted = id === undefined ? undefined : after.find((other) => other.id === id && other.kind === object.kind);
    if (hinted && right.has(hinted)) pair(object, hinted, 1);
  }
  const afterByKey = new Map([...right].map((object) => [rules.keyAfter(object), object]));
  for (const object of left) {
    const same = afterByKey.get(rules.keyBefore(object));
    if (same && right.has(same)) pair(object, same, 1);
  }
  for (const guess of guesses(left, right, rules)) {
    if (left.has(guess.before) && right.has(guess.after)) pair(guess.before, guess.after, guess.certainty);
  }
  return { matched, dropped: [...left], added: [...right] };
}

/** Every possible rename, surest first; ties in the order of the lists. */
function guesses<T>(before: ReadonlySet<T>, after: ReadonlySet<T>, rules: MatchRules<T>): readonly Matched<T>[] {
  const found: Matched<T>[] = [];
  for (const one of before) {
    for (const other of rules.candidates?.(one, after) ?? after) {
      const certainty = Math.round(Math.min(rules.certainty(one, other), GUESS_LIMIT) * 100) / 100;
      if (certainty >= RENAME_THRESHOLD) found.push({ before: one, after: other, certainty });
    }
  }
  return found.sort((one, other) => other.certainty - one.certainty);
}
