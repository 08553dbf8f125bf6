import { catalogView, type CatalogView, type Value } from "./catalog-rows.ts";
import { sameName, type Draft } from "./draft.ts";
import { evaluate, flatten, holds, type Scope } from "./evaluate.ts";
import type { Expression, Query } from "./expression.ts";

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
function* matches(query: Query, scope: Scope, index = 0): Generator<Scope | null> {
  const source = query.sources[index];
  if (!source) {
    const kept = query.where ? holds(query.where, scope) : true;
    if (kept !== false) yield kept === null ? null : scope;
    return;
  }
  const view = source.name && source.name.database === undefined && !source.optional ? catalogView(source.name) : null;
  if (!view) {
    yield null;
    return;
  }
  const alias = source.alias ?? source.name?.name ?? "";
  const conditions = [source.on, query.where].flatMap((condition) => (condition ? flatten(condition, "and") : []));
  const hint = hintFor(view, { alias, conditions, scope });
  for (const row of view.rows(scope.draft, hint)) {
    if (scope.budget.left-- <= 0) {
      yield null;
      return;
    }
    const inner: Scope = { ...scope, rows: [{ alias, row }, ...scope.rows] };
    const joined = source.on ? holds(source.on, inner) : true;
    if (joined === false) continue;
    if (joined === null) yield null;
    else yield* matches(query, inner, index + 1);
  }
}

interface HintInput {
  readonly alias: string;
  readonly conditions: readonly Expression[];
  readonly scope: Scope;
}

/** Values that the conditions fix for columns a catalog view can be entered by. */
function hintFor(
  view: CatalogView,
  { alias, conditions, scope }: HintInput,
): { name?: string; object?: number; table?: string } {
  const hint: { name?: string; object?: number; table?: string } = {};
  for (const condition of conditions) {
    if (condition.kind !== "compare" || condition.operator !== "=") continue;
    for (const [side, other] of [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ] as const) {
      if (side.kind !== "column" || (side.source !== undefined && !sameName(side.source, alias))) continue;
      const column = side.name.toLowerCase();
      if (column !== view.nameColumn && column !== view.objectColumn && column !== view.tableColumn) continue;
      const value = evaluate(other, scope);
      if (column === view.nameColumn && typeof value === "string") hint.name = value;
      if (column === view.objectColumn && typeof value === "number") hint.object = value;
      if (column === view.tableColumn && typeof value === "string") hint.table = value;
    }
  }
  return hint;
}
