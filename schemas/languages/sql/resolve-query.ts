import type { Column, Table, View } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type {
  ColumnUse,
  CommonTable,
  Expression,
  FromItem,
  FromTable,
  QueryTree,
  SelectBlock,
  SelectItem,
  SelectQuery,
  UsedRelation,
} from "./query-tree.ts";
import { childrenOf } from "./walk-query.ts";

export interface ResolveOptions {
  readonly index: ModelIndex;
  /** Schemas that a name without one is looked up in, in this order. */
  readonly searchPath: readonly string[];
  /** A name as it is compared; the name itself when case counts. */
  readonly fold?: (name: string) => string;
  /** Whether a table is the database's own, which no model has. */
  readonly isSystemTable?: (table: FromTable) => boolean;
  /** Columns that every table has without saying so. */
  readonly systemColumns?: ReadonlySet<string>;
}

/** What a column's name stands for. */
export type Resolution =
  | ResolvedColumn
  /** A column of a subquery, CTE or function that is no plain column of a table. */
  | { readonly kind: "derived"; readonly value?: Expression; readonly isOuter: boolean }
  | { readonly kind: "ambiguous"; readonly sources: readonly string[] }
  | { readonly kind: "unknown" }
  /** It may stand for anything: a source of unknown columns is in reach. */
  | { readonly kind: "open" };

export interface ResolvedColumn {
  readonly kind: "column";
  readonly relation: Table | View;
  readonly column: Column;
  /** Where the relation stands in the text. */
  readonly source: FromTable;
  /** May be NULL here: by its own definition, or because an outer join may leave it out. */
  readonly nullable: boolean;
  /** It belongs to a query around the one it stands in. */
  readonly isOuter: boolean;
}

export interface ResolvedQuery {
  readonly tree: QueryTree;
  /** Tables and views of the model, in the order of the text. */
  readonly relations: readonly UsedRelation[];
  /** Tables that neither the model nor the query defines. */
  readonly unknownTables: readonly FromTable[];
  readonly columnOf: (use: ColumnUse) => Resolution;
  readonly relationOf: (table: FromTable) => Table | View | undefined;
  /** Columns that use a query around them, by the subquery they stand in. */
  readonly isCorrelated: (query: SelectQuery) => boolean;
}

interface SourceColumn {
  readonly name: string;
  readonly resolution: Resolution;
}

/** One name in FROM. `columns` is null when nobody knows them. */
interface Source {
  readonly name: string;
  readonly schema?: string;
  readonly columns: readonly SourceColumn[] | null;
}

interface Scope {
  readonly sources: Source[];
  readonly tables: ReadonlyMap<string, readonly SourceColumn[] | null>;
  readonly parent?: Scope;
  /** Names that USING or NATURAL has made one column of. */
  readonly merged: Set<string>;
  readonly query?: SelectQuery;
}

/** Finds what every name of a query stands for, against the model and the query's own tables. */
export function resolveQuery(
  tree: QueryTree,
  { index, searchPath, fold = same, ...system }: ResolveOptions,
): ResolvedQuery {
  const columns = new Map<ColumnUse, Resolution>();
  const relationOf = new Map<FromTable, Table | View>();
  const relations: UsedRelation[] = [];
  const unknownTables: FromTable[] = [];
  const correlated = new Set<SelectQuery>();
  const byName = Map.groupBy([...index.model.tables, ...index.model.views], ({ name }) => fold(name));

  function find({ schema, name }: FromTable): Table | View | undefined {
    const candidates = byName.get(fold(name)) ?? [];
    if (schema !== undefined) return candidates.find((relation) => fold(relation.schema) === fold(schema));
    for (const path of searchPath) {
      const found = candidates.find((relation) => relation.schema === path);
      if (found) return found;
    }
    // A role's search path is not in the files; one table of that name is the one that is meant.
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  const isSystem = (table: FromTable): boolean => system.isSystemTable?.(table) ?? false;

  function query(node: QueryTree, parent: Scope): readonly SourceColumn[] | null {
    switch (node.kind) {
      case "select":
        return select(node, parent);
      case "insert": {
        const scope = withTables(node.with, parent);
        const target = tableSource(node.table, scope, "write");
        if (node.source) select(node.source, scope);
        scope.sources.push(target);
        const conflict = { ...scope, sources: [target, { ...target, name: "excluded" }] };
        for (const { value } of node.onConflict) expression(value, conflict);
        return outputs(node.returning, scope);
      }
      case "update":
      case "delete": {
        const scope = withTables(node.with, parent);
        const target = tableSource(node.table, scope, "write");
        if (!node.isTargetInFrom) scope.sources.push(target);
        for (const item of node.from) from(item, scope, false);
        if (node.kind === "update") for (const { value } of node.assignments) expression(value, scope);
        if (node.where) expression(node.where, scope);
        for (const { value } of node.orderBy) expression(value, scope);
        return outputs(node.returning, scope);
      }
      case "other query":
        for (const part of node.parts) expression(part, { ...withTables([], parent), sources: [OPEN] });
        return null;
    }
  }

  function select(node: SelectQuery, parent: Scope): readonly SourceColumn[] | null {
    const outer = { ...withTables(node.with, parent), query: node };
    const { body } = node;
    if (body.kind === "set") {
      const left = select(body.left, outer);
      select(body.right, outer);
      return left?.map(({ name }) => ({ name, resolution: { kind: "derived", isOuter: false } as const })) ?? null;
    }
    if (body.kind === "values") {
      for (const row of body.rows) for (const value of row) expression(value, outer);
      const [first = []] = body.rows;
      return first.map((value, at) => ({ name: `column${at + 1}`, resolution: derived(value) }));
    }
    return block(node, body, outer);
  }

  function block(node: SelectQuery, body: SelectBlock, scope: Scope): readonly SourceColumn[] | null {
    for (const item of body.from) from(item, scope, false);
    const result = outputs(body.items, scope);
    if (body.where) expression(body.where, scope);
    // The names of the result may be used here too.
    const named: Scope = { ...scope, sources: [...scope.sources] };
    const aliases = new Set(body.items.flatMap(({ alias }) => (alias === undefined ? [] : [fold(alias)])));
    const loose = (value: Expression): void => {
      if (value.kind === "column" && value.qualifier.length === 0 && aliases.has(fold(value.name))) {
        columns.set(value, { kind: "derived", isOuter: false });
      } else expression(value, named);
    };
    for (const value of body.groupBy) loose(value);
    if (body.having) expression(body.having, named);
    for (const { value } of node.orderBy) loose(value);
    return result;
  }

  function outputs(items: readonly SelectItem[], scope: Scope): readonly SourceColumn[] | null {
    const found: SourceColumn[] = [];
    let isOpen = false;
    for (const { alias, value } of items) {
      if (value.kind === "star") {
        const at = value.qualifier.at(-1);
        const sources = scope.sources.filter(({ name }) => at === undefined || fold(name) === fold(at));
        for (const source of sources) {
          if (source.columns === null) isOpen = true;
          else found.push(...source.columns);
        }
        continue;
      }
      expression(value, scope);
      const resolution = value.kind === "column" ? (columns.get(value) ?? derived(value)) : derived(value);
      found.push({ name: alias ?? nameOf(value), resolution });
    }
    return isOpen ? null : found;
  }

  function from(item: FromItem, scope: Scope, isOptional: boolean): void {
    switch (item.kind) {
      case "table":
        scope.sources.push(optional(tableSource(item, scope, "read"), isOptional));
        return;
      case "subquery": {
        const reach = item.lateral ? scope : { ...scope, sources: [], merged: new Set<string>() };
        const found = select(item.query, { ...reach, ...(item.lateral ? {} : parentOf(scope)) });
        scope.sources.push(optional(sourceOf(item.alias ?? "", found, item.columns), isOptional));
        return;
      }
      case "function":
        expression(item.call, scope);
        scope.sources.push(sourceOf(item.alias ?? nameOf(item.call), null, undefined));
        return;
      case "join": {
        from(item.left, scope, isOptional || item.type === "right" || item.type === "full");
        const before = scope.sources.length;
        from(item.right, scope, isOptional || item.type === "left" || item.type === "full");
        for (const name of item.using ?? []) scope.merged.add(fold(name));
        if (item.natural) {
          const right = scope.sources.slice(before).flatMap((source) => source.columns ?? []);
          for (const { name } of right) scope.merged.add(fold(name));
        }
        if (item.on) expression(item.on, scope);
      }
    }
  }

  function tableSource(table: FromTable, scope: Scope, how: UsedRelation["how"]): Source {
    const name = table.alias ?? table.name;
    const schema = table.schema === undefined || table.alias !== undefined ? {} : { schema: table.schema };
    const own = table.schema === undefined ? scope.tables.get(fold(table.name)) : undefined;
    if (own !== undefined) return { ...sourceOf(name, own, table.columns), ...schema };
    const relation = find(table);
    if (!relation) {
      if (!isSystem(table)) unknownTables.push(table);
      return { name, columns: null, ...schema };
    }
    relationOf.set(table, relation);
    relations.push({ id: relation.id, at: table.at, how });
    const all = relation.columns.map((column) => ({
      name: column.name,
      resolution: {
        kind: "column",
        relation,
        column,
        source: table,
        nullable: column.nullable,
        isOuter: false,
      } as const,
    }));
    return { ...sourceOf(name, all, table.columns), ...schema };
  }

  function withTables(list: readonly CommonTable[], parent: Scope): Scope {
    const tables = new Map(parent.tables);
    const scope: Scope = { sources: [], tables, merged: new Set(), parent };
    for (const table of list) {
      // A recursive one reads itself before its columns are known.
      if (table.recursive) tables.set(fold(table.name), table.columns?.map(plainColumn) ?? null);
      const found = query(table.query, scope);
      tables.set(fold(table.name), renamed(found, table.columns));
    }
    return scope;
  }

  function expression(value: Expression, scope: Scope): void {
    if (value.kind === "column") columns.set(value, lookUp(value, scope));
    if (value.kind === "subquery") select(value.query, scope);
    for (const child of childrenOf(value)) expression(child, scope);
  }

  function lookUp(use: ColumnUse, start: Scope): Resolution {
    const crossed: SelectQuery[] = [];
    for (let scope: Scope | undefined = start; scope; scope = scope.parent) {
      const found = inScope(use, scope);
      if (found) {
        if (crossed.length === 0) return found;
        for (const around of crossed) correlated.add(around);
        return found.kind === "column" || found.kind === "derived" ? { ...found, isOuter: true } : found;
      }
      if (scope.query) crossed.push(scope.query);
    }
    return isWholeRow(use, start) || isSystemColumn(use) ? { kind: "open" } : { kind: "unknown" };
  }

  /** `SELECT o FROM orders o`: the name of a source is its row. */
  function isWholeRow({ qualifier, name }: ColumnUse, start: Scope): boolean {
    for (let scope: Scope | undefined = start; scope && qualifier.length === 0; scope = scope.parent) {
      if (scope.sources.some((source) => fold(source.name) === fold(name))) return true;
    }
    return false;
  }

  const isSystemColumn = ({ name }: ColumnUse): boolean => system.systemColumns?.has(fold(name)) ?? false;

  function inScope({ qualifier, name }: ColumnUse, { sources, merged }: Scope): Resolution | undefined {
    const [table, schema] = qualifier.toReversed();
    const reach = sources.filter(
      (source) =>
        table === undefined ||
        (fold(source.name) === fold(table) && (schema === undefined || fold(source.schema ?? schema) === fold(schema))),
    );
    const found = reach.flatMap((source) =>
      (source.columns ?? []).flatMap((column) =>
        fold(column.name) === fold(name) ? [{ source, resolution: column.resolution }] : [],
      ),
    );
    const [first] = found;
    if (first && (found.length === 1 || merged.has(fold(name)))) return first.resolution;
    if (first) return { kind: "ambiguous", sources: found.map(({ source }) => source.name) };
    return reach.some((source) => source.columns === null) ? { kind: "open" } : undefined;
  }

  function renamed(found: readonly SourceColumn[] | null, names: readonly string[] | undefined) {
    if (!names) return found;
    return found ? found.map((column, at) => ({ ...column, name: names[at] ?? column.name })) : names.map(plainColumn);
  }

  const sourceOf = (
    name: string,
    found: readonly SourceColumn[] | null,
    names: readonly string[] | undefined,
  ): Source => ({ name, columns: renamed(found, names) });

  query(tree, { sources: [], tables: new Map(), merged: new Set() });
  return {
    tree,
    relations,
    unknownTables,
    columnOf: (use) => columns.get(use) ?? { kind: "open" },
    relationOf: (table) => relationOf.get(table),
    isCorrelated: (node) => correlated.has(node),
  };
}

const same = (name: string): string => name;

const OPEN: Source = { name: "", columns: null };

const derived = (value: Expression): Resolution => ({ kind: "derived", value, isOuter: false });

const plainColumn = (name: string): SourceColumn => ({ name, resolution: { kind: "derived", isOuter: false } });

const parentOf = ({ parent }: Scope): { readonly parent?: Scope } => (parent ? { parent } : {});

/** The columns of a source that an outer join may leave out. */
function optional(source: Source, isOptional: boolean): Source {
  if (!isOptional || source.columns === null) return source;
  return {
    ...source,
    columns: source.columns.map(({ name, resolution }) => ({
      name,
      resolution: resolution.kind === "column" ? { ...resolution, nullable: true } : resolution,
    })),
  };
}

/** The name that a result column has when the text gives none. */
function nameOf(value: Expression): string {
  if (value.kind === "column" || value.kind === "call") return value.name;
  if (value.kind === "cast") return nameOf(value.of);
  return "?column?";
}
