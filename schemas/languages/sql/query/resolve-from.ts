import type { TableExpr } from "./ast.ts";
import { resolveExpr } from "./resolve-expression.ts";
import {
  findColumn,
  problem,
  sameName,
  sameTable,
  type Resolution,
  type Scope,
  type Source,
  type SourceColumn,
  type Surroundings,
} from "./resolve-scope.ts";
import { tableSource } from "./resolve-table-name.ts";

/** What stands in FROM, and what `*` gives. */
export interface FromResult {
  readonly sources: readonly Source[];
  /** Columns that USING and NATURAL made one. */
  readonly merged: readonly SourceColumn[];
  /** In the order of `*`; null when some are not known. */
  readonly star: readonly SourceColumn[] | null;
}

export const NO_FROM: FromResult = { sources: [], merged: [], star: [] };

/** Resolves FROM, its conditions and its subqueries; reports two sources of one name. */
export function resolveFrom(resolution: Resolution, table: TableExpr, around: Surroundings): FromResult {
  const result = resolveTable(resolution, table, around, NO_FROM);
  reportTwice(resolution, result.sources, table);
  return result;
}

/** `left`: what stands before it in the same FROM, which LATERAL and APPLY may use. */
function resolveTable(resolution: Resolution, table: TableExpr, around: Surroundings, left: FromResult): FromResult {
  switch (table.kind) {
    case "table": {
      const { ctes } = around;
      const source = tableSource(resolution, table.name, { alias: table.alias, ctes, span: table });
      return single(source);
    }
    case "derived":
      return resolveDerived(resolution, table, around, left);
    case "function":
      return resolveFunction(resolution, table, around, left);
    case "variable":
      resolution.isComplete = false;
      return single({ name: table.alias ?? table.name, columns: null });
    case "pivot": {
      resolveTable(resolution, table.of, around, left);
      resolution.isComplete = false;
      return single({ name: table.alias ?? "", columns: null });
    }
    case "join":
      return resolveJoin(resolution, table, around, left);
  }
}

const single = (source: Source): FromResult => ({
  sources: [source],
  merged: [],
  star: source.columns === null ? null : source.columns.filter(({ isHidden }) => isHidden !== true),
});

type Of<K extends TableExpr["kind"]> = Extract<TableExpr, { kind: K }>;

function resolveDerived(
  resolution: Resolution,
  table: Of<"derived">,
  around: Surroundings,
  left: FromResult,
): FromResult {
  const outer = table.isLateral ? scopeOf(left, around.outer) : derivedOuter(resolution, around.outer);
  const columns = resolution.query(resolution, table.query, { ctes: around.ctes, outer });
  if (table.alias === undefined) {
    problem(resolution, "missing name", table, { message: "a subquery in FROM needs a name" });
    return single({ name: "", columns });
  }
  return single({ name: table.alias, columns: namedColumns(resolution, columns, { ...table, alias: table.alias }) });
}

/** What a subquery in FROM sees of the query around its own one: nothing in MariaDB. */
export const derivedOuter = ({ isMariadb }: Resolution, outer: Scope | null): Scope | null =>
  isMariadb ? null : outer;

/** Columns under the names given behind an alias; every one needs a name of its own. */
export function namedColumns(
  resolution: Resolution,
  columns: readonly SourceColumn[] | null,
  given: { readonly alias: string; readonly columns: readonly string[]; readonly start: number; readonly end: number },
): readonly SourceColumn[] | null {
  if (columns === null) return given.columns.length === 0 ? null : given.columns.map((name) => ({ name }));
  if (given.columns.length > 0 && given.columns.length !== columns.length) {
    const message = `${given.alias} is given ${given.columns.length} names and has ${columns.length} columns`;
    problem(resolution, "column count", given, { message });
  }
  const named = columns.map((column, index) => {
    const name = given.columns[index];
    return name === undefined ? column : { ...column, name };
  });
  const seen = new Set<string>();
  for (const [index, { name }] of named.entries()) {
    const key = name.toLowerCase();
    if (name === "" && resolution.grammar === "mssql") {
      problem(resolution, "missing name", given, { message: `column ${index + 1} of ${given.alias} has no name` });
    } else if (seen.has(key)) {
      problem(resolution, "duplicate", given, { message: `the column ${name} is in ${given.alias} twice` });
    }
    seen.add(key);
  }
  return named;
}

function resolveFunction(
  resolution: Resolution,
  table: Of<"function">,
  around: Surroundings,
  left: FromResult,
): FromResult {
  const scope = scopeOf(left, around.outer);
  for (const arg of table.args) resolveExpr(resolution, arg, { scope, ctes: around.ctes });
  const [first = ""] = table.name;
  const method = (table.name.at(-1) ?? "").toLowerCase();
  if (method === "nodes" && table.name.length > 1 && !first.startsWith("@")) {
    const parts = table.name.slice(0, -1);
    findColumn(resolution, parts, scope, { span: table, inAggregate: true });
  } else if (OUTSIDE.has(method)) resolution.reasons.add(`it reads outside of the database by ${method.toUpperCase()}`);
  else if (table.name.length > 1 && !isRoutine(resolution, table.name)) {
    const message = `unknown function ${table.name.join(".")}`;
    problem(resolution, "unknown function", table, { message });
  }
  if (table.columns === null) resolution.isComplete = false;
  const columns = table.columns?.map((name) => ({ name })) ?? null;
  return single({ name: table.alias ?? table.name.at(-1) ?? "", columns });
}

const OUTSIDE: ReadonlySet<string> = new Set(["openrowset", "openquery", "opendatasource"]);

function isRoutine(resolution: Resolution, name: readonly string[]): boolean {
  const { routines } = resolution.model;
  const [schema, own] = [name.at(-2) ?? "", name.at(-1) ?? ""];
  if (name.length > 2 || schema.toLowerCase() === "sys") return true;
  return routines.some((routine) => sameName(routine.name, own) && sameName(routine.schema, schema));
}

function resolveJoin(resolution: Resolution, table: Of<"join">, around: Surroundings, before: FromResult): FromResult {
  const left = resolveTable(resolution, table.left, around, before);
  const seen = together(before, left);
  const isApply = table.how === "cross apply" || table.how === "outer apply";
  const applied: TableExpr =
    isApply && table.right.kind === "derived" ? { ...table.right, isLateral: true } : table.right;
  const right = resolveTable(resolution, applied, around, seen);
  const using = table.isNatural ? commonNames(left, right) : (table.using ?? []);
  const joined = withMerged(resolution, table, { left, right, using });
  if (table.on) {
    const scope = scopeOf(together(left, right), around.outer);
    resolveExpr(resolution, table.on, { scope, ctes: around.ctes });
  }
  return joined;
}

const together = (left: FromResult, right: FromResult): FromResult => ({
  sources: [...left.sources, ...right.sources],
  merged: [...left.merged, ...right.merged],
  star: left.star && right.star ? [...left.star, ...right.star] : null,
});

export const scopeOf = ({ sources, merged }: FromResult, parent: Scope | null): Scope => ({ sources, merged, parent });

/** Names that both sides have, in the order of the left one. */
function commonNames(left: FromResult, right: FromResult): readonly string[] {
  const names = (left.star ?? []).map(({ name }) => name);
  return names.filter((name) => right.star?.some((column) => sameName(column.name, name)) === true);
}

function withMerged(
  resolution: Resolution,
  table: Of<"join">,
  { left, right, using }: { readonly left: FromResult; readonly right: FromResult; readonly using: readonly string[] },
): FromResult {
  const both = together(left, right);
  if (using.length === 0) return both;
  const main = table.how === "right" ? right : left;
  const merged = using.flatMap((name) => {
    for (const side of [left, right]) {
      const span = { start: table.start, end: table.end };
      findColumn(resolution, [name], scopeOf(side, null), { span, inAggregate: true });
    }
    const column = main.star?.find((one) => sameName(one.name, name));
    return column ? [column] : [];
  });
  const isMerged = ({ name }: SourceColumn): boolean => using.some((one) => sameName(one, name));
  const rest = both.star?.filter((column) => !isMerged(column));
  const kept = [...both.merged.filter((column) => !isMerged(column)), ...merged];
  return { sources: both.sources, merged: kept, star: rest ? [...merged, ...rest] : null };
}

function reportTwice(resolution: Resolution, sources: readonly Source[], table: TableExpr): void {
  for (const [index, source] of sources.entries()) {
    const other = sources
      .slice(0, index)
      .find(
        (one) =>
          sameTable(resolution, one.name, source.name) &&
          (one.schema === undefined || source.schema === undefined || one.schema === source.schema),
      );
    if (!other || source.name === "") continue;
    problem(resolution, "duplicate", table, { message: `two tables in FROM go by the name ${source.name}` });
  }
}
