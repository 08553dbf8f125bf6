import type { TimeUnit } from "#schemas/dialects/time-words.ts";
import type { Table } from "#schemas/model.ts";
import { isNumeric, keyColumns } from "./display.ts";
import type { Field, Intent, Item } from "./intent.ts";
import { isMultiplied } from "./join-tree.ts";
import { shownBy } from "./resolve.ts";
import { writeCondition } from "./write-condition.ts";
import { columnName, type Writer } from "./writer.ts";

/** The parts of a query that say what is listed, grouped and sorted. */
export interface Select {
  readonly isDistinct: boolean;
  readonly columns: readonly string[];
  readonly groupBy: readonly string[];
  readonly having: string | null;
  readonly orderBy: readonly string[];
  /** The groups are not listed but counted. */
  readonly isCounted: boolean;
}

/** A text says why there is none. */
export function writeSelect(writer: Writer): Select | string {
  const { intent, parts, tree, resolver } = writer;
  const [only, ...more] = parts.items;
  if (only?.kind === "count" && only.isShare && only.of) return writeShare(writer, only.of);
  if (intent.having && only?.kind === "count" && only.of && more.length === 0 && parts.groups.length === 0)
    return countGroups(writer, only.of);
  const plain: Field[] = [];
  const columns: string[] = [];
  const keys: Field[] = [];
  const units: string[] = [];
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
    item.kind === "column" && !item.fn && !item.less ? [resolver.field(item.asked)?.table] : [],
  );
  for (const group of parts.groups) {
    if (group.kind === "thing") {
      keys.push(...keyColumns(group.table).map((column) => ({ table: group.table, column })));
      // `for each student, their last name`: what is listed of it stands for it.
      if (named.includes(group.table)) continue;
      for (const field of shownBy(group.table)) show(field);
    } else if (group.asked) {
      const field = resolver.field(group.asked);
      if (field && group.kind === "column" && group.unit) {
        const name = inUnit(writer, columnName(writer, field), group.unit);
        columns.push(name);
        units.push(name);
      } else if (field) show(field);
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
      if (field && item.less) {
        const less = resolver.field(item.less.asked);
        if (!less || !isNumeric(field.column) || !isNumeric(less.column)) return "Only numbers have a difference.";
        // Whose difference it is stands beside it only where the question says so.
        columns.push(`${columnName(writer, field)} - ${columnName(writer, less)}`);
      } else if (field) for (const one of wholeName(item.asked.words, field)) show(one);
      const isOfThing =
        intent.having !== null ||
        intent.orders.some((order) =>
          order.kind === "count" ? order.of !== null && order.of !== field?.table : order.fn !== undefined,
        );
      if (field && isGrouped && item.asked.near === field.table && isOfThing)
        keys.push(...keyColumns(field.table).map((column) => ({ table: field.table, column })));
    }
  }
  if (columns.length === 0) return "Nothing says what is to be listed.";
  const orderBy = intent.orders.map((order) => writeOrder(writer, order, isGrouped && plain.length > 0));
  if (orderBy.includes(null)) return "Nothing says what to sort by.";
  const groupBy =
    isGrouped && plain.length + keys.length + units.length > 0
      ? unique([...[...keys, ...plain].map((field) => columnName(writer, field)), ...units])
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

/** The first day of the stretch of time; of a year its number. */
function inUnit({ lexicon }: Writer, name: string, unit: TimeUnit): string {
  return unit === "year" ? lexicon.time.yearOf(name) : lexicon.time.startOf(unit, name);
}

/** The names of people are their first and last ones. */
function wholeName(words: string, field: Field): readonly Field[] {
  const shown = shownBy(field.table);
  const isName = /^names?$/i.test(words) && shown.length > 1 && shown.some(({ column }) => column === field.column);
  return isName ? shown : [field];
}

/** The share of the rows of one table that fulfil one condition: of more it is not clear which say what the whole is. */
function writeShare(writer: Writer, table: Table): Select | string {
  const { intent, tree } = writer;
  const [condition, ...others] = intent.conditions;
  const isPlain = tree.ok && tree.root === table && tree.steps.length === 0 && intent.items.length === 1;
  const extras = intent.groups.length + intent.orders.length + others.length;
  if (!isPlain || condition === undefined || extras > 0 || intent.having !== null)
    return "It is not clear what the percentage is of.";
  const clause = writeCondition(writer, condition, 0);
  if (!clause.ok) return clause.reason;
  const share = `avg(CASE WHEN ${clause.sql} THEN 100.0 ELSE 0 END)`;
  return { isDistinct: false, columns: [share], groupBy: [], having: null, orderBy: [], isCounted: false };
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
  if (item.less) {
    const { less, ...from } = item;
    const parts = [writeFigure(writer, from), writeFigure(writer, { kind: "column", ...less })];
    return parts.includes(null) ? null : parts.join(" - ");
  }
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

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
