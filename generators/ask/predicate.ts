import type { TimeWords } from "#schemas/dialects/time-words.ts";
import type { Column } from "#schemas/model.ts";
import { isNumeric, isTime } from "./display.ts";
import type { Condition } from "./intent.ts";
import type { Comparison } from "./phrases.ts";
import { quoteName, quoteText } from "./quote.ts";
import { tableName, type Writer } from "./writer.ts";

/** Null when the column's type does not take the value. */
export function predicate(
  writer: Writer,
  condition: Exclude<Condition, { readonly kind: "without" }>,
  name: string,
  column: Column,
): string | null {
  switch (condition.kind) {
    case "true":
      return condition.value ? name : `NOT ${name}`;
    case "period":
      return isTime(column) ? inPeriod(writer.lexicon.time, name, condition) : null;
    case "null":
      return `${name} IS ${condition.isNull ? "" : "NOT "}NULL`;
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

/** Counted by the database from the day it is asked. */
function inPeriod(
  { today, startOf, earlier }: TimeWords,
  name: string,
  { unit, back, count }: Extract<Condition, { readonly kind: "period" }>,
): string {
  const before = (units: number, of: string): string => (units === 0 ? of : earlier(of, units, unit));
  if (count !== undefined) return `${name} >= ${before(count, today)}`;
  const begin = unit === "day" ? today : startOf(unit, today);
  const from = `${name} >= ${before(back, begin)}`;
  return back === 0 ? from : `${from} AND ${name} < ${before(back - 1, begin)}`;
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
