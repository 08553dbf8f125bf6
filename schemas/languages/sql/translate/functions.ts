import { Untranslatable, type Expression } from "./query.ts";

type Call = Extract<Expression, { kind: "call" }>;

export interface CallWriter {
  readonly write: (expression: Expression) => string;
  readonly text: (text: string) => string;
}

type Writer = (args: readonly string[], call: Call, writer: CallWriter) => string;

const renamed =
  (name: string): Writer =>
  (args) =>
    `${name}(${args.join(", ")})`;
const same = (name: string): readonly [string, Writer] => [name, renamed(name.toLowerCase())];

function need(args: readonly string[], count: number, name: string): void {
  if (args.length !== count) throw new Untranslatable(`${name} with ${args.length} arguments is not translated`);
}

/** Functions that mean the same in all three, or that PostgreSQL has under another name. */
const common: readonly (readonly [string, Writer])[] = [
  ...[
    "COUNT",
    "GROUPING",
    "SUM",
    "MIN",
    "MAX",
    "COALESCE",
    "NULLIF",
    "LOWER",
    "UPPER",
    "ABS",
    "CEILING",
    "FLOOR",
    "SQRT",
    "POWER",
    "EXP",
    "SIGN",
    "REPLACE",
    "REVERSE",
    "LTRIM",
    "RTRIM",
    "ROW_NUMBER",
    "RANK",
    "DENSE_RANK",
    "LAG",
    "LEAD",
    "FIRST_VALUE",
    "LAST_VALUE",
    "NTILE",
    "GREATEST",
    "LEAST",
  ].map(same),
  ["AVG", ([value = ""]) => `avg(${value}::numeric)`],
  ["CONCAT", concat],
  ["CONCAT_WS", renamed("concat_ws")],
  [
    "ROUND",
    (args) =>
      args.length === 1 ? `round(${args[0] ?? ""}::numeric)` : `round(${args[0] ?? ""}::numeric, ${args[1] ?? ""})`,
  ],
  ["SUBSTRING", (args) => `substr(${args.join(", ")})`],
  ["LEFT", renamed("left")],
  ["RIGHT", renamed("right")],
  ["YEAR", part("year")],
  ["MONTH", part("month")],
  ["DAY", part("day")],
];

/** MySQL's is NULL where one argument is; PostgreSQL leaves that one out. */
function withoutMissing(name: string): Writer {
  return (args) =>
    `CASE WHEN ${args.map((one) => `(${one}) IS NOT NULL`).join(" AND ")} THEN ${name}(${args.join(", ")}) END`;
}

/** MySQL counts the combinations of several values, without those that miss one. */
function countOf(args: readonly string[], call: Call, { write }: CallWriter): string {
  if (args.length < 2) return `count(${args.join(", ")})`;
  const values = call.arguments.map(write);
  return `count(DISTINCT (${values.join(", ")})) FILTER (WHERE ${values.map((one) => `(${one}) IS NOT NULL`).join(" AND ")})`;
}

function part(unit: string): Writer {
  return ([value = ""]) => `extract(${unit} from ${value})::int`;
}

/** CONCAT of MySQL is NULL where a part is; that of the others skips it. */
function concat(args: readonly string[]): string {
  return `concat(${args.join(", ")})`;
}

function aggregateText(args: readonly string[], call: Call, writer: CallWriter): string {
  if (call.isDistinct && call.order.length > 0)
    throw new Untranslatable("distinct values in an order of their own are not translated");
  const order = call.order.map(({ by, isDescending }) => `${writer.write(by)}${isDescending ? " DESC" : ""}`);
  const tail = order.length > 0 ? ` ORDER BY ${order.join(", ")}` : "";
  return `string_agg(${call.isDistinct ? "DISTINCT " : ""}(${args[0] ?? ""})::text, ${args[1] ?? writer.text(call.separator ?? ",")}${tail})`;
}

const UNITS: Readonly<Record<string, string>> = {
  YEAR: "year",
  YY: "year",
  YYYY: "year",
  MONTH: "month",
  MM: "month",
  M: "month",
  DAY: "day",
  DD: "day",
  D: "day",
  HOUR: "hour",
  HH: "hour",
  MINUTE: "minute",
  MI: "minute",
  N: "minute",
  SECOND: "second",
  SS: "second",
  S: "second",
  WEEK: "week",
  WK: "week",
  WW: "week",
  QUARTER: "quarter",
  QQ: "quarter",
};

export function unitOf(word: string): string {
  const unit = UNITS[word.toUpperCase()];
  if (unit === undefined) throw new Untranslatable(`the unit ${word} is not translated`);
  return unit;
}

export const interval = (amount: string, word: string): string => {
  const unit = unitOf(word);
  return unit === "quarter" ? `(${amount}) * interval '3 months'` : `(${amount}) * interval '1 ${unit}'`;
};

const mysql: readonly (readonly [string, Writer])[] = [
  ["IFNULL", renamed("coalesce")],
  ["GREATEST", withoutMissing("greatest")],
  ["LEAST", withoutMissing("least")],
  ["COUNT", countOf],
  [
    "IF",
    (_, call, { write }) => {
      const [condition, yes, no] = call.arguments;
      if (!condition || !yes || !no) throw new Untranslatable("IF takes three arguments");
      return write({ kind: "case", cases: [{ when: condition, result: yes }], otherwise: no });
    },
  ],
  ["CONCAT", (args) => `(${args.map((one) => `(${one})::text`).join(" || ")})`],
  ["NOW", () => "localtimestamp"],
  ["CURRENT_TIMESTAMP", () => "localtimestamp"],
  ["SYSDATE", () => "localtimestamp"],
  ["CURDATE", () => "current_date"],
  ["CURRENT_DATE", () => "current_date"],
  ["DATE", ([value = ""]) => `(${value})::date`],
  ["HOUR", part("hour")],
  ["MINUTE", part("minute")],
  ["SECOND", part("second")],
  ["QUARTER", part("quarter")],
  ["DAYOFMONTH", part("day")],
  ["DAYOFYEAR", part("doy")],
  ["DATEDIFF", (args) => (need(args, 2, "DATEDIFF"), `((${args[0] ?? ""})::date - (${args[1] ?? ""})::date)`)],
  ["DATE_ADD", (args) => (need(args, 2, "DATE_ADD"), `((${args[0] ?? ""})::timestamp + ${args[1] ?? ""})`)],
  ["DATE_SUB", (args) => (need(args, 2, "DATE_SUB"), `((${args[0] ?? ""})::timestamp - ${args[1] ?? ""})`)],
  ["CHAR_LENGTH", renamed("char_length")],
  ["CHARACTER_LENGTH", renamed("char_length")],
  ["LENGTH", renamed("octet_length")],
  ["SUBSTR", renamed("substr")],
  ["LCASE", renamed("lower")],
  ["UCASE", renamed("upper")],
  ["TRIM", renamed("btrim")],
  ["POW", renamed("power")],
  ["MOD", renamed("mod")],
  ["CEIL", renamed("ceil")],
  ["TRUNCATE", renamed("trunc")],
  ["LPAD", renamed("lpad")],
  ["RPAD", renamed("rpad")],
  ["UUID", () => "gen_random_uuid()::text"],
  ["RAND", () => "random()"],
  ["GROUP_CONCAT", aggregateText],
  ["ISNULL", ([value = ""]) => `(${value} IS NULL)::int`],
];

const mssql: readonly (readonly [string, Writer])[] = [
  ["ISNULL", (args) => (need(args, 2, "ISNULL"), `coalesce(${args.join(", ")})`)],
  [
    "IIF",
    (args, call, writer) => {
      const [condition, yes, no] = call.arguments;
      if (!condition || !yes || !no) throw new Untranslatable("IIF takes three arguments");
      return writer.write({ kind: "case", cases: [{ when: condition, result: yes }], otherwise: no });
    },
  ],
  ["GETDATE", () => "localtimestamp"],
  ["SYSDATETIME", () => "localtimestamp"],
  ["GETUTCDATE", () => "timezone('utc', now())"],
  ["SYSUTCDATETIME", () => "timezone('utc', now())"],
  ["SYSDATETIMEOFFSET", () => "now()"],
  ["NEWID", () => "gen_random_uuid()"],
  ["NEWSEQUENTIALID", () => "gen_random_uuid()"],
  ["LEN", ([value = ""]) => `char_length(rtrim(${value}))`],
  ["DATALENGTH", renamed("octet_length")],
  ["TRIM", renamed("btrim")],
  ["CHARINDEX", (args) => (need(args, 2, "CHARINDEX"), `strpos(${args[1] ?? ""}, ${args[0] ?? ""})`)],
  [
    "DATEPART",
    (args, call) => (need(args, 2, "DATEPART"), `extract(${unitOf(unitWord(call))} from ${args[1] ?? ""})::int`),
  ],
  [
    "DATEADD",
    (args, call) => (
      need(args, 3, "DATEADD"),
      `((${args[2] ?? ""})::timestamp + ${interval(args[1] ?? "", unitWord(call))})`
    ),
  ],
  ["DATEDIFF", dateDiff],
  ["STRING_AGG", aggregateText],
  ["COUNT_BIG", renamed("count")],
  ["STDEV", renamed("stddev_samp")],
  ["SUSER_SNAME", () => "current_user::text"],
  ["USER_NAME", () => "current_user::text"],
];

/** How many borders of the unit lie between the two. */
function dateDiff(args: readonly string[], call: Call): string {
  need(args, 3, "DATEDIFF");
  const [, from = "", to = ""] = args;
  const unit = unitOf(unitWord(call));
  const years = `(extract(year from ${to})::int - extract(year from ${from})::int)`;
  if (unit === "year") return years;
  if (unit === "month") return `(${years} * 12 + extract(month from ${to})::int - extract(month from ${from})::int)`;
  if (unit === "day") return `((${to})::date - (${from})::date)`;
  throw new Untranslatable(`DATEDIFF by ${unit} is not translated`);
}

function unitWord({ arguments: [unit] }: Call): string {
  if (unit?.kind === "word") return unit.word;
  throw new Untranslatable("a unit was expected");
}

export const functionsOf: Readonly<Record<"mysql" | "mssql", ReadonlyMap<string, Writer>>> = {
  mysql: new Map([...common, ...mysql]),
  mssql: new Map([...common, ...mssql]),
};
