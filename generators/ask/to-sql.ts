import type { Column, Table } from "#schemas/model.ts";
import { quoteName, quoteText } from "./quote.ts";
import { isNumeric, isTime, keyColumns } from "./display.ts";
import type { Asked, Condition, Field, Intent, Item } from "./intent.ts";
import { isMultiplied, joinTree, type JoinTree, type Step } from "./join-tree.ts";
import type { Lexicon } from "./lexicon.ts";
import { createResolver, shownBy, type Resolver } from "./resolve.ts";
import type { Comparison } from "./phrases.ts";
import { readingOf } from "./reading.ts";

/** A query for an intent, with how it was understood; or why there is none. */
export type Written =
  | { readonly ok: true; readonly sql: string; readonly reading: string; readonly tables: readonly Table[] }
  | { readonly ok: false; readonly reason: string };

/** Writes an intent as SQL. `words`: stems of the question. */
export function writeSql(intent: Intent, lexicon: Lexicon, words: ReadonlySet<string>): Written {
  const resolver = createResolver(intent, lexicon);
  const parts = resolveParts(intent, resolver);
  if (parts === null) return { ok: false, reason: "A column is in several tables, and nothing says which is meant." };
  const root = rootOf(parts, intent, resolver);
  if (root === null) return { ok: false, reason: "Nothing says what is to be listed." };
  const tree = joinTree(lexicon.ways, root, neededTables(parts, intent, resolver), words);
  if (!tree.ok) return tree;
  const writer: Writer = { intent, parts, tree, resolver, lexicon, words, alone: tree.steps.length === 0 };
  const select = writeSelect(writer);
  if (typeof select === "string") return { ok: false, reason: select };
  const where = intent.conditions.map((condition, at) => writeCondition(writer, condition, at));
  const failed = where.find((one) => !one.ok);
  if (failed && !failed.ok) return failed;
  const lines = [`SELECT ${select.isDistinct ? "DISTINCT " : ""}${select.columns.join(", ")}`, ...fromClause(tree)];
  const conditions = where.flatMap((one) => (one.ok ? [one.sql] : []));
  if (conditions.length > 0) lines.push(`WHERE ${conditions.join("\n  AND ")}`);
  if (select.groupBy.length > 0) lines.push(`GROUP BY ${select.groupBy.join(", ")}`);
  if (select.having !== null) lines.push(`HAVING ${select.having}`);
  if (select.orderBy.length > 0) lines.push(`ORDER BY ${select.orderBy.join(", ")}`);
  if (intent.limit !== null) lines.push(`LIMIT ${intent.limit}`);
  const sql = select.isCounted
    ? `SELECT count(*)\nFROM (\n${lines.map((line) => `  ${line}`).join("\n")}\n) AS counted`
    : lines.join("\n");
  const tables = [
    tree.root,
    ...tree.steps.map(({ table }) => table),
    ...intent.conditions.flatMap((one) => (one.kind === "without" ? [one.table] : [])),
  ];
  return { ok: true, sql, reading: readingOf(intent, resolver, tables), tables: [...new Set(tables)] };
}

/** The lines from `FROM` on that join the tables of a tree. */
export function fromClause(tree: JoinTree): string[] {
  if (!tree.ok) return [];
  const joins = tree.steps.map((step) => `JOIN ${tableName(step.table)} ON ${on(step)}`);
  return [`FROM ${tableName(tree.root)}`, ...joins];
}

interface Parts {
  readonly items: readonly Item[];
  readonly groups: readonly Item[];
}

interface Writer {
  readonly intent: Intent;
  readonly parts: Parts;
  readonly tree: JoinTree;
  readonly resolver: Resolver;
  readonly lexicon: Lexicon;
  readonly words: ReadonlySet<string>;
  /** One table only: its columns need no qualifier. */
  readonly alone: boolean;
}

/** Null when a column cannot be told. */
function resolveParts(intent: Intent, resolver: Resolver): Parts | null {
  const field = (asked: Asked): Field | null => resolver.field(asked);
  for (const item of [...intent.items, ...intent.groups]) {
    if (item.kind !== "thing" && item.asked && field(item.asked) === null) return null;
  }
  for (const condition of intent.conditions) {
    if (condition.kind === "without") continue;
    if (field(condition.asked) === null) return null;
    if (condition.kind === "average" && field(condition.of) === null) return null;
  }
  for (const order of intent.orders) {
    if (order.kind === "column" && order.asked.meanings.some(({ column }) => column) && field(order.asked) === null)
      return null;
  }
  return { items: intent.items, groups: intent.groups };
}

function rootOf({ items, groups }: Parts, { involved, conditions }: Intent, resolver: Resolver): Table | null {
  for (const item of [...items, ...groups]) {
    if (item.kind === "thing") return item.table;
    if (item.kind === "count" && item.of) return item.of;
    const found = item.asked && resolver.field(item.asked);
    if (found) return found.table;
  }
  const [first] = involved;
  if (first) return first;
  const [condition] = conditions;
  return condition && condition.kind !== "without" ? (condition.asked.meanings[0]?.table ?? null) : null;
}

function neededTables({ items, groups }: Parts, intent: Intent, resolver: Resolver): Set<Table> {
  const tables = new Set<Table>();
  const add = (field: Field | null): void => void (field && tables.add(field.table));
  for (const item of [...items, ...groups]) {
    if (item.kind === "thing") tables.add(item.table);
    else if (item.kind === "count" && item.of) tables.add(item.of);
    else if (item.asked) add(resolver.field(item.asked));
  }
  for (const condition of intent.conditions) {
    const isApart = condition.kind === "compare" && condition.op === "<>" && condition.isText;
    if (condition.kind !== "without" && !isApart) add(resolver.field(condition.asked));
  }
  for (const order of intent.orders) {
    if (order.kind === "column") add(resolver.field(order.asked));
    else if (order.of) tables.add(order.of);
  }
  if (intent.having?.of) tables.add(intent.having.of);
  if (intent.having?.asked) add(resolver.field(intent.having.asked));
  for (const table of intent.involved) tables.add(table);
  return tables;
}

interface Select {
  readonly isDistinct: boolean;
  readonly columns: readonly string[];
  readonly groupBy: readonly string[];
  readonly having: string | null;
  readonly orderBy: readonly string[];
  /** The groups are not listed but counted. */
  readonly isCounted: boolean;
}

/** A text says why there is none. */
function writeSelect(writer: Writer): Select | string {
  const { intent, parts, tree, resolver } = writer;
  const [only, ...more] = parts.items;
  if (intent.having && only?.kind === "count" && only.of && more.length === 0 && parts.groups.length === 0)
    return countGroups(writer, only.of);
  const plain: Field[] = [];
  const columns: string[] = [];
  const keys: Field[] = [];
  let hasFigure = false;
  const isFigure = (item: Item): boolean => item.kind === "count" || (item.kind === "column" && item.fn !== undefined);
  const isGrouped =
    intent.having !== null ||
    intent.orders.some(({ kind }) => kind === "count") ||
    [...parts.items, ...parts.groups].some(isFigure) ||
    intent.orders.some((order) => order.kind === "column" && order.fn !== undefined);
  const show = (field: Field): void => {
    if (plain.some(({ column }) => column === field.column)) return;
    plain.push(field);
    columns.push(columnName(writer, field));
  };
  const named = parts.items.flatMap((item) =>
    item.kind === "column" && !item.fn ? [resolver.field(item.asked)?.table] : [],
  );
  for (const group of parts.groups) {
    if (group.kind === "thing") {
      keys.push(...keyColumns(group.table).map((column) => ({ table: group.table, column })));
      // `for each student, their last name`: what is listed of it stands for it.
      if (named.includes(group.table)) continue;
      for (const field of shownBy(group.table)) show(field);
    } else if (group.asked) {
      const field = resolver.field(group.asked);
      if (field) show(field);
    }
  }
  for (const item of parts.items) {
    if (item.kind === "thing") {
      for (const field of shownBy(item.table)) show(field);
      if (isGrouped) keys.push(...keyColumns(item.table).map((column) => ({ table: item.table, column })));
    } else if (isFigure(item)) {
      const figure = writeFigure(writer, item);
      if (figure === null) return "The rows would be counted more than once.";
      hasFigure = true;
      columns.push(figure);
    } else if (item.kind === "column") {
      const field = resolver.field(item.asked);
      if (field) show(field);
      const isOfThing =
        intent.having !== null || intent.orders.some((order) => order.kind === "count" && order.of !== null);
      if (field && isGrouped && item.asked.near === field.table && isOfThing)
        keys.push(...keyColumns(field.table).map((column) => ({ table: field.table, column })));
    }
  }
  if (columns.length === 0) return "Nothing says what is to be listed.";
  const orderBy = intent.orders.map((order) => writeOrder(writer, order, isGrouped && plain.length > 0));
  if (orderBy.includes(null)) return "Nothing says what to sort by.";
  const groupBy =
    isGrouped && plain.length + keys.length > 0
      ? unique([...keys, ...plain].map((field) => columnName(writer, field)))
      : [];
  const sortsHidden = intent.orders.some(
    (order) => order.kind !== "column" || !plain.some(({ column }) => column === resolver.field(order.asked)?.column),
  );
  const spreads =
    plain.length > 0 &&
    unique(plain.map(({ table }) => table.id)).every((id) => isMultiplied(tree, tableById(plain, id)));
  const isDistinct =
    !isGrouped && !hasFigure && (intent.distinct || (spreads && !(sortsHidden && intent.orders.length > 0)));
  const having = intent.having ? writeHaving(writer) : null;
  if (intent.having && having === null) return "Nothing says what is counted.";
  return { isDistinct, columns, groupBy, having, orderBy: orderBy.flatMap((one) => one ?? []), isCounted: false };
}

/** `How many keywords have more than 100 papers`: the groups are found, then counted. */
function countGroups(writer: Writer, table: Table): Select | string {
  const keys = keyColumns(table).map((column) => ({ table, column }));
  const columns = (keys.length > 0 ? keys : shownBy(table)).map((field) => columnName(writer, field));
  const having = writeHaving(writer);
  if (having === null) return "Nothing says what is counted.";
  return { isDistinct: false, columns, groupBy: columns, having, orderBy: [], isCounted: true };
}

const tableById = (fields: readonly Field[], id: string): Table => {
  const found = fields.find(({ table }) => table.id === id);
  if (found === undefined) throw new Error(`No table ${id}`);
  return found.table;
};

function writeFigure(writer: Writer, item: Item): string | null {
  const { tree, resolver, intent } = writer;
  if (item.kind === "count") {
    if (item.asked) {
      const field = resolver.field(item.asked);
      return field && `count(DISTINCT ${columnName(writer, field)})`;
    }
    return countOf(writer, item.of);
  }
  if (item.kind !== "column" || item.fn === undefined) return null;
  const field = resolver.field(item.asked);
  if (field === null) return null;
  if ((item.fn === "sum" || item.fn === "avg") && isMultiplied(tree, field.table)) return null;
  if ((item.fn === "sum" || item.fn === "avg") && !isNumeric(field.column)) return null;
  return `${item.fn}(${intent.distinct && item.fn !== "max" && item.fn !== "min" ? "DISTINCT " : ""}${columnName(writer, field)})`;
}

/** Rows of a table: each once, however the joins repeat it. */
function countOf(writer: Writer, of: Table | null): string {
  const { tree } = writer;
  const table = of ?? (tree.ok ? tree.root : null);
  if (table === null || !isMultiplied(tree, table)) return "count(*)";
  const keys = keyColumns(table);
  const fields = (keys.length > 0 ? keys.map((column) => ({ table, column })) : shownBy(table)).map((field) =>
    columnName(writer, field),
  );
  return fields.length === 1 ? `count(DISTINCT ${fields[0]})` : `count(DISTINCT (${fields.join(", ")}))`;
}

function writeHaving(writer: Writer): string | null {
  const { having } = writer.intent;
  if (having === null) return null;
  if (having.asked && having.fn) {
    const field = writer.resolver.field(having.asked);
    return field && `${having.fn}(${columnName(writer, field)}) ${having.op} ${having.value}`;
  }
  return `${countOf(writer, having.of)} ${having.op} ${having.value}`;
}

function writeOrder(writer: Writer, order: Intent["orders"][number], isGrouped: boolean): string | null {
  const direction = order.descending ? " DESC" : "";
  if (order.kind === "count") return `${countOf(writer, order.of)}${direction}`;
  const [first] = order.asked.meanings;
  const field = first?.column ? writer.resolver.field(order.asked) : first && shownBy(first.table)[0];
  if (!field) return null;
  const nulls = order.descending ? `${direction} NULLS LAST` : "";
  const name = columnName(writer, field);
  if (order.fn) return `${order.fn}(${name})${nulls}`;
  // In a grouped query a column of no group is sorted by its highest or lowest.
  const isOwn =
    !isGrouped ||
    [...writer.parts.items, ...writer.parts.groups].some((item) =>
      item.kind === "thing"
        ? item.table === field.table
        : item.asked && writer.resolver.field(item.asked)?.column === field.column,
    );
  return isOwn ? `${name}${nulls}` : `${order.descending ? "max" : "min"}(${name})${nulls}`;
}

type Clause = { readonly ok: true; readonly sql: string } | { readonly ok: false; readonly reason: string };

function writeCondition(writer: Writer, condition: Condition, at: number): Clause {
  if (condition.kind === "without") return writeWithout(writer, condition);
  const field = writer.resolver.field(condition.asked);
  if (field === null) return { ok: false, reason: "A column cannot be told." };
  const { tree, intent, resolver } = writer;
  // Two values of one column cannot be in one row: the second is looked for in another row.
  const isSecond =
    condition.kind === "compare" &&
    condition.op === "=" &&
    intent.conditions
      .slice(0, at)
      .some((one) => one.kind === "compare" && one.op === "=" && resolver.field(one.asked)?.column === field.column);
  if (isSecond && tree.ok && field.table !== tree.root) return writeExists(writer, field.table, [condition], false);
  // Not in 2006: no row of it is, whatever its other rows are.
  if (
    condition.kind === "compare" &&
    condition.op === "<>" &&
    tree.ok &&
    (!inOuter(tree, field.table) || (field.table !== tree.root && isMultiplied(tree, tree.root)))
  ) {
    const inner = writeExists(writer, field.table, [{ ...condition, op: "=" }], true);
    if (inner.ok || !inOuter(tree, field.table)) return inner;
  }
  const sql = predicate(writer, condition, columnName(writer, field), field.column);
  return sql === null ? { ok: false, reason: `${field.column.name} cannot be compared so.` } : { ok: true, sql };
}

function writeWithout(writer: Writer, condition: Extract<Condition, { readonly kind: "without" }>): Clause {
  return writeExists(writer, condition.table, condition.conditions, true);
}

/** `EXISTS` over the way from the query's first table to another. */
function writeExists(writer: Writer, table: Table, conditions: readonly Condition[], isNot: boolean): Clause {
  const { tree, lexicon, words, resolver } = writer;
  if (!tree.ok) return tree;
  const fields = conditions.map((one) => (one.kind === "without" ? null : resolver.field(one.asked)));
  const others = fields.flatMap((field) => (field && field.table !== tree.root ? [field.table] : []));
  const inner = joinTree(lexicon.ways, tree.root, [table, ...others], words);
  if (!inner.ok) return inner;
  const [first, ...rest] = inner.steps;
  if (first === undefined) return { ok: false, reason: `${table.name} is asked for and left out at once.` };
  if (rest.some((step) => step.to === tree.root))
    return { ok: false, reason: "What is left out is joined in two ways." };
  const alias = (step: Table): string =>
    isNot && !inOuter(tree, step) ? quoteName(step.name) : `${quoteName(step.name)}_2`;
  const name = (of: Table): string => (of === tree.root ? quoteName(of.name) : alias(of));
  const link = ({ join }: Step): string =>
    join.columns
      .map(
        ([from, to]) =>
          `${name(tableOfId(lexicon, join.from))}.${quoteName(from)} = ${name(tableOfId(lexicon, join.to))}.${quoteName(to)}`,
      )
      .join(" AND ");
  const from = (of: Table): string =>
    alias(of) === quoteName(of.name) ? tableName(of) : `${tableName(of)} AS ${alias(of)}`;
  const inside: string[] = [link(first)];
  for (const [at, condition] of conditions.entries()) {
    const field = fields[at];
    if (condition.kind === "without" || !field) return { ok: false, reason: "What is left out is not clear." };
    const sql = predicate(writer, condition, `${name(field.table)}.${quoteName(field.column.name)}`, field.column);
    if (sql === null) return { ok: false, reason: `${field.column.name} cannot be compared so.` };
    inside.push(sql);
  }
  const joins = rest.map((step) => ` JOIN ${from(step.table)} ON ${link(step)}`).join("");
  return {
    ok: true,
    sql: `${isNot ? "NOT " : ""}EXISTS (SELECT 1 FROM ${from(first.table)}${joins} WHERE ${inside.join(" AND ")})`,
  };
}

const inOuter = (tree: JoinTree, table: Table): boolean =>
  tree.ok && (tree.root === table || tree.steps.some((step) => step.table === table));

function tableOfId({ ways }: Lexicon, id: string): Table {
  const table = ways.byId.get(id);
  if (table === undefined) throw new Error(`No table ${id}`);
  return table;
}

/** Null when the column's type does not take the value. */
function predicate(
  writer: Writer,
  condition: Exclude<Condition, { readonly kind: "without" }>,
  name: string,
  column: Column,
): string | null {
  switch (condition.kind) {
    case "true":
      return condition.value ? name : `NOT ${name}`;
    case "like":
      return `${name} ${condition.negated ? "NOT LIKE" : "LIKE"} ${quoteText(`%${condition.text}%`)}`;
    case "between":
      if (isTime(column)) return both(yearBound(name, ">=", condition.from), yearBound(name, "<=", condition.to));
      return isNumeric(column) ? `${name} BETWEEN ${condition.from} AND ${condition.to}` : null;
    case "average": {
      const of = writer.resolver.field(condition.of);
      if (of === null || !isNumeric(column)) return null;
      return `${name} ${condition.op} (SELECT ${condition.fn}(${quoteName(of.column.name)}) FROM ${tableName(of.table)})`;
    }
    case "compare":
      return comparison(condition, name, column);
    default:
      return null;
  }
}

function comparison(
  { op, values, isText, ignoresCase }: Extract<Condition, { readonly kind: "compare" }>,
  name: string,
  column: Column,
): string | null {
  const [value = ""] = values;
  if (isTime(column)) return timePredicate(name, op, value);
  if (isNumeric(column)) {
    if (!values.every((one) => /^-?\d+(?:\.\d+)?$/.test(one))) return null;
    return values.length > 1 ? `${name} IN (${values.join(", ")})` : `${name} ${op} ${value}`;
  }
  // A text that holds numbers can be compared for being equal only.
  if (!isText && op !== "=" && op !== "<>") return null;
  const subject = ignoresCase ? `lower(${name})` : name;
  const quoted = values.map((one) => quoteText(ignoresCase ? one.toLowerCase() : one));
  return quoted.length > 1
    ? `${subject} ${op === "<>" ? "NOT IN" : "IN"} (${quoted.join(", ")})`
    : `${subject} ${op} ${quoted[0] ?? "''"}`;
}

/** A year covers all of its days. */
function timePredicate(name: string, op: Comparison, value: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return `${name} ${op} '${value}'`;
  if (!/^\d{4}$/.test(value)) return null;
  if (op === "=") return both(yearBound(name, ">=", value), yearBound(name, "<=", value));
  return op === "<>" ? null : yearBound(name, op, value);
}

function yearBound(name: string, op: Comparison, value: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return `${name} ${op} '${value}'`;
  if (!/^\d{4}$/.test(value)) return null;
  const next = String(Number(value) + 1);
  if (op === ">=" || op === "<") return `${name} ${op} '${value}-01-01'`;
  return op === ">" ? `${name} >= '${next}-01-01'` : `${name} < '${next}-01-01'`;
}

const both = (a: string | null, b: string | null): string | null => (a === null || b === null ? null : `${a} AND ${b}`);

function columnName({ alone }: Writer, { table, column }: Field): string {
  return alone ? quoteName(column.name) : `${quoteName(table.name)}.${quoteName(column.name)}`;
}

function tableName({ schema, name }: Table): string {
  return schema === "public" || schema === "main" || schema === ""
    ? quoteName(name)
    : `${quoteName(schema)}.${quoteName(name)}`;
}

function on({ join, table, to }: Step): string {
  const [from, target] = join.from === table.id ? [table, to] : [to, table];
  return join.columns
    .map(([a, b]) => `${quoteName(from.name)}.${quoteName(a)} = ${quoteName(target.name)}.${quoteName(b)}`)
    .join(" AND ");
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
