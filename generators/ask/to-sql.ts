import type { Table } from "#schemas/model.ts";
import type { Asked, Condition, Field, Intent, Item } from "./intent.ts";
import { isMultiplied, joinTree, type JoinTree } from "./join-tree.ts";
import { asksFirstOfEach, writeFirstOfEach } from "./group-extreme.ts";
import type { Lexicon } from "./lexicon.ts";
import { readingOf } from "./reading.ts";
import { createResolver, type Resolver } from "./resolve.ts";
import { writeCondition, writeExists, type Clause } from "./write-condition.ts";
import { writeSelect } from "./write-select.ts";
import { fromClause, type Parts, type Writer } from "./writer.ts";

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
  const needed = neededTables(parts, intent, resolver);
  const whole = joinTree(lexicon.ways, root, needed, words);
  if (!whole.ok) return whole;
  const apart = tablesApart(intent, whole, resolver);
  const tree =
    apart.length === 0
      ? whole
      : joinTree(
          lexicon.ways,
          root,
          [...needed].filter((table) => !apart.includes(table)),
          words,
        );
  if (!tree.ok) return tree;
  const writer: Writer = { intent, parts, tree, resolver, lexicon, words, alone: tree.steps.length === 0 };
  const isFirstOfEach = asksFirstOfEach(intent);
  const first = isFirstOfEach ? writeFirstOfEach(writer) : null;
  if (first !== null && typeof first !== "string") return { ok: false, ...first };
  const select = writeSelect(isFirstOfEach ? { ...writer, intent: { ...intent, orders: [], limit: null } } : writer);
  if (typeof select === "string") return { ok: false, reason: select };
  const isApart = (condition: Condition): boolean =>
    condition.kind !== "without" && apart.includes(resolver.field(condition.asked)?.table ?? root);
  const inner = intent.conditions.filter(isApart);
  if (!eitherIsClear(intent, inner, resolver)) return { ok: false, reason: "It is not clear what belongs to “or”." };
  const where = [
    ...writeConditions(writer, isApart),
    ...(apart.length > 0 ? [writeExists(writer, { tables: apart, conditions: inner, isNot: false })] : []),
  ];
  const failed = where.find((one) => !one.ok);
  if (failed && !failed.ok) return failed;
  const lines = [`SELECT ${select.isDistinct ? "DISTINCT " : ""}${select.columns.join(", ")}`, ...fromClause(tree)];
  // What a percentage is of is counted, and not left out.
  const isShare = intent.items.some((item) => item.kind === "count" && item.isShare);
  const conditions = isShare ? [] : where.flatMap((one) => (one.ok ? [one.sql] : []));
  if (first !== null) conditions.push(first);
  if (conditions.length > 0) lines.push(`WHERE ${conditions.join("\n  AND ")}`);
  if (select.groupBy.length > 0) lines.push(`GROUP BY ${select.groupBy.join(", ")}`);
  if (select.having !== null) lines.push(`HAVING ${select.having}`);
  if (select.orderBy.length > 0) lines.push(`ORDER BY ${select.orderBy.join(", ")}`);
  if (intent.limit !== null && !isFirstOfEach)
    lines.push(`LIMIT ${intent.limit}${intent.offset > 0 ? ` OFFSET ${intent.offset}` : ""}`);
  const sql = select.isCounted
    ? `SELECT count(*)\nFROM (\n${lines.map((line) => `  ${line}`).join("\n")}\n) AS counted`
    : lines.join("\n");
  const tables = [
    tree.root,
    ...whole.steps.map(({ table }) => table),
    ...intent.conditions.flatMap((one) => (one.kind === "without" ? [one.table] : [])),
  ];
  return { ok: true, sql, reading: readingOf(intent, resolver, tables), tables: [...new Set(tables)] };
}

/** The conditions of the query itself; those of which one is enough stand together. */
function writeConditions(writer: Writer, isApart: (condition: Condition) => boolean): readonly Clause[] {
  const { conditions, either } = writer.intent;
  const clauses: Clause[] = [];
  for (const [at, condition] of conditions.entries()) {
    if (isApart(condition)) continue;
    const clause = writeCondition(writer, condition, at);
    const before = clauses.at(-1);
    if (either.has(condition) && clause.ok && before?.ok)
      clauses.splice(-1, 1, { ok: true, sql: `(${before.sql.replace(/^\((.*)\)$/s, "$1")} OR ${clause.sql})` });
    else clauses.push(clause);
  }
  return clauses;
}

/** `or` between conditions of one column is clear; between others only where there are no more. */
function eitherIsClear({ conditions, either }: Intent, apart: readonly Condition[], resolver: Resolver): boolean {
  return conditions.every((condition, at) => {
    if (!either.has(condition)) return true;
    const before = conditions[at - 1];
    if (!before || before.kind === "without" || condition.kind === "without" || apart.includes(condition)) return false;
    const [a, b] = [resolver.field(before.asked), resolver.field(condition.asked)];
    // The first or the last name of one person.
    const isOneName =
      before.kind === "compare" && condition.kind === "compare" && before.values[0] === condition.values[0];
    return (
      a?.column === b?.column ||
      (isOneName && a?.table === b?.table) ||
      (a?.table === b?.table && conditions.length === 1 + either.size)
    );
  });
}

/**
 * Tables that repeat the rows of which a sum or an average is asked, and that say only which rows those are: they are
 * looked into apart, so that each row counts once.
 */
function tablesApart({ items, groups, orders, having }: Intent, tree: JoinTree, resolver: Resolver): readonly Table[] {
  if (!tree.ok || groups.length > 0 || orders.length > 0 || having !== null) return [];
  const isSummed = (item: Item): boolean =>
    item.kind === "column" &&
    (item.fn === "avg" || item.fn === "sum") &&
    resolver.field(item.asked)?.table === tree.root;
  if (!items.every(isSummed) || !isMultiplied(tree, tree.root)) return [];
  const once = new Set([tree.root]);
  for (const { table, to, isMany } of tree.steps) if (!isMany && once.has(to)) once.add(table);
  return tree.steps.flatMap(({ table }) => (once.has(table) ? [] : [table]));
}

/** Null when a column cannot be told. */
function resolveParts(intent: Intent, resolver: Resolver): Parts | null {
  const field = (asked: Asked): Field | null => resolver.field(asked);
  for (const item of [...intent.items, ...intent.groups]) {
    if (item.kind !== "thing" && item.asked && field(item.asked) === null) return null;
    if (item.kind === "column" && item.less && field(item.less.asked) === null) return null;
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
    if (item.kind === "column" && item.less) add(resolver.field(item.less.asked));
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
