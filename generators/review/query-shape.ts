import type { Index, Table } from "#schemas/model.ts";
import type {
  Expression,
  FromItem,
  FromTable,
  QueryTree,
  SelectBlock,
  SelectQuery,
} from "#schemas/languages/sql/query-tree.ts";
import type { ResolvedColumn, ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import { childrenOf, conjuncts, walkQuery } from "#schemas/languages/sql/walk-query.ts";

/** A SELECT block with the query whose ORDER BY and LIMIT are about it. */
export interface PlacedBlock {
  readonly query: SelectQuery;
  readonly block: SelectBlock;
  /** 0: its rows are those of the whole query. */
  readonly depth: number;
}

/** Every SELECT block of a query, outer ones first; those of a set operation too. */
export function blocksOf(tree: QueryTree): readonly PlacedBlock[] {
  const found: PlacedBlock[] = [];
  walkQuery(tree, {
    query(query, depth) {
      if (query.kind === "select" && query.body.kind === "block") found.push({ query, block: query.body, depth });
    },
  });
  return found;
}

/** Every SELECT with its place. */
export function selectsOf(tree: QueryTree): readonly { readonly query: SelectQuery; readonly depth: number }[] {
  const found: { query: SelectQuery; depth: number }[] = [];
  walkQuery(tree, {
    query(query, depth) {
      if (query.kind === "select") found.push({ query, depth });
    },
  });
  return found;
}

/** Every expression of a query, those of subqueries included. */
export function expressionsOf(tree: QueryTree): readonly Expression[] {
  const found: Expression[] = [];
  walkQuery(tree, { expression: (value) => found.push(value) });
  return found;
}

/** What WHERE and ON of every query in it ask for, each condition as a whole. */
export function conditionsOf(tree: QueryTree): readonly Expression[] {
  const found: Expression[] = [];
  const add = (condition: Expression | undefined): void => {
    if (condition) found.push(condition);
  };
  walkQuery(tree, {
    query(query) {
      if (query.kind === "update" || query.kind === "delete") add(query.where);
      if (query.kind === "select" && query.body.kind === "block") add(query.body.where);
    },
    from(item) {
      if (item.kind === "join") add(item.on);
    },
  });
  return found;
}

/** The tests that conditions are made of, whatever AND, OR and NOT make of them. */
export function testsIn(condition: Expression): readonly Expression[] {
  return condition.kind === "and" || condition.kind === "or" || condition.kind === "not"
    ? condition.terms.flatMap(testsIn)
    : [condition];
}

export const testsOf = (tree: QueryTree): readonly Expression[] => conditionsOf(tree).flatMap(testsIn);

/** An expression and those in it, without what stands in subqueries. */
export function within(value: Expression): readonly Expression[] {
  return [value, ...childrenOf(value).flatMap(within)];
}

export const hasColumn = (value: Expression): boolean =>
  within(value).some(({ kind }) => kind === "column" || kind === "subquery" || kind === "star");

/** A value that is the same for every row: no column, no subquery. */
export const isConstant = (value: Expression): boolean => !hasColumn(value);

/** The column of a table that an expression is; undefined for anything else. */
export function columnOf(value: Expression | undefined, resolved: ResolvedQuery): ResolvedColumn | undefined {
  const found = value?.kind === "column" ? resolved.columnOf(value) : undefined;
  return found?.kind === "column" ? found : undefined;
}

/** Two sides of a comparison in both orders. */
export function sidesOf(
  value: Expression,
  operators: ReadonlySet<string>,
): readonly (readonly [Expression, Expression])[] {
  if (value.kind !== "operation" || !operators.has(value.operator)) return [];
  const [left, right] = value.operands;
  return left && right && value.operands.length === 2
    ? [
        [left, right],
        [right, left],
      ]
    : [];
}

const EQUAL: ReadonlySet<string> = new Set(["=", "<=>"]);
export const COMPARISONS: ReadonlySet<string> = new Set(["=", "<=>", "<", "<=", ">", ">=", "<>"]);
export const ARITHMETIC: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "div", "mod"]);

const AGGREGATES: ReadonlySet<string> = new Set(
  `any_value approx_count_distinct array_agg avg bit_and bit_or bit_xor bool_and bool_or checksum_agg corr count count_big
  covar_pop covar_samp cume_dist every group_concat grouping grouping_id json_agg json_arrayagg json_object_agg
  json_objectagg jsonb_agg jsonb_object_agg listagg max median min mode percentile_cont percentile_disc range_agg
  range_intersect_agg regr_slope std stddev stddev_pop stddev_samp stdev stdevp string_agg sum variance var var_pop
  var_samp varp xmlagg`.split(/\s+/),
);

/** An aggregate over the group, not one over a window. */
export const isAggregate = (value: Expression): boolean =>
  value.kind === "call" && !value.window && (AGGREGATES.has(value.name) || value.star || value.distinct);

export const hasAggregate = (value: Expression): boolean => within(value).some(isAggregate);

/** One row whatever the tables hold: aggregates and no groups. */
export const isOneRow = ({ groupBy, items, having }: SelectBlock): boolean =>
  groupBy.length === 0 && (having !== undefined || items.some(({ value }) => hasAggregate(value)));

/** Every source of a FROM list, without those of subqueries. */
export function sourcesOf(items: readonly FromItem[]): readonly Exclude<FromItem, { kind: "join" }>[] {
  return items.flatMap((item) => (item.kind === "join" ? sourcesOf([item.left, item.right]) : [item]));
}

/** Conditions of ON in a FROM list. */
export function joinConditions(items: readonly FromItem[]): readonly Expression[] {
  return items.flatMap((item) =>
    item.kind === "join" ? [...joinConditions([item.left, item.right]), ...(item.on ? [item.on] : [])] : [],
  );
}

interface Restricted {
  readonly from: readonly FromItem[];
  readonly where?: Expression;
}

/** The columns of a source that a condition fixes, by its equality with what `isFixed` says is known. */
export function fixedColumns(
  { from, where }: Restricted,
  source: FromTable,
  resolved: ResolvedQuery,
  isFixed: (value: Expression) => boolean = isConstant,
): ReadonlySet<string> {
  const fixed = new Set<string>();
  const terms = [where, ...joinConditions(from)].flatMap(conjuncts);
  for (const term of terms) {
    for (const [left, right] of sidesOf(term, EQUAL)) {
      const column = columnOf(left, resolved);
      const isOver = term.kind === "operation" && term.over !== undefined;
      if (column?.source === source && !isOver && isFixed(right)) fixed.add(column.column.name);
    }
  }
  return fixed;
}

/** Lists of columns of which a table has each combination once. */
export function uniqueKeys(table: Table): readonly (readonly string[])[] {
  const keys = table.constraints.flatMap((one) =>
    one.kind === "primary key" || one.kind === "unique" ? [one.columns] : [],
  );
  const indexes = table.indexes.flatMap(({ unique, predicate, keys: own, valid }) => {
    const names = own.flatMap(({ column }) => (column === undefined ? [] : [column]));
    return unique && valid && predicate === undefined && names.length === own.length ? [names] : [];
  });
  return [...keys, ...indexes].filter((names) => names.length > 0);
}

/** Whether at most one row of a source passes: the columns of a unique key are fixed. */
export function isPinned(
  block: Restricted,
  source: FromTable,
  resolved: ResolvedQuery,
  isFixed?: (value: Expression) => boolean,
): boolean {
  const relation = resolved.relationOf(source);
  if (relation?.kind !== "table") return false;
  const fixed = fixedColumns(block, source, resolved, isFixed);
  return uniqueKeys(relation).some((names) => names.every((name) => fixed.has(name)));
}

/** Whether a block gives one row at most: by an aggregate, or by a key of its only table. */
export function givesOneRow(block: SelectBlock, resolved: ResolvedQuery): boolean {
  if (isOneRow(block)) return true;
  const sources = sourcesOf(block.from);
  if (sources.length === 0) return true;
  return sources.every((source) => source.kind === "table" && isPinned(block, source, resolved));
}

/** Indexes that serve a search by a column: those that begin with it. */
export function indexesBeginningWith({ relation, column }: ResolvedColumn): readonly Index[] {
  return relation.indexes.filter(
    ({ keys, valid, invisible }) => valid && invisible !== true && keys[0]?.column === column.name,
  );
}

/** The text that an expression is, where it is a literal. */
export const textLiteral = (value: Expression | undefined): string | null =>
  value?.kind === "literal" && value.type === "text" ? value.text : null;

/** An expression in a few words, for messages. */
export function inWords(value: Expression): string {
  switch (value.kind) {
    case "column":
      return [...value.qualifier, value.name].join(".");
    case "star":
      return [...value.qualifier, "*"].join(".");
    case "literal":
      return value.type === "text" ? `'${value.text}'` : value.text;
    case "parameter":
      return value.name === "?" ? "?" : `$${value.name}`;
    case "call":
      return `${value.name}(${value.star ? "*" : value.args.map(inWords).join(", ")})`;
    case "cast":
      return `CAST(${inWords(value.of)} AS ${value.to})`;
    case "operation":
      return value.operands.length === 2 ? value.operands.map(inWords).join(` ${value.operator} `) : value.operator;
    default:
      return value.kind === "other" ? `${value.what}(…)` : "…";
  }
}
