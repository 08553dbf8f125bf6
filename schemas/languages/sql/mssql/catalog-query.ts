import type { Hint, Value } from "./catalog-rows.ts";
import { catalogView, type CatalogView } from "./catalog-views.ts";
import { sameName, type Draft } from "./draft.ts";
import { evaluate, flatten, holds, type Scope } from "./evaluate.ts";
import type { Expression, Query, Source } from "./expression.ts";

/** Rows of the catalog that one condition may look at before it counts as undecided. */
const MOST_ROWS = 20_000;

export function newScope(draft: Draft, variables: ReadonlyMap<string, Value>): Scope {
  return { draft, variables, rows: [], budget: { left: MOST_ROWS }, queries: { exists, firstValue } };
}

/** Whether a query over the catalog has a row. */
function exists(query: Query, scope: Scope): boolean | null {
  if (query.isOpaque || query.sources.length === 0) return null;
  let isKnown = true;
  for (const found of matches(query, scope)) {
    if (found === null) isKnown = false;
    else return true;
  }
  return isKnown ? false : null;
}

/** The first item of the first row; `COUNT(*)` counts them. Null when there is no row. */
function firstValue(query: Query, scope: Scope): Value {
  const [item] = query.items;
  if (!item) return undefined;
  return queryValue(query, item.value, scope);
}

/** What `item` is on the first row that `query` finds. */
export function queryValue(query: Query, item: Expression, scope: Scope): Value {
  if (query.sources.length === 0) return evaluate(item, scope);
  if (query.isOpaque) return undefined;
  const counts = item.kind === "call" && /^count(?:_big)?$/i.test(item.name);
  let count = 0;
  for (const found of matches(query, scope)) {
    if (found === null) return undefined;
    if (!counts) return evaluate(item, found);
    count++;
  }
  return counts ? count : null;
}

/** Scopes of the rows a query finds; null for a row or source that is not decided. */
function* matches(query: Query, scope: Scope): Generator<Scope | null> {
  const conditions = [...query.sources.map(({ on }) => on), query.where].flatMap((condition) =>
    condition ? flatten(condition, "and") : [],
  );
  yield* joined({ sources: inOrder(query, { conditions, scope }), conditions }, scope);
}

interface Joined {
  readonly sources: readonly Source[];
  readonly conditions: readonly Expression[];
}

function* joined({ sources, conditions }: Joined, scope: Scope): Generator<Scope | null> {
  const [source, ...rest] = sources;
  if (!source) {
    const results = conditions.map((condition) => holds(condition, scope));
    if (!results.includes(false)) yield results.includes(null) ? null : scope;
    return;
  }
  const view = viewOf(source);
  if (!view) {
    yield null;
    return;
  }
  const alias = aliasOf(source);
  const hint = hintFor(view, alias, { conditions, scope });
  if (!hint) return;
  for (const row of view.rows(scope.draft, hint)) {
    if (scope.budget.left-- <= 0) {
      yield null;
      return;
    }
    yield* joined({ sources: rest, conditions }, { ...scope, rows: [{ alias, row }, ...scope.rows] });
  }
}

const aliasOf = ({ alias, name }: Source): string => alias ?? name?.name ?? "";

const viewOf = ({ name, optional }: Source): CatalogView | null =>
  name && name.database === undefined && !optional ? catalogView(name) : null;

interface Conditions {
  readonly conditions: readonly Expression[];
  readonly scope: Scope;
}

/** Where all must have a row, those that a value finds come first, and those that no rule here knows last. */
function inOrder({ sources }: Query, input: Conditions): readonly Source[] {
  if (sources.length < 2 || sources.some(({ optional }) => optional)) return sources;
  const rank = (source: Source): number => {
    const view = viewOf(source);
    if (!view) return 2;
    const hint = hintFor(view, aliasOf(source), input);
    return hint === null || Object.keys(hint).length > 0 ? 0 : 1;
  };
  return sources
    .map((source) => ({ source, rank: rank(source) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ source }) => source);
}

/** Values that the conditions fix for columns a catalog view can be entered by; null when no row can fulfil them. */
function hintFor(view: CatalogView, alias: string, { conditions, scope }: Conditions): Hint | null {
  const hint: { name?: string; object?: number; parent?: number; table?: string } = {};
  for (const condition of conditions) {
    if (condition.kind !== "compare" || condition.operator !== "=") continue;
    for (const [side, other] of [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ] as const) {
      if (side.kind !== "column" || (side.source !== undefined && !sameName(side.source, alias))) continue;
      const column = side.name.toLowerCase();
      const key = Object.hasOwn(view.keys, column) ? view.keys[column] : undefined;
      if (key === undefined) continue;
      const value = evaluate(other, scope);
      // OBJECT_ID of what is not there is NULL, which equals nothing.
      if (value === null) return null;
      if ((key === "name" || key === "table") && typeof value === "string") hint[key] = value.trimEnd();
      // Objects that belong to none have the parent 0.
      if ((key === "object" || key === "parent") && typeof value === "number" && value !== 0) hint[key] = value;
    }
  }
  return hint;
}
