import type { Expr, OrderItem, WindowSpec } from "./ast.ts";
import type { QueryReader } from "./query-reader.ts";
import { node, operator, readExpr, readOrderBy, readQuery, readWindow, startsQuery } from "./read-parts.ts";
import { readTypeText } from "./read-type-text.ts";

/** Arguments, ORDER BY and OVER of a call whose name was passed. */
export function readCall(reader: QueryReader, first: number, name: readonly string[]): Expr {
  reader.expect("(");
  const word = name.length === 1 ? (name[0] ?? "").toUpperCase() : "";
  const distinct = reader.take("DISTINCT");
  if (!distinct) reader.take("ALL");
  let args: Expr[] = [];
  let orderBy: OrderItem[] = [];
  if (!reader.is(")")) {
    args = readArguments(reader, word);
    if (reader.take("ORDER", "BY")) orderBy = readOrderBy(reader);
    if (reader.take("SEPARATOR")) reader.next();
    // GROUP_CONCAT of MariaDB takes a LIMIT; JSON_OBJECT and others take ABSENT ON NULL, RETURNING type.
    while (!reader.is(")") && !reader.isAtEnd && CALL_ENDS.has(reader.key)) skipCallEnd(reader);
  }
  reader.expect(")");
  return finishCall(reader, first, { name, args, orderBy, distinct });
}

function finishCall(
  reader: QueryReader,
  first: number,
  call: {
    readonly name: readonly string[];
    readonly args: readonly Expr[];
    readonly orderBy: readonly OrderItem[];
    readonly distinct?: boolean;
  },
): Expr {
  let { orderBy } = call;
  if (reader.take("WITHIN", "GROUP")) {
    reader.expect("(");
    reader.expect("ORDER", "BY");
    orderBy = readOrderBy(reader);
    reader.expect(")");
  }
  if ((reader.is("RESPECT") || reader.is("IGNORE")) && reader.peek(1).key === "NULLS") reader.at += 2;
  let over: WindowSpec | undefined;
  if (reader.take("OVER")) over = readWindow(reader);
  return node<"call">(reader, first, {
    kind: "call",
    name: call.name,
    args: call.args,
    ...(call.distinct === true ? { distinct: true } : {}),
    orderBy,
    ...(over ? { over } : {}),
  });
}

function skipCallEnd(reader: QueryReader): void {
  while (!reader.is(")") && !reader.isAtEnd) if (!reader.skipParens()) reader.next();
}

const CALL_ENDS: ReadonlySet<string> = new Set(["LIMIT", "ABSENT", "NULL", "RETURNING", "RESPECT", "IGNORE", "USING"]);

/** Functions whose first argument is a word such as `day`. */
const UNIT_FIRST: ReadonlySet<string> = new Set(
  `DATEADD DATEDIFF DATEDIFF_BIG DATENAME DATEPART DATETRUNC DATE_BUCKET TIMESTAMPADD TIMESTAMPDIFF GET_FORMAT`.split(
    /\s+/,
  ),
);

function readArguments(reader: QueryReader, word: string): Expr[] {
  if (startsQuery(reader) && !reader.is("(")) {
    const at = reader.at;
    const query = readQuery(reader);
    return [node<"query">(reader, at, { kind: "query", query })];
  }
  const isUnit = UNIT_FIRST.has(word) && reader.peek().kind === "word" && reader.peek(1).key === ",";
  const args: Expr[] = [];
  if (isUnit) {
    const at = reader.at;
    const unit = reader.next().value;
    args.push(node<"word">(reader, at, { kind: "word", word: unit }));
    reader.expect(",");
  }
  // JSON_OBJECT('key': value) of SQL Server and MariaDB's `'key' VALUE value`.
  const readOne = (): Expr => {
    const at = reader.at;
    const value = readExpr(reader);
    if (reader.take(":") || reader.take("VALUE")) return operator(reader, at, ":", [value, readExpr(reader)]);
    if (reader.is("FOR") || reader.is("FROM")) return value;
    return value;
  };
  args.push(...reader.list(readOne));
  if (reader.take("FROM")) args.push(readExpr(reader));
  if (reader.take("FOR")) args.push(readExpr(reader));
  return args;
}

/** What looks like a call or a literal and has a grammar of its own; null when none is next. */
export function readWordCall(reader: QueryReader): Expr | null {
  const first = reader.at;
  const { key } = reader.peek();
  const hasParens = reader.peek(1).key === "(";
  if (hasParens) return readSpecialCall(reader, first, key);
  if (reader.grammar === "mysql") {
    if (key === "INTERVAL") return readInterval(reader, first);
    const isPrefix = LITERAL_TYPES.has(key) || key.startsWith("_");
    if (isPrefix && reader.peek(1).kind === "string") {
      const text = reader.peek(1).value;
      reader.at += 2;
      return node<"literal">(reader, first, { kind: "literal", type: "string", text });
    }
  }
  if (reader.grammar === "mssql" && reader.is("NEXT", "VALUE", "FOR")) {
    reader.at += 3;
    reader.qualified();
    if (reader.take("OVER")) readWindow(reader);
    return operator(reader, first, "NEXT VALUE FOR", []);
  }
  const isBare = BARE[reader.grammar].has(key) && reader.peek(1).key !== ".";
  if (!isBare) return null;
  const name = reader.next().value;
  return node<"call">(reader, first, { kind: "call", name: [name], args: [], orderBy: [], isBare: true });
}

const LITERAL_TYPES: ReadonlySet<string> = new Set(["DATE", "TIME", "TIMESTAMP", "N"]);
const BARE = {
  mysql: new Set(
    `CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER LOCALTIME LOCALTIMESTAMP UTC_DATE UTC_TIME UTC_TIMESTAMP CURRENT_ROLE`.split(
      " ",
    ),
  ),
  mssql: new Set(`CURRENT_DATE CURRENT_TIMESTAMP CURRENT_USER SESSION_USER SYSTEM_USER USER`.split(" ")),
} as const satisfies Record<string, ReadonlySet<string>>;

function readInterval(reader: QueryReader, first: number): Expr {
  reader.next();
  const amount = readExpr(reader);
  const at = reader.at;
  const unit = reader.next();
  if (unit.kind !== "word") reader.fail("expected the unit of an interval");
  const word = node<"word">(reader, at, { kind: "word", word: unit.value });
  return operator(reader, first, "INTERVAL", [amount, word]);
}

function readSpecialCall(reader: QueryReader, first: number, key: string): Expr | null {
  switch (key) {
    case "CAST":
    case "TRY_CAST": {
      reader.at += 2;
      const value = readExpr(reader);
      reader.expect("AS");
      const type = readTypeText(reader);
      if (reader.take("FORMAT")) readExpr(reader);
      reader.expect(")");
      return node<"cast">(reader, first, { kind: "cast", value, type });
    }
    case "CONVERT":
    case "TRY_CONVERT":
      return readConvert(reader, first);
    case "PARSE":
    case "TRY_PARSE": {
      if (reader.grammar !== "mssql") return null;
      reader.at += 2;
      const value = readExpr(reader);
      reader.expect("AS");
      const type = readTypeText(reader);
      if (reader.take("USING")) readExpr(reader);
      reader.expect(")");
      return node<"cast">(reader, first, { kind: "cast", value, type });
    }
    case "EXTRACT": {
      reader.at += 2;
      reader.next();
      reader.expect("FROM");
      const value = readExpr(reader);
      reader.expect(")");
      return operator(reader, first, "EXTRACT", [value]);
    }
    case "TRIM":
      return readTrim(reader, first);
    case "POSITION": {
      if (reader.grammar !== "mysql") return null;
      reader.at += 2;
      // IN binds the search to what is searched here.
      const needle = readExpr(reader, 6);
      reader.expect("IN");
      const value = readExpr(reader);
      reader.expect(")");
      return operator(reader, first, "POSITION", [needle, value]);
    }
    case "MATCH":
      return reader.grammar === "mysql" ? readMatch(reader, first) : null;
    case "INTERVAL":
      // INTERVAL(…) with a comma is a function, else the amount stands in parentheses.
      return reader.grammar === "mysql" && !hasComma(reader) ? readInterval(reader, first) : null;
    default:
      return null;
  }
}

function hasComma(reader: QueryReader): boolean {
  let depth = 0;
  for (let ahead = 1; ; ahead++) {
    const { key, kind } = reader.peek(ahead);
    if (kind === "end") return false;
    if (key === "(") depth++;
    else if (key === ")" && --depth === 0) return false;
    else if (key === "," && depth === 1) return true;
  }
}

/** `CONVERT(x, type)` and `CONVERT(x USING charset)` of MySQL, `CONVERT(type, x, style)` of T-SQL. */
function readConvert(reader: QueryReader, first: number): Expr {
  reader.at += 2;
  if (reader.grammar === "mssql") {
    const type = readTypeText(reader);
    reader.expect(",");
    const value = readExpr(reader);
    if (reader.take(",")) readExpr(reader);
    reader.expect(")");
    return node<"cast">(reader, first, { kind: "cast", value, type });
  }
  const value = readExpr(reader);
  let type = "";
  if (reader.take("USING")) reader.next();
  else {
    reader.expect(",");
    type = readTypeText(reader);
  }
  reader.expect(")");
  return node<"cast">(reader, first, { kind: "cast", value, type });
}

function readTrim(reader: QueryReader, first: number): Expr {
  reader.at += 2;
  const hasSide = ["BOTH", "LEADING", "TRAILING"].includes(reader.key) && reader.peek(1).key !== ")";
  if (hasSide) reader.next();
  const operands: Expr[] = [];
  if (!reader.is("FROM")) operands.push(readExpr(reader));
  if (reader.take("FROM")) operands.push(readExpr(reader));
  reader.expect(")");
  return operator(reader, first, "TRIM", operands);
}

function readMatch(reader: QueryReader, first: number): Expr {
  reader.at += 2;
  const columns = reader.list(() => readExpr(reader));
  reader.expect(")");
  reader.expect("AGAINST");
  reader.expect("(");
  // `IN BOOLEAN MODE` is no predicate.
  const words = readExpr(reader, 6);
  while (!reader.is(")") && !reader.isAtEnd) reader.next();
  reader.expect(")");
  return operator(reader, first, "MATCH", [...columns, words]);
}
