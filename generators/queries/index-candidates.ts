import type { Column, Table } from "#schemas/model.ts";
import { idPart } from "#schemas/object-id.ts";
import type { Expression, FromItem, FromTable, QueryTree, SelectQuery } from "#schemas/languages/sql/query-tree.ts";
import type { ResolvedColumn, ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import { conjuncts, walkExpression, walkQuery } from "#schemas/languages/sql/walk-query.ts";

export interface IndexCandidate {
  readonly table: Table;
  readonly method: "btree" | "gin";
  /** As SQL writes them. */
  readonly keys: readonly string[];
  /** The column behind each key. */
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly predicate?: string;
}

/** How a query uses one of its tables. */
interface Use {
  readonly table: Table;
  readonly equal: Set<string>;
  readonly range: Set<string>;
  readonly order: { readonly column: string; readonly descending: boolean }[];
  readonly expressions: Map<string, string>;
  /** Conditions without parameters that a partial index can have. */
  readonly predicates: Set<string>;
  /** Every column that the query reads. */
  readonly read: Set<string>;
  readsEverything: boolean;
}

const MOST_KEYS = 4;
const MOST_INCLUDED = 4;

/** Indexes that could serve a query: those that combine what it compares, sorts by and reads. Not tried yet. */
export function indexCandidates(resolved: ResolvedQuery): readonly IndexCandidate[] {
  const uses = new Map<FromTable, Use>();
  walkQuery(resolved.tree, {
    from: (item) => {
      const relation = item.kind === "table" ? resolved.relationOf(item) : undefined;
      if (item.kind === "table" && relation?.kind === "table") uses.set(item, emptyUse(relation));
    },
  });
  const find = (value: Expression): (ResolvedColumn & { readonly use: Use }) | null => {
    const found = value.kind === "column" ? resolved.columnOf(value) : null;
    const use = found?.kind === "column" ? uses.get(found.source) : undefined;
    return found?.kind === "column" && use ? { ...found, use } : null;
  };
  walkQuery(resolved.tree, {
    query: (query) => readQueryParts(query, { find, uses }),
    expression: (value) => {
      find(value)?.use.read.add(value.kind === "column" ? (find(value)?.column.name ?? "") : "");
      if (value.kind === "star") for (const use of uses.values()) use.readsEverything = true;
    },
  });
  return [...uses.values()].flatMap(candidatesOf).filter((candidate) => !isThere(candidate));
}

const emptyUse = (table: Table): Use => ({
  table,
  equal: new Set(),
  range: new Set(),
  order: [],
  expressions: new Map(),
  predicates: new Set(),
  read: new Set(),
  readsEverything: false,
});

interface Reading {
  readonly find: (value: Expression) => (ResolvedColumn & { readonly use: Use }) | null;
  readonly uses: ReadonlyMap<FromTable, Use>;
}

function readQueryParts(query: QueryTree, reading: Reading): void {
  if (query.kind === "update" || query.kind === "delete") {
    for (const term of conjuncts(query.where)) readTerm(term, reading);
    for (const item of query.from) readJoin(item, reading);
  }
  if (query.kind !== "select" || query.body.kind !== "block") return;
  for (const term of conjuncts(query.body.where)) readTerm(term, reading);
  for (const item of query.body.from) readJoin(item, reading);
  readOrder(query, reading);
}

function readJoin(item: FromItem, reading: Reading): void {
  if (item.kind !== "join") return;
  readJoin(item.left, reading);
  readJoin(item.right, reading);
  for (const term of conjuncts(item.on)) readTerm(term, reading);
}

function readOrder({ orderBy }: SelectQuery, { find }: Reading): void {
  const found = orderBy.map(({ value, descending }) => ({ column: find(value), descending }));
  const [first] = found;
  // An index is in the order of one table only.
  if (!first?.column || found.some(({ column }) => column?.use !== first.column?.use)) return;
  for (const { column, descending } of found) {
    if (column) first.column.use.order.push({ column: column.column.name, descending });
  }
}

const RANGES: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "between"]);

function readTerm(term: Expression, { find }: Reading): void {
  if (term.kind === "null test") {
    const found = find(term.of);
    if (found) found.use.predicates.add(`${idPart(found.column.name)} IS ${term.negated ? "NOT " : ""}NULL`);
    return;
  }
  if (term.kind === "column" || term.kind === "not") {
    const of = term.kind === "not" ? term.terms[0] : term;
    const found = of && find(of);
    if (found) found.use.predicates.add(`${term.kind === "not" ? "NOT " : ""}${idPart(found.column.name)}`);
    return;
  }
  if (term.kind === "in") {
    const found = term.negated ? null : find(term.of);
    if (found) found.use.equal.add(found.column.name);
    return;
  }
  if (term.kind === "subquery" && term.test === "in" && term.of) {
    const found = find(term.of);
    if (found) found.use.equal.add(found.column.name);
    return;
  }
  if (term.kind !== "operation") return;
  for (const [at, side] of term.operands.entries()) {
    const found = find(side);
    if (found && term.operator === "=") {
      found.use.equal.add(found.column.name);
      const other = term.operands[1 - at];
      if (other?.kind === "literal" && other.type === "text" && term.operands.length === 2) {
        found.use.predicates.add(`${idPart(found.column.name)} = '${other.text.replaceAll("'", "''")}'`);
      }
    }
    if (found && RANGES.has(term.operator)) found.use.range.add(found.column.name);
    if (!found && term.operator === "=") readExpression(side, { find });
  }
}

/** `lower(email) = …`: the expression itself can be a key. Only calls of one function over one column are tried. */
function readExpression(value: Expression, { find }: Pick<Reading, "find">): void {
  if (value.kind !== "call" || value.args.length !== 1 || value.schema !== undefined) return;
  const columns: (ResolvedColumn & { readonly use: Use })[] = [];
  walkExpression(value, {
    expression: (part) => {
      const found = find(part);
      if (found) columns.push(found);
    },
  });
  const [only, ...others] = columns;
  if (!only || others.length > 0 || value.args[0]?.kind !== "column") return;
  only.use.expressions.set(`(${idPart(value.name)}(${idPart(only.column.name)}))`, only.column.name);
}

function candidatesOf(use: Use): readonly IndexCandidate[] {
  const { table, predicates, order } = use;
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const canIndex = (name: string): boolean => isComparable(byName.get(name));
  const equal = [...use.equal].filter(canIndex);
  const ranges = [...use.range].filter((name) => !use.equal.has(name) && canIndex(name));
  const sort = order.filter(({ column }) => canIndex(column) && !use.equal.has(column));
  const sortKeys = sort.map(({ column, descending }) =>
    key(column, descending && sort.some((other) => !other.descending)),
  );
  const sortColumns = sort.map(({ column }) => column);
  const lists: { readonly keys: readonly string[]; readonly columns: readonly string[] }[] = [];
  const add = (keys: readonly string[], columns: readonly string[]): void => {
    if (keys.length > 0 && keys.length <= MOST_KEYS && !lists.some((list) => list.keys.join() === keys.join()))
      lists.push({ keys, columns });
  };
  for (const name of equal) add([key(name)], [name]);
  add(
    equal.map((name) => key(name)),
    equal,
  );
  add([...equal.map((name) => key(name)), ...sortKeys], [...equal, ...sortColumns]);
  for (const range of ranges) {
    add([key(range)], [range]);
    add([...equal.map((name) => key(name)), key(range)], [...equal, range]);
  }
  add(sortKeys, sortColumns);
  for (const [expression, column] of use.expressions) add([expression], [column]);
  const plain = lists.map((list): IndexCandidate => ({ table, method: "btree", ...list, include: [] }));
  const partial = [...predicates].flatMap((predicate) =>
    plain
      .filter(({ columns }) => !columns.some((column) => predicate.startsWith(`${idPart(column)} =`)))
      .slice(-2)
      .map((candidate) => ({ ...candidate, predicate })),
  );
  return [...plain, ...covering(use, plain), ...partial];
}

/** The widest of the candidates with everything that the query reads besides, when that is little. */
function covering(use: Use, plain: readonly IndexCandidate[]): readonly IndexCandidate[] {
  const widest = plain.findLast(({ keys }) => !keys.some((each) => each.startsWith("(")));
  if (!widest || use.readsEverything) return [];
  const include = [...use.read].filter((name) => name !== "" && !widest.columns.includes(name));
  return include.length === 0 || include.length > MOST_INCLUDED ? [] : [{ ...widest, include }];
}

const key = (column: string, descending = false): string => `${idPart(column)}${descending ? " DESC" : ""}`;

/** Types that a B-tree has an order for. */
const isComparable = (column: Column | undefined): boolean =>
  column !== undefined && !["json", "xml", "geometry", "vector", "search", "composite"].includes(column.type.family);

/** The table has an index that begins with the same keys. */
function isThere({ table, keys, predicate, include }: IndexCandidate): boolean {
  return table.indexes.some(
    (own) =>
      own.method === "btree" &&
      (own.predicate === undefined || predicate !== undefined) &&
      keys.every(
        (each, at) => own.keys[at]?.column !== undefined && key(own.keys[at].column, own.keys[at].descending) === each,
      ) &&
      include.every((column) => own.include.includes(column) || own.keys.some((one) => one.column === column)) &&
      (predicate === undefined || own.predicate !== undefined),
  );
}
