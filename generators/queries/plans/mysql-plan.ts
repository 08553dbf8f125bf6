import type { PlanNode } from "../plan.ts";
import { drawStep, relationOf, type ReadPlan, type TableNames } from "./draw-step.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the answer of `EXPLAIN FORMAT=JSON` of MySQL or MariaDB in PostgreSQL's words. Costs are the server's; where it tells
 * none, as MariaDB before 11, the rows that are read. Throws for what is no such answer.
 */
export function parseMysqlPlan(json: string, names: TableNames): ReadPlan {
  const tableRows: Record<string, number> = {};
  const answer = objectOf(JSON.parse(json));
  const block = answer["query_block"];
  if (!isObject(block)) throw new TypeError("The answer holds no plan.");
  return { tree: drawBlock(block, { names, tableRows }), tableRows };
}

interface Reading {
  readonly names: TableNames;
  readonly tableRows: Record<string, number>;
}

/** What is done to the rows of one source, by the key that the source stands under. */
const WRAPPERS: Readonly<Record<string, string>> = {
  buffer_result: "Materialize",
  duplicate_removal: "Unique",
  duplicates_removal: "Unique",
  expression_cache: "Memoize",
  filesort: "Sort",
  grouping_operation: "Aggregate",
  materialized: "Materialize",
  ordering_operation: "Sort",
  temporary_table: "Materialize",
  window_functions_computation: "WindowAgg",
  windowing: "WindowAgg",
};
/** Subqueries in expressions, by where they stand. */
const SUBQUERIES = /(?:^|_)subqueries$/;

/** One source of rows with what is done to it: a query, or a part of one. */
function drawBlock(block: Json, reading: Reading): PlanNode {
  const source = sourceOf(block, reading);
  const subqueries = Object.entries(block).flatMap(([key, value]) =>
    SUBQUERIES.test(key) ? listOf(value).map((one) => drawBlock(one, reading)) : [],
  );
  const having = textOf(block["having_condition"]);
  if (subqueries.length === 0 && having === null) return source;
  return drawStep({
    node: subqueries.length > 0 ? "SubPlan" : "Filter",
    conditions: having === null ? [] : [having],
    rows: source.rows,
    own: 0,
    children: [source, ...subqueries],
  });
}

function sourceOf(block: Json, reading: Reading): PlanNode {
  for (const [key, node] of Object.entries(WRAPPERS)) {
    const inner = block[key];
    if (!isObject(inner)) continue;
    const below = drawBlock(inner, reading);
    // MySQL names the operation also where an index gives the order already.
    if (inner["using_filesort"] === false) return below;
    return drawStep({ node, rows: below.rows, own: sortCost(inner), children: [below] });
  }
  for (const key of ["query_block", "read_sorted_file"]) {
    const inner = block[key];
    if (isObject(inner)) return drawBlock(inner, reading);
  }
  for (const key of ["union_result", "recursive_union", "intersect_result", "except_result", "unary_result"]) {
    const inner = block[key];
    if (isObject(inner)) return drawUnion(key, inner, reading);
  }
  if (Array.isArray(block["nested_loop"])) return drawJoins(listOf(block["nested_loop"]), reading);
  const table = tableIn(block);
  return table === null ? drawNothing(block) : drawTable(table, { reading, times: 1 });
}

const UNIONS: Readonly<Record<string, string>> = {
  recursive_union: "Recursive Union",
  intersect_result: "SetOp",
  except_result: "SetOp",
};

function drawUnion(key: string, union: Json, reading: Reading): PlanNode {
  const children = listOf(union["query_specifications"]).map((part) => drawBlock(part, reading));
  const rows = children.reduce((sum, child) => sum + child.rows, 0);
  return drawStep({ node: UNIONS[key] ?? "Append", rows, own: 0, children });
}

/** Tables in the order they are read: each one is looked into for every row of those before. */
function drawJoins(parts: readonly Json[], reading: Reading): PlanNode {
  const [first = {}, ...others] = parts;
  let left = drawPart(first, { reading, times: 1 });
  for (const part of others) {
    const right = drawPart(part, { reading, times: left.rows });
    left = drawStep({
      node: isHashed(part) ? "Hash Join" : "Nested Loop",
      join: "Inner",
      conditions: conditionsOf(objectOf(part["block-nl-join"])),
      rows: left.rows * right.rows,
      own: 0,
      children: [left, right],
    });
  }
  return left;
}

const drawPart = (part: Json, how: { readonly reading: Reading; readonly times: number }): PlanNode => {
  const table = tableIn(part) ?? tableIn(objectOf(part["block-nl-join"]));
  return table === null ? drawBlock(part, how.reading) : drawTable(table, how);
};

const tableIn = (block: Json): Json | null => (isObject(block["table"]) ? block["table"] : null);

/** MariaDB's BNLH and BKAH; MySQL's hash join. */
function isHashed(part: Json): boolean {
  const buffered = textOf(objectOf(part["block-nl-join"])["join_type"]) ?? "";
  return buffered.endsWith("H") || textOf(tableIn(part)?.["using_join_buffer"]) === "hash join";
}

function drawTable(table: Json, { reading, times }: { readonly reading: Reading; readonly times: number }): PlanNode {
  const name = textOf(table["table_name"]);
  if (name === null) return drawNothing(table);
  const examined = numberOf(table["rows_examined_per_scan"] ?? table["rows"]) ?? 0;
  const rows = (examined * (numberOf(table["filtered"]) ?? 100)) / 100;
  const below = ["materialized", "materialized_from_subquery"].flatMap((key) => {
    const inner = table[key];
    return isObject(inner) ? [drawBlock(inner, reading)] : [];
  });
  const subqueries = listOf(table["attached_subqueries"]).map((one) => drawBlock(one, reading));
  const parts = reading.names.get(name.toLowerCase());
  const relation = parts === undefined ? undefined : relationOf(parts);
  const node = name.startsWith("<") || below.length > 0 ? "SubqueryScan" : accessOf(table);
  if (node === "Seq Scan" && relation !== undefined)
    reading.tableRows[relation] = Math.max(reading.tableRows[relation] ?? 0, examined);
  return drawStep({
    node,
    ...(relation === undefined ? {} : { relation }),
    ...(parts?.at(-1)?.toLowerCase() === name.toLowerCase() ? {} : { alias: name }),
    ...(textOf(table["key"]) === null ? {} : { index: textOf(table["key"]) ?? "" }),
    conditions: [...lookedUp(table), ...conditionsOf(table)],
    rows,
    own: tableCost(table) ?? examined * times,
    children: [...below, ...subqueries],
  });
}

function accessOf(table: Json): string {
  const isCovered = table["using_index"] === true;
  switch (textOf(table["access_type"])) {
    case "ALL":
      return "Seq Scan";
    case "index":
      return "Full Index Scan";
    default:
      return isCovered ? "Index Only Scan" : "Index Scan";
  }
}

/** What the parts of a key are compared with. A range has its condition in words. */
function lookedUp(table: Json): readonly string[] {
  const refs = Array.isArray(table["ref"]) ? table["ref"] : [];
  const parts = Array.isArray(table["used_key_parts"]) ? table["used_key_parts"] : [];
  return refs.flatMap((ref, index) => (typeof parts[index] === "string" ? [`${parts[index]} = ${String(ref)}`] : []));
}

const conditionsOf = (of: Json): readonly string[] =>
  ["index_condition", "attached_condition"].flatMap((key) => textOf(of[key]) ?? []);

function tableCost(table: Json): number | null {
  const info = objectOf(table["cost_info"]);
  const read = numberOf(info["read_cost"]);
  if (read !== null) return read + (numberOf(info["eval_cost"]) ?? 0);
  return numberOf(table["cost"]);
}

const sortCost = (operation: Json): number => numberOf(objectOf(operation["cost_info"])["sort_cost"]) ?? 0;

/** A query of no table, or one whose result is known: what the server says of it. */
function drawNothing(block: Json): PlanNode {
  const message = textOf(block["message"]);
  return drawStep({ node: "Result", conditions: message === null ? [] : [message], rows: 1, own: 0, children: [] });
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** MySQL writes figures as texts. */
function numberOf(value: unknown): number | null {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}
