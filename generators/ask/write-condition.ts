import type { Table } from "#schemas/model.ts";
import { displayColumns, keyColumns } from "./display.ts";
import type { Condition, Field } from "./intent.ts";
import { isMultiplied, joinTree, type JoinTree, type Step } from "./join-tree.ts";
import type { Lexicon } from "./lexicon.ts";
import { predicate } from "./predicate.ts";
import { quoteName } from "./quote.ts";
import { columnName, tableName, type Writer } from "./writer.ts";

/** A condition as SQL, or why there is none. */
export type Clause = { readonly ok: true; readonly sql: string } | { readonly ok: false; readonly reason: string };

/** Writes one condition of a query. `at`: its place among the others. */
export function writeCondition(writer: Writer, condition: Condition, at: number): Clause {
  if (condition.kind === "without") return writeWithout(writer, condition);
  const field = writer.resolver.field(condition.asked);
  if (field === null) return { ok: false, reason: "A column cannot be told." };
  const { tree, intent, resolver } = writer;
  // Two values of one column cannot be in one row: the second is looked for in another row.
  if (excludesOne(writer, condition, at)) return writeOtherRow(writer, condition, field);
  const isSecond =
    condition.kind === "compare" &&
    condition.op === "=" &&
    intent.conditions
      .slice(0, at)
      .some((one) => one.kind === "compare" && one.op === "=" && resolver.field(one.asked)?.column === field.column);
  if (isSecond && tree.ok && field.table !== tree.root)
    return writeExists(writer, { tables: [field.table], conditions: [condition], isNot: false });
  // Not in 2006: no row of it is, whatever its other rows are.
  if (
    condition.kind === "compare" &&
    condition.op === "<>" &&
    tree.ok &&
    (!inOuter(tree, field.table) || (field.table !== tree.root && isMultiplied(tree, tree.root)))
  ) {
    const inner = writeExists(writer, { tables: [field.table], conditions: [{ ...condition, op: "=" }], isNot: true });
    if (inner.ok || !inOuter(tree, field.table)) return inner;
  }
  const sql = predicate(writer, condition, columnName(writer, field), field.column);
  return sql === null ? { ok: false, reason: `${field.column.name} cannot be compared so.` } : { ok: true, sql };
}

/** `less than 3000` and `more than 10000` hold for two rows and never for one. */
function excludesOne({ intent, resolver }: Writer, condition: Condition, at: number): boolean {
  if (condition.kind !== "compare" || condition.isText || intent.either.has(condition)) return false;
  const column = resolver.field(condition.asked)?.column;
  return intent.conditions.slice(0, at).some((one) => {
    if (one.kind !== "compare" || one.isText || resolver.field(one.asked)?.column !== column) return false;
    const [a, b] = [one, condition].sort((x, y) => (x.op < y.op ? -1 : 1));
    return a?.op.startsWith("<") && b?.op.startsWith(">") && Number(a.values[0]) <= Number(b.values[0]);
  });
}

/** The second of two conditions that exclude each other: of another row of the same thing, or with the same value. */
function writeOtherRow(writer: Writer, condition: Exclude<Condition, { kind: "without" }>, field: Field): Clause {
  const { tree, intent, resolver } = writer;
  if (tree.ok && field.table !== tree.root)
    return writeExists(writer, { tables: [field.table], conditions: [condition], isNot: false });
  const [item, ...more] = intent.items;
  const listed = item?.kind === "column" && item.fn === undefined ? resolver.field(item.asked) : null;
  const sql = predicate(writer, condition, quoteName(field.column.name), field.column);
  if (listed?.table !== field.table || more.length > 0 || sql === null || isKeyOf(listed))
    return { ok: false, reason: "Two conditions exclude each other." };
  const name = quoteName(listed.column.name);
  return {
    ok: true,
    sql: `${columnName(writer, listed)} IN (SELECT ${name} FROM ${tableName(field.table)} WHERE ${sql})`,
  };
}

/** No other row has the same key or name. */
const isKeyOf = ({ table, column }: Field): boolean =>
  keyColumns(table).includes(column) || displayColumns(table).includes(column);

function writeWithout(writer: Writer, condition: Extract<Condition, { readonly kind: "without" }>): Clause {
  const tables = [condition.table, ...condition.over.filter((table) => table !== rootTable(writer))];
  const whole = writeExists(writer, { tables, conditions: condition.conditions, isNot: true });
  // Where what ties it leads there by a second way, the nearest way is meant.
  if (whole.ok || condition.over.length === 0) return whole;
  return writeExists(writer, { tables: [condition.table], conditions: condition.conditions, isNot: true });
}

/** `EXISTS` over the ways from the query's first table to others. */
export function writeExists(
  writer: Writer,
  {
    tables,
    conditions,
    isNot,
  }: { readonly tables: readonly Table[]; readonly conditions: readonly Condition[]; readonly isNot: boolean },
): Clause {
  const { tree, lexicon, words, resolver } = writer;
  if (!tree.ok) return tree;
  const fields = conditions.map((one) => (one.kind === "without" ? null : resolver.field(one.asked)));
  const others = fields.flatMap((field) => (field && field.table !== tree.root ? [field.table] : []));
  const inner = joinTree(lexicon.ways, tree.root, [...tables, ...others], words);
  if (!inner.ok) return inner;
  const [first, ...rest] = inner.steps;
  if (first === undefined)
    return { ok: false, reason: `${tables[0]?.name ?? "A table"} is asked for and left out at once.` };
  if (rest.some((step) => step.to === tree.root))
    return { ok: false, reason: "What is left out is joined in two ways." };
  const alias = (step: Table): string => (!inOuter(tree, step) ? quoteName(step.name) : `${quoteName(step.name)}_2`);
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

const rootTable = ({ tree }: Writer): Table | null => (tree.ok ? tree.root : null);

const inOuter = (tree: JoinTree, table: Table): boolean =>
  tree.ok && (tree.root === table || tree.steps.some((step) => step.table === table));

function tableOfId({ ways }: Lexicon, id: string): Table {
  const table = ways.byId.get(id);
  if (table === undefined) throw new Error(`No table ${id}`);
  return table;
}
