import type { Assignment, DataStatement, Item, TableExpr } from "./ast.ts";
import { resolveExpr } from "./resolve-expression.ts";
import { NO_FROM, resolveFrom, scopeOf, type FromResult } from "./resolve-from.ts";
import {
  findColumn,
  findSource,
  hint,
  problem,
  sameName,
  sameTable,
  type KnownCte,
  type Resolution,
  type Scope,
  type Surroundings,
  type Source,
} from "./resolve-scope.ts";
import { resolveCtes, resolveQueryBody } from "./resolve-select.ts";
import { tableSource } from "./resolve-table-name.ts";

type Of<K extends DataStatement["kind"]> = Extract<DataStatement, { kind: K }>;

export function resolveInsert(resolution: Resolution, statement: Of<"insert">): void {
  const ctes = resolveCtes(resolution, statement.with, { ctes: [], outer: null, isRecursive: true });
  const target = targetSource(resolution, statement.table, ctes);
  for (const { name, span } of statement.columns) checkColumn(resolution, target, { name, span });
  const width = statement.columns.length > 0 ? statement.columns.length : insertable(target);
  const scope: Scope = { sources: [target], merged: [], parent: null };
  if (statement.query) {
    const { body } = statement.query;
    const columns =
      body.kind === "values"
        ? resolveRows(resolution, body, { scope: resolution.grammar === "mysql" ? scope : EMPTY, ctes, width })
        : resolveQueryBody(resolution, statement.query, { ctes, outer: null });
    if (body.kind !== "values" && columns && width !== null && columns.length !== width) {
      const message = `${width} columns are filled by a query that gives ${columns.length}`;
      problem(resolution, "column count", statement.query, { message });
    }
  }
  resolveAssignments(resolution, statement.assignments, { target: scope, values: scope, ctes });
  // The values of the row may name columns of the query that fills it too.
  const filled = statement.query?.body.kind === "select" ? statement.query.body.from : undefined;
  const quiet: Resolution = { ...resolution, problems: [] };
  const from = filled ? resolveFrom(quiet, filled, { ctes, outer: null }) : NO_FROM;
  const both: Scope = { sources: [target, ...from.sources], merged: [], parent: null };
  resolveAssignments(resolution, statement.onDuplicate, { target: scope, values: filled ? both : scope, ctes });
  resolveReturning(resolution, statement.returning, { target, from: NO_FROM, ctes });
}

const EMPTY: Scope = { sources: [], merged: [], parent: null };

function resolveRows(
  resolution: Resolution,
  body: Extract<NonNullable<Of<"insert">["query"]>["body"], { kind: "values" }>,
  { scope, ctes, width }: { readonly scope: Scope; readonly ctes: readonly KnownCte[]; readonly width: number | null },
): null {
  for (const row of body.rows) {
    for (const value of row) resolveExpr(resolution, value, { scope, ctes });
    const isDefault = row.length === 0 && resolution.grammar === "mysql";
    if (width !== null && row.length !== width && !isDefault) {
      problem(resolution, "column count", body, { message: `a row has ${row.length} values for ${width} columns` });
    }
  }
  return null;
}

/** How many columns an INSERT without a list fills; null when that does not follow. */
function insertable({ columns }: Source): number | null {
  return columns?.filter(({ isHidden }) => isHidden !== true).length ?? null;
}

function targetSource(resolution: Resolution, table: TableExpr, ctes: readonly KnownCte[]): Source {
  if (table.kind === "table") return tableSource(resolution, table.name, { alias: table.alias, ctes, span: table });
  resolution.isComplete = false;
  return { name: table.kind === "variable" ? table.name : "", columns: null };
}

function checkColumn(
  resolution: Resolution,
  { columns, name: table }: Source,
  { name, span }: { readonly name: string; readonly span: { readonly start: number; readonly end: number } },
): void {
  if (columns === null) return;
  const found = columns.find((column) => sameName(column.name, name));
  if (found?.id !== undefined) resolution.references.push({ span, column: found.id });
  if (found) return;
  const names = columns.map((column) => column.name);
  problem(resolution, "unknown column", span, { message: `unknown column ${name} in ${table}`, ...hint(name, names) });
}

function resolveAssignments(
  resolution: Resolution,
  assignments: readonly Assignment[],
  { target, values, ctes }: { readonly target: Scope; readonly values: Scope; readonly ctes: readonly KnownCte[] },
): void {
  for (const assignment of assignments) {
    const { kind } = assignment.target;
    if (kind === "column") {
      findColumn(resolution, assignment.target.parts, target, { span: assignment.target, inAggregate: true });
    }
    resolveExpr(resolution, assignment.value, { scope: values, ctes });
  }
}

export function resolveUpdate(resolution: Resolution, statement: Of<"update">): void {
  const ctes = resolveCtes(resolution, statement.with, { ctes: [], outer: null, isRecursive: true });
  const around: Surroundings = { ctes, outer: null };
  const from = statement.from ? resolveFrom(resolution, statement.from, around) : NO_FROM;
  const { target, scope } = changed(resolution, statement.target, { from, around });
  resolveAssignments(resolution, statement.assignments, { target, values: scope, ctes });
  resolveTail(resolution, statement, { scope, ctes });
  const [source] = target.sources;
  resolveReturning(resolution, statement.returning, { target: source, from, ctes });
}

export function resolveDelete(resolution: Resolution, statement: Of<"delete">): void {
  const ctes = resolveCtes(resolution, statement.with, { ctes: [], outer: null, isRecursive: true });
  const around: Surroundings = { ctes, outer: null };
  const from = statement.from ? resolveFrom(resolution, statement.from, around) : NO_FROM;
  let scope = scopeOf(from, null);
  let first: Source | undefined = from.sources[0];
  for (const table of statement.targets) {
    if (table === statement.from) continue;
    const found = changed(resolution, table, { from, around });
    scope = found.scope;
    first = found.target.sources[0];
  }
  resolveTail(resolution, statement, { scope, ctes });
  resolveReturning(resolution, statement.returning, { target: first, from, ctes });
}

/** What a statement writes to: a name of FROM, else a table that FROM need not name. */
function changed(
  resolution: Resolution,
  table: TableExpr,
  { from, around }: { readonly from: FromResult; readonly around: Surroundings },
): { readonly target: Scope; readonly scope: Scope } {
  if (table.kind !== "table" || resolution.grammar === "mysql") {
    if (from.sources.length > 0 && table.kind === "table") {
      const named = findSource(resolution, scopeOf(from, null), table.name);
      if (!named) {
        const names = from.sources.map(({ name }) => name);
        const message = `unknown table ${table.name.join(".")}: nothing in FROM goes by that name`;
        problem(resolution, "unknown table", table, { message, ...hint(table.name.at(-1) ?? "", names) });
      }
      return { target: scopeOf(from, null), scope: scopeOf(from, null) };
    }
    const own = resolveFrom(resolution, table, around);
    return { target: scopeOf(own, null), scope: scopeOf(own, null) };
  }
  const named =
    table.name.length === 1
      ? from.sources.find(({ name }) => sameTable(resolution, name, table.name[0] ?? ""))
      : undefined;
  if (named) return { target: { sources: [named], merged: [], parent: null }, scope: scopeOf(from, null) };
  const source = targetSource(resolution, table, around.ctes);
  const same = from.sources.find((one) => one.table !== undefined && one.table === source.table);
  const sources = same ? from.sources : [source, ...from.sources];
  return {
    target: { sources: [source], merged: [], parent: null },
    scope: { sources, merged: from.merged, parent: null },
  };
}

function resolveTail(
  resolution: Resolution,
  { where, orderBy, limit }: Pick<Of<"update">, "where" | "orderBy" | "limit">,
  { scope, ctes }: { readonly scope: Scope; readonly ctes: readonly KnownCte[] },
): void {
  if (where) resolveExpr(resolution, where, { scope, ctes });
  for (const { value } of orderBy) resolveExpr(resolution, value, { scope, ctes });
  for (const value of limit) resolveExpr(resolution, value, { scope: EMPTY, ctes });
}

/** RETURNING names the table's columns; OUTPUT those of `inserted` and `deleted`, and of FROM. */
function resolveReturning(
  resolution: Resolution,
  items: readonly Item[],
  {
    target,
    from,
    ctes,
  }: { readonly target: Source | undefined; readonly from: FromResult; readonly ctes: readonly KnownCte[] },
): void {
  if (!target) return;
  const { columns } = target;
  const rows: readonly Source[] =
    resolution.grammar === "mssql"
      ? [{ name: "inserted", columns }, { name: "deleted", columns }, ...from.sources]
      : [target];
  const scope: Scope = { sources: rows, merged: [], parent: null };
  for (const { value } of items) resolveExpr(resolution, value, { scope, ctes });
}

export function resolveMerge(resolution: Resolution, statement: Of<"merge">): void {
  const ctes = resolveCtes(resolution, statement.with, { ctes: [], outer: null, isRecursive: true });
  const around: Surroundings = { ctes, outer: null };
  const target = resolveFrom(resolution, statement.target, around);
  const source = resolveFrom(resolution, statement.source, around);
  const both: Scope = { sources: [...target.sources, ...source.sources], merged: [], parent: null };
  const own = scopeOf(target, null);
  resolveExpr(resolution, statement.on, { scope: both, ctes });
  const [table] = target.sources;
  for (const { condition, assignments, columns, values } of statement.branches) {
    if (condition) resolveExpr(resolution, condition, { scope: both, ctes });
    resolveAssignments(resolution, assignments, { target: own, values: both, ctes });
    for (const column of columns) if (table) checkColumn(resolution, table, column);
    for (const value of values) resolveExpr(resolution, value, { scope: scopeOf(source, null), ctes });
  }
  resolveReturning(resolution, statement.returning, { target: table, from: source, ctes });
}
