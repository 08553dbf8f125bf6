import { plainText } from "../../languages/sql/mysql/cursor.ts";
import type { BaseType } from "./types.ts";
import { isNumeric } from "./types.ts";
import type { MysqlFacts } from "./facts.ts";

/** A column's default as the server prints it; undefined when it is NULL. `written` is the text behind DEFAULT. */
export function canonicalDefault(written: string, type: BaseType, facts: MysqlFacts): string | undefined {
  const text = unwrapped(written.trim());
  const lower = text.toLowerCase();
  if (lower === "null") return undefined;
  const now = NOW.exec(text);
  if (now) return facts.currentTimestamp(now[1] ?? "");
  if (lower === "true" || lower === "false") return literal(lower === "true" ? "1" : "0", type);
  if (NUMBER.test(text)) return literal(text.startsWith("+") ? text.slice(1) : text, type);
  const bits = /^(?:b'([01]*)'|0b([01]+))$/i.exec(text);
  if (bits) return bitsOf(bits[1] ?? bits[2] ?? "", type);
  const value = stringValue(text);
  return value === null ? text : literal(value, type);
}

/** `(uuid())` is the expression `uuid()`. */
function unwrapped(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if (text.charAt(at) === "(") depth++;
    else if (text.charAt(at) === ")") depth--;
    if (depth === 0) return text;
  }
  return text.slice(1, -1).trim();
}

/** The value of a string literal with or without a charset's name; null for anything else. */
function stringValue(text: string): string | null {
  const source = text.replace(/^(?:_\w+\s*|[nN](?='))/, "");
  const quote = source.charAt(0);
  if ((quote !== "'" && quote !== '"') || source.length < 2 || source.at(-1) !== quote) return null;
  // Two literals with something between them are an expression.
  const inside = source
    .slice(1, -1)
    .replaceAll(/\\[\s\S]/g, "")
    .replaceAll(quote + quote, "");
  return inside.includes(quote) ? null : plainText(source, "string");
}

function literal(value: string, type: BaseType): string {
  const { base } = type;
  if (base === "bit") return bitsOf(NUMBER.test(value) ? Number(value).toString(2) : "", type);
  if (isNumeric(base)) return numberOf(value, type);
  if (TEMPORAL[base] !== undefined && NUMBER.test(value) && Number(value) === 0) return quoted(zeroTime(type));
  if (base === "date") return quoted(paddedDate(value));
  if (base === "datetime" || base === "timestamp" || base === "time") return quoted(fullTime(paddedDate(value), type));
  if (base === "binary") return quoted(value.padEnd(Number(type.arguments[0] ?? "1"), "\0"));
  return quoted(value);
}

function numberOf(value: string, type: BaseType): string {
  const { base, arguments: args } = type;
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return quoted(value);
  if (base === "decimal") return fixed(value, type);
  if (base === "float" || base === "double")
    return args.length === 2 ? number.toFixed(Number(args[1])) : String(number);
  if (base === "year") return String(number).padStart(4, "0");
  // Whole numbers beyond 2^53 keep their digits.
  return /^-?\d+$/.test(value) ? value.replace(/^(-?)0+(?=\d)/, "$1") : String(Math.round(number));
}

/** Digits are kept as text: a decimal may have more of them than a number. */
function fixed(value: string, { arguments: args, isPadded }: BaseType): string {
  const scale = Number(args[1] ?? "0");
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(value.trim());
  if (!match) return Number(value).toFixed(Math.min(scale, 100));
  const whole = (match[2] ?? "").replace(/^0+(?=\d)/, "") || "0";
  const fraction = match[3] ?? "";
  if (fraction.length > scale) return Number(value).toFixed(Math.min(scale, 100));
  const shown = isPadded ? whole.padStart(Number(args[0] ?? "10") - scale, "0") : whole;
  return `${match[1] ?? ""}${shown}${scale > 0 ? `.${fraction.padEnd(scale, "0")}` : ""}`;
}

const bitsOf = (digits: string, { base }: BaseType): string =>
  base === "bit" ? `b'${digits.replace(/^0+(?=.)/, "") || "0"}'` : String(Number.parseInt(digits || "0", 2));

function zeroTime({ base, arguments: args }: BaseType): string {
  const fraction = base === "date" ? 0 : Number(args[0] ?? "0");
  return `${TEMPORAL[base] ?? ""}${fraction > 0 ? `.${"0".repeat(fraction)}` : ""}`;
}

/** `2020-1-1` is kept with two digits for months and days. */
const paddedDate = (value: string): string =>
  value.replace(/^(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[ T])/, (_, year: string, month: string, day: string) =>
    [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-"),
  );

function fullTime(value: string, { base, arguments: args }: BaseType): string {
  // A time of two parts is hours and minutes, and hours have two digits.
  const time = value.replace(
    /^(\d{4}-\d\d-\d\d[ T]|)(-?)(\d):/,
    (_, day: string, sign: string, hour: string) => `${day}${sign}0${hour}:`,
  );
  const whole = /^(?:\d{4}-\d\d-\d\d[ T])?-?\d{2,3}:\d\d$/.test(time) ? `${time}:00` : time;
  const day = base !== "time" && /^\d{4}-\d\d-\d\d$/.test(whole) ? `${whole} 00:00:00` : whole;
  const fraction = Number(args[0] ?? "0");
  const seconds = /^(.*\d\d:\d\d:\d\d)\.(\d+)$/.exec(day);
  if (seconds)
    return `${seconds[1] ?? ""}${fraction > 0 ? `.${(seconds[2] ?? "").padEnd(fraction, "0").slice(0, fraction)}` : ""}`;
  return fraction > 0 && /\d\d:\d\d:\d\d$/.test(day) ? `${day}.${"0".repeat(fraction)}` : day;
}

/** As the server writes a literal back. */
export function quoted(value: string): string {
  const escaped = value
    .replaceAll("\\", "\\\\")
    .replaceAll("\0", "\\0")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
  return `'${escaped.replaceAll("'", "''")}'`;
}

const NOW = /^(?:current_timestamp|now|localtime|localtimestamp)(?:\s*\(\s*(\d?)\s*\))?$/i;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const TEMPORAL: Readonly<Record<string, string>> = {
  date: "0000-00-00",
  time: "00:00:00",
  datetime: "0000-00-00 00:00:00",
  timestamp: "0000-00-00 00:00:00",
};
