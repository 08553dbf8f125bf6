import type { Body, Cte, Expr, Item, OrderItem, Query, Select } from "./ast.ts";
import { resolveExpr, resolveWindow, type ExprPlace } from "./resolve-expression.ts";
import { derivedOuter, namedColumns, NO_FROM, resolveFrom, scopeOf, type FromResult } from "./resolve-from.ts";
import {
  findSource,
  problem,
  sameName,
  type KnownCte,
  type Resolution,
  type Scope,
  type Surroundings,
  type SourceColumn,
} from "./resolve-scope.ts";
import { tableSource } from "./resolve-table-name.ts";

/** The columns that a query gives; null when some are not known. Everything in it is resolved. */
export function resolveQueryBody(
  resolution: Resolution,
  query: Query,
  around: Surroundings,
): readonly SourceColumn[] | null {
  if (query.locksRows) resolution.reasons.add("it locks rows");
  if (query.writes) resolution.reasons.add(WRITES);
  const ctes = resolveCtes(resolution, query.with, { ...around, isRecursive: query.isRecursive });
  const inner = { ...around, ctes };
  const { body } = query;
  if (body.kind === "select") {
    const selected = resolveSelect(resolution, body, inner);
    resolveOrder(resolution, query.orderBy, { selected, ctes });
    resolveLimit(resolution, query.limit, inner);
    return selected.columns;
  }
  const columns = resolveBody(resolution, body, inner);
  const scope: Scope = { sources: [{ name: "", columns }], merged: [], parent: around.outer };
  for (const { value } of query.orderBy) {
    if (!isOrdinal(value)) resolveExpr(resolution, value, { scope, ctes });
    else checkOrdinal(resolution, value, columns);
  }
  resolveLimit(resolution, query.limit, inner);
  return columns;
}

const WRITES = "it writes a file or a variable";

function resolveLimit(resolution: Resolution, limit: readonly Expr[], { ctes, outer }: Surroundings): void {
  const scope: Scope = { sources: [], merged: [], parent: resolution.grammar === "mssql" ? outer : null };
  for (const value of limit) resolveExpr(resolution, value, { scope, ctes });
}

/** The queries of WITH, each seeing those before it. */
export function resolveCtes(
  resolution: Resolution,
  list: readonly Cte[],
  around: Surroundings & { readonly isRecursive: boolean },
): readonly KnownCte[] {
  let known = around.ctes;
  const outer = derivedOuter(resolution, around.outer);
  const own = new Set<string>();
  for (const cte of list) {
    const key = cte.name.toLowerCase();
    if (own.has(key)) problem(resolution, "duplicate", cte, { message: `WITH names ${cte.name} twice` });
    own.add(key);
    const mayRecur = around.isRecursive || resolution.grammar === "mssql";
    const anchor = mayRecur ? anchorOf(cte.query.body) : null;
    const given = { ...cte, alias: cte.name };
    if (anchor) {
      // What the anchor says wrong is said again by the whole query.
      const trial: Resolution = { ...resolution, problems: [], references: [], tables: new Set(), reasons: new Set() };
      const inner = resolveCtes(trial, cte.query.with, { ctes: known, outer, isRecursive: cte.query.isRecursive });
      const columns = resolveBody(trial, anchor, { ctes: inner, outer });
      known = [...known, { name: cte.name, columns: namedColumns(trial, columns, given) }];
      resolveQueryBody(resolution, cte.query, { ctes: known, outer });
      if (columns !== null && cte.columns.length > 0 && cte.columns.length !== columns.length) {
        const message = `${cte.name} is given ${cte.columns.length} names and has ${columns.length} columns`;
        problem(resolution, "column count", cte, { message });
      }
      continue;
    }
    const columns = resolveQueryBody(resolution, cte.query, { ctes: known, outer });
    known = [...known, { name: cte.name, columns: namedColumns(resolution, columns, given) }];
  }
  return known;
}

/** The first branch of a union, which gives a recursive query its columns; null for what is no union. */
function anchorOf(body: Body): Body | null {
  if (body.kind === "nested") return anchorOf(body.query.body);
  if (body.kind !== "set") return null;
  return anchorOf(body.left) ?? body.left;
}

function resolveBody(resolution: Resolution, body: Body, around: Surroundings): readonly SourceColumn[] | null {
  switch (body.kind) {
    case "select":
      return resolveSelect(resolution, body, around).columns;
    case "nested":
      return resolveQueryBody(resolution, body.query, around);
    case "whole table":
      return tableSource(resolution, body.name, { ctes: around.ctes, span: body }).columns;
    case "values":
      return resolveValues(resolution, body.rows, around);
    case "set": {
      const left = resolveBody(resolution, body.left, around);
      const right = resolveBody(resolution, body.right, around);
      if (left && right && left.length !== right.length) {
        const message = `the branches of ${body.operator.toUpperCase()} give ${left.length} and ${right.length} columns`;
        problem(resolution, "column count", body, { message });
      }
      return left?.map(({ name, type }) => ({ name, ...(type ? { type } : {}) })) ?? null;
    }
  }
}

function resolveValues(
  resolution: Resolution,
  rows: readonly (readonly Expr[])[],
  { ctes, outer }: Surroundings,
): readonly SourceColumn[] {
  const scope: Scope = { sources: [], merged: [], parent: outer };
  const resolved = rows.map((row) => row.map((value) => resolveExpr(resolution, value, { scope, ctes })));
  return (resolved[0] ?? []).map((column, index) => ({ ...column, name: `column_${index}` }));
}

interface Selected {
  readonly columns: readonly SourceColumn[] | null;
  readonly scope: Scope;
  readonly aliases: NonNullable<Scope["aliases"]>;
  readonly windows: readonly string[];
}

function resolveSelect(resolution: Resolution, select: Select, { ctes, outer }: Surroundings): Selected {
  const from = select.from ? resolveFrom(resolution, select.from, { ctes, outer }) : NO_FROM;
  const scope = scopeOf(from, outer);
  const windows: string[] = [];
  for (const { name, spec } of select.windows) {
    resolveWindow(resolution, spec, { scope, ctes, windows });
    windows.push(name);
  }
  if (select.into) resolution.reasons.add("it makes a table");
  if (select.writes) resolution.reasons.add(WRITES);
  const place: ExprPlace = { scope, ctes, windows };
  if (select.top) resolveExpr(resolution, select.top, place);
  const columns = resolveItems(resolution, select.items, { place, from });
  const aliases = aliasesOf(columns);
  if (select.where) resolveExpr(resolution, select.where, { scope, ctes });
  resolveGroupBy(resolution, select, { ...place, columns, aliases });
  if (select.having) resolveHaving(resolution, select.having, { select, place, aliases, columns });
  return { columns: columns.isKnown ? columns.list.map(({ column }) => column) : null, scope, aliases, windows };
}

interface Items {
  readonly list: readonly { readonly column: SourceColumn; readonly item: Item }[];
  readonly isKnown: boolean;
}

function resolveItems(
  resolution: Resolution,
  items: readonly Item[],
  { place, from }: { readonly place: ExprPlace; readonly from: FromResult },
): Items {
  let isKnown = true;
  const list = items.flatMap((item) => {
    const { value } = item;
    if (value.kind === "all") {
      const columns = resolveStar(resolution, value, { place, from });
      if (columns === null) isKnown = false;
      return (columns ?? []).map((column) => ({ column, item }));
    }
    const column = resolveExpr(resolution, value, place);
    if (item.assigns !== undefined) {
      resolution.reasons.add("it sets a variable");
      return [];
    }
    return [{ column: { ...column, name: nameOf(item, column, resolution) }, item }];
  });
  return { list, isKnown };
}

function nameOf(item: Item, column: SourceColumn, { grammar }: Resolution): string {
  if (item.alias !== undefined) return item.alias;
  if (item.value.kind === "column") return item.value.parts.at(-1) ?? column.name;
  return grammar === "mysql" ? item.text : "";
}

function resolveStar(
  resolution: Resolution,
  { qualifier, start, end }: Extract<Expr, { kind: "all" }>,
  { place, from }: { readonly place: ExprPlace; readonly from: FromResult },
): readonly SourceColumn[] | null {
  const note = (columns: readonly SourceColumn[] | null): readonly SourceColumn[] | null => {
    for (const { id } of columns ?? [])
      if (id !== undefined) resolution.references.push({ span: { start, end }, column: id });
    return columns;
  };
  if (qualifier.length === 0) {
    if (from.sources.length > 0 || place.scope.parent) return note(from.star);
    problem(resolution, "unknown table", { start, end }, { message: "* without a table" });
    return null;
  }
  const source = findSource(resolution, { ...place.scope, parent: null }, qualifier);
  if (!source) {
    const name = qualifier.join(".");
    problem(resolution, "unknown table", { start, end }, { message: `unknown table ${name} in ${name}.*` });
    return null;
  }
  return note(source.columns?.filter(({ isHidden }) => isHidden !== true) ?? null);
}

/** The names of the select list, with a key that is equal for the same expression. */
const aliasesOf = ({ list }: Items): NonNullable<Scope["aliases"]> =>
  list
    .filter(({ item }) => item.value.kind !== "all")
    .map(({ column, item }) => ({ name: column.name, column, key: column.id ?? item.text }));

const isOrdinal = (expr: Expr): expr is Extract<Expr, { kind: "literal" }> =>
  expr.kind === "literal" && expr.type === "number" && /^\d+$/.test(expr.text);

function checkOrdinal(resolution: Resolution, expr: Expr, columns: readonly SourceColumn[] | null): void {
  if (!isOrdinal(expr) || columns === null) return;
  const at = Number(expr.text);
  if (at >= 1 && at <= columns.length) return;
  problem(resolution, "unknown column", expr, {
    message: `there is no column ${at}: the query gives ${columns.length}`,
  });
}

interface GroupPlace extends ExprPlace {
  readonly columns: Items;
  readonly aliases: NonNullable<Scope["aliases"]>;
}

function resolveGroupBy(resolution: Resolution, { groupBy }: Select, { columns, aliases, ...place }: GroupPlace): void {
  for (const value of groupBy) {
    if (resolution.grammar === "mssql") {
      resolveExpr(resolution, value, place);
    } else if (isOrdinal(value)) {
      checkOrdinal(resolution, value, columns.isKnown ? columns.list.map(({ column }) => column) : null);
    } else {
      resolveExpr(resolution, value, { ...place, scope: { ...place.scope, aliases } });
    }
  }
}

function resolveHaving(
  resolution: Resolution,
  having: Expr,
  {
    select,
    place,
    aliases,
    columns,
  }: {
    readonly select: Select;
    readonly place: ExprPlace;
    readonly aliases: NonNullable<Scope["aliases"]>;
    readonly columns: Items;
  },
): void {
  if (resolution.grammar === "mssql") {
    resolveExpr(resolution, having, place);
    return;
  }
  // Outside of aggregates MySQL takes names of the select list and of GROUP BY only.
  const grouped = select.groupBy.flatMap((value) => (value.kind === "column" ? [value.parts.at(-1) ?? ""] : []));
  const shown = columns.list.flatMap(({ column, item: { value } }) => {
    if (value.kind === "column") return [value.parts.at(-1) ?? ""];
    return value.kind === "all" ? [column.name] : [];
  });
  const only = ({ name }: SourceColumn): boolean => [...grouped, ...shown].some((one) => sameName(one, name));
  resolveExpr(resolution, having, { ...place, scope: { ...place.scope, aliases, aliasesFirst: true, only } });
}

function resolveOrder(
  resolution: Resolution,
  orderBy: readonly OrderItem[],
  { selected, ctes }: { readonly selected: Selected; readonly ctes: readonly KnownCte[] },
): void {
  const { columns, scope, aliases, windows } = selected;
  for (const { value } of orderBy) {
    if (isOrdinal(value)) {
      checkOrdinal(resolution, value, columns);
      continue;
    }
    // In T-SQL a name of the select list stands alone; an expression is made of columns.
    const usesAliases = resolution.grammar === "mysql" || (value.kind === "column" && value.parts.length === 1);
    const named = usesAliases ? { ...scope, aliases, aliasesFirst: true } : scope;
    resolveExpr(resolution, value, { scope: named, ctes, windows });
  }
}
