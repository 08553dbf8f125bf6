import { closest } from "../../../closest.ts";
import type { DataType, SchemaModel, Table, View } from "../../../model.ts";
import type { ObjectId } from "../../../object-id.ts";
import type { Grammar, Query, Span } from "./ast.ts";
import type { QueryProblem, QueryProblemKind } from "./resolved-query.ts";

export interface SourceColumn {
  readonly name: string;
  readonly id?: ObjectId;
  readonly type?: DataType;
  readonly nullable?: boolean;
  /** `*` leaves it out. */
  readonly isHidden?: boolean;
}

/** What stands in FROM under one name. */
export interface Source {
  readonly name: string;
  /** The table's schema, when it goes by its own name. */
  readonly schema?: string;
  readonly table?: ObjectId;
  /** Null when they cannot be known. */
  readonly columns: readonly SourceColumn[] | null;
}

/** The names that an expression may use; outer queries behind it. */
export interface Scope {
  readonly sources: readonly Source[];
  /** Columns that USING and NATURAL made one. */
  readonly merged: readonly SourceColumn[];
  readonly parent: Scope | null;
  /** Names of the select list, where they may be used too. */
  readonly aliases?: readonly { readonly name: string; readonly column: SourceColumn; readonly key: string }[];
  /** A name of the select list goes before a column; else behind it. */
  readonly aliasesFirst?: boolean;
  /** Only these columns may be used outside of aggregates: those of HAVING. */
  readonly only?: (column: SourceColumn) => boolean;
}

/** A query of WITH that may be named. */
export interface KnownCte {
  readonly name: string;
  readonly columns: readonly SourceColumn[] | null;
}

/** What stands around a query. */
export interface Surroundings {
  readonly ctes: readonly KnownCte[];
  /** The query around this one. */
  readonly outer: Scope | null;
}

/** What the resolution of one statement gathers. */
export interface Resolution {
  readonly grammar: Grammar;
  /** Resolves a query in an expression or in FROM: the columns that it gives, null when they are not known. */
  readonly query: (resolution: Resolution, query: Query, around: Surroundings) => readonly SourceColumn[] | null;
  readonly model: SchemaModel;
  readonly defaultSchema: string;
  readonly isMariadb: boolean;
  readonly tables: Set<ObjectId>;
  readonly references: { readonly span: Span; readonly column: ObjectId }[];
  readonly problems: QueryProblem[];
  readonly reasons: Set<string>;
  isComplete: boolean;
}

export function problem(
  resolution: Resolution,
  kind: QueryProblemKind,
  span: Span,
  said: { readonly message: string; readonly help?: string },
): void {
  const { start, end } = span;
  resolution.problems.push({ kind, span: { start, end }, ...said });
}

/** `{ help: "Did you mean x?" }`, when something is near. */
export function hint(name: string, candidates: Iterable<string>): { readonly help?: string } {
  const near = closest(name, candidates);
  return near === null || near === name ? {} : { help: `Did you mean ${near}?` };
}

/** Names of tables and aliases: with case in MySQL on most servers, without in SQL Server. */
export const sameTable = ({ grammar }: Resolution, a: string, b: string): boolean =>
  a === b || (grammar === "mssql" && a.toLowerCase() === b.toLowerCase());

/** Names of columns compare without case in both. */
export const sameName = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.toLowerCase();

export const columnsOfRelation = (relation: Table | View): readonly SourceColumn[] =>
  relation.columns.map(({ name, id, type, nullable, invisible }) => ({
    name,
    id,
    type,
    nullable,
    ...(invisible === true ? { isHidden: true } : {}),
  }));

type Found = { readonly column: SourceColumn } | "ambiguous" | "opaque" | "refused" | null;

/** The column that a name means in a scope and those around it; reports what is wrong. */
export function findColumn(
  resolution: Resolution,
  parts: readonly string[],
  scope: Scope,
  { span, inAggregate }: { readonly span: Span; readonly inAggregate: boolean },
): SourceColumn | null {
  const name = parts.at(-1) ?? "";
  const qualifier = parts.slice(0, -1);
  for (let now: Scope | null = scope; now; now = now.parent) {
    const found =
      qualifier.length === 0
        ? findBare(now, name, inAggregate || now !== scope)
        : findQualified(resolution, now, { name, qualifier, inAggregate: inAggregate || now !== scope });
    if (found === null) continue;
    if (found === "opaque") return null;
    if (found === "ambiguous") {
      problem(resolution, "ambiguous", span, {
        message: `the column ${parts.join(".")} is ambiguous: several tables have it`,
      });
      return null;
    }
    if (found === "refused") break;
    const { column } = found;
    if (column.id !== undefined)
      resolution.references.push({ span: { start: span.start, end: span.end }, column: column.id });
    return column;
  }
  reportUnknown(resolution, parts, scope, span);
  return null;
}

function reportUnknown(resolution: Resolution, parts: readonly string[], scope: Scope, span: Span): void {
  const name = parts.at(-1) ?? "";
  const sources: Source[] = [];
  for (let now: Scope | null = scope; now; now = now.parent) sources.push(...now.sources);
  const own =
    parts.length < 2 ? sources : sources.filter((source) => sameTable(resolution, source.name, parts.at(-2) ?? ""));
  if (parts.length > 1 && own.length === 0) {
    const names = sources.map((source) => source.name);
    const message = `unknown column ${parts.join(".")}: nothing here goes by the name ${parts.slice(0, -1).join(".")}`;
    return problem(resolution, "unknown column", span, { message, ...hint(parts.at(-2) ?? "", names) });
  }
  const names = own.flatMap((source) => source.columns ?? []).map((column) => column.name);
  const where = own.length === 1 && own[0] ? ` in ${own[0].name}` : "";
  problem(resolution, "unknown column", span, {
    message: `unknown column ${parts.join(".")}${where}`,
    ...hint(name, names),
  });
}

function findBare(scope: Scope, name: string, isFree: boolean): Found {
  const fromAliases = (): Found => {
    const named = (scope.aliases ?? []).filter((alias) => sameName(alias.name, name));
    const [first] = named;
    if (!first) return null;
    return named.some(({ key }) => key !== first.key) ? "ambiguous" : { column: first.column };
  };
  if (scope.aliasesFirst === true) {
    const found = fromAliases();
    if (found !== null) return found;
  }
  const merged = scope.merged.find((column) => sameName(column.name, name));
  const found = scope.sources.flatMap(({ columns }) => (columns ?? []).filter((column) => sameName(column.name, name)));
  const [first] = found;
  const isAllowed = (column: SourceColumn): boolean => isFree || scope.only?.(column) !== false;
  if (merged) return isAllowed(merged) ? { column: merged } : (fromAliases() ?? "refused");
  if (first && found.length === 1 && isAllowed(first)) return { column: first };
  const named = scope.aliasesFirst === true ? null : fromAliases();
  if (named !== null) return named;
  if (found.length > 1) return "ambiguous";
  if (first) return "refused";
  return scope.sources.some(({ columns }) => columns === null) ? "opaque" : null;
}

function findQualified(
  resolution: Resolution,
  scope: Scope,
  {
    name,
    qualifier,
    inAggregate,
  }: { readonly name: string; readonly qualifier: readonly string[]; readonly inAggregate: boolean },
): Found {
  const source = findSource(resolution, scope, qualifier);
  if (!source) return null;
  if (source.columns === null) return "opaque";
  const column = source.columns.find((one) => sameName(one.name, name));
  if (!column) return "refused";
  return inAggregate || scope.only?.(column) !== false ? { column } : "refused";
}

/** The source of a scope that goes by a name. */
export function findSource(
  resolution: Resolution,
  { sources }: Scope,
  qualifier: readonly string[],
): Source | undefined {
  const table = qualifier.at(-1) ?? "";
  const schema = qualifier.at(-2);
  return sources.find(
    (source) =>
      sameTable(resolution, source.name, table) &&
      (schema === undefined ||
        schema === "" ||
        (source.schema !== undefined && sameTable(resolution, source.schema, schema))),
  );
}
