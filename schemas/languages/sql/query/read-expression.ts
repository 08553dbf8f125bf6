import type { Expr } from "./ast.ts";
import { readCall, readWordCall } from "./read-call.ts";
import type { QueryReader } from "./query-reader.ts";
import { node, operator, readQuery, startsQuery } from "./read-parts.ts";

/** An expression of any kind. */
export function readExpr(reader: QueryReader, least = 0): Expr {
  return reader.nested(() => {
    const first = reader.at;
    let left = readPrefix(reader);
    for (;;) {
      const more = readInfix(reader, left, first, least);
      if (more === null) return left;
      left = more;
    }
  });
}

/** Binding strength, weakest first. */
const OR = 1;
const XOR = 2;
const AND = 3;
const NOT = 4;
const COMPARE = 5;
const BITS = 6;
const SHIFT = 8;
const SUM = 9;
const PRODUCT = 10;
const POWER = 11;
const UNARY = 12;
const SUFFIX = 13;

const BINARY: Readonly<Record<string, number>> = {
  ":=": OR,
  OR,
  XOR,
  AND,
  "&&": AND,
  "=": COMPARE,
  "<=>": COMPARE,
  "<>": COMPARE,
  "!=": COMPARE,
  "<": COMPARE,
  ">": COMPARE,
  "<=": COMPARE,
  ">=": COMPARE,
  "!<": COMPARE,
  "!>": COMPARE,
  "|": BITS,
  "&": BITS + 1,
  "<<": SHIFT,
  ">>": SHIFT,
  "+": SUM,
  "-": SUM,
  "*": PRODUCT,
  "/": PRODUCT,
  "%": PRODUCT,
  DIV: PRODUCT,
  MOD: PRODUCT,
  "^": POWER,
  "->": SUFFIX,
  "->>": SUFFIX,
};

function readInfix(reader: QueryReader, left: Expr, first: number, least: number): Expr | null {
  const { key } = reader.peek();
  if (key === "") return null;
  const special = least <= COMPARE ? readPredicate(reader, left, first) : null;
  if (special !== null) return special;
  if (key === "COLLATE" && least <= SUFFIX) {
    reader.next();
    const name = reader.next().value;
    return operator(reader, first, `COLLATE ${name}`, [left]);
  }
  if (reader.is("AT", "TIME", "ZONE") && least <= SUFFIX) {
    reader.at += 3;
    return operator(reader, first, "AT TIME ZONE", [left, readExpr(reader, SUFFIX + 1)]);
  }
  if (reader.grammar === "mysql" && reader.is("MEMBER", "OF")) {
    reader.at += 2;
    return operator(reader, first, "MEMBER OF", [left, readExpr(reader, SUFFIX)]);
  }
  // `||` is OR in MySQL and joins texts nowhere else that is read here but SQL Server 2025.
  const ofBars = reader.grammar === "mysql" ? OR : SUM;
  const strength = key === "||" ? ofBars : BINARY[key];
  if (strength === undefined || strength < least) return null;
  reader.next();
  if (strength === COMPARE && ["ALL", "ANY", "SOME"].includes(reader.key) && reader.peek(1).key === "(") {
    const word = reader.next().key;
    const at = reader.at;
    reader.expect("(");
    const query = readQuery(reader);
    reader.expect(")");
    return operator(reader, first, `${key} ${word}`, [left, node<"query">(reader, at, { kind: "query", query })]);
  }
  return operator(reader, first, key, [left, readExpr(reader, strength + 1)]);
}

/** IS, IN, BETWEEN, LIKE, REGEXP with their NOT. */
function readPredicate(reader: QueryReader, left: Expr, first: number): Expr | null {
  if (reader.take("IS")) {
    const not = reader.take("NOT") ? "NOT " : "";
    if (reader.take("DISTINCT", "FROM")) {
      return operator(reader, first, `IS ${not}DISTINCT FROM`, [left, readExpr(reader, COMPARE + 1)]);
    }
    const word = reader.next();
    if (!IS_WORDS.has(word.key)) reader.fail("expected NULL, TRUE, FALSE or UNKNOWN");
    return operator(reader, first, `IS ${not}${word.key}`, [left]);
  }
  if (reader.is("SOUNDS", "LIKE")) {
    reader.at += 2;
    return operator(reader, first, "SOUNDS LIKE", [left, readExpr(reader, COMPARE + 1)]);
  }
  const isNegated = reader.is("NOT") && PREDICATES.has(reader.peek(1).key);
  const word = isNegated ? reader.peek(1).key : reader.key;
  if (!PREDICATES.has(word)) return null;
  reader.at += isNegated ? 2 : 1;
  const name = isNegated ? `NOT ${word}` : word;
  if (word === "BETWEEN") {
    const from = readExpr(reader, COMPARE + 1);
    reader.expect("AND");
    return operator(reader, first, name, [left, from, readExpr(reader, COMPARE + 1)]);
  }
  if (word !== "IN") {
    const pattern = readExpr(reader, COMPARE + 1);
    const escape = reader.take("ESCAPE") ? [readExpr(reader, COMPARE + 1)] : [];
    return operator(reader, first, name, [left, pattern, ...escape]);
  }
  const at = reader.at;
  reader.expect("(");
  if (startsQuery(reader)) {
    const query = readQuery(reader);
    reader.expect(")");
    return operator(reader, first, name, [left, node<"query">(reader, at, { kind: "query", query })]);
  }
  const list = reader.list(() => readExpr(reader));
  reader.expect(")");
  return operator(reader, first, name, [left, ...list]);
}

const IS_WORDS: ReadonlySet<string> = new Set(["NULL", "TRUE", "FALSE", "UNKNOWN"]);
const PREDICATES: ReadonlySet<string> = new Set(["IN", "BETWEEN", "LIKE", "REGEXP", "RLIKE"]);

function readPrefix(reader: QueryReader): Expr {
  const first = reader.at;
  const token = reader.peek();
  switch (token.kind) {
    case "number":
      reader.next();
      return node<"literal">(reader, first, { kind: "literal", type: "number", text: token.value });
    case "string": {
      reader.next();
      // Adjacent strings are one in MySQL.
      while (reader.grammar === "mysql" && reader.peek().kind === "string") reader.next();
      return node<"literal">(reader, first, { kind: "literal", type: "string", text: token.value });
    }
    case "variable":
      reader.next();
      return readMethods(reader, first, node<"variable">(reader, first, { kind: "variable", name: token.value }));
    case "parameter":
      reader.next();
      return node<"parameter">(reader, first, { kind: "parameter" });
    case "name":
      return readColumnOrCall(reader);
    case "symbol":
      return readSymbol(reader, token.key);
    case "word":
      return readWordPrefix(reader, token.key);
    case "end":
      return reader.fail("expected an expression");
  }
}

/** `@xml.value('…', 'int')` of T-SQL. */
function readMethods(reader: QueryReader, first: number, value: Expr): Expr {
  let now = value;
  while (reader.grammar === "mssql" && reader.is(".") && reader.peek(2).key === "(") {
    reader.next();
    const name = reader.partAfterDot();
    reader.expect("(");
    const args = reader.is(")") ? [] : reader.list(() => readExpr(reader));
    reader.expect(")");
    now = operator(reader, first, `.${name}`, [now, ...args]);
  }
  return now;
}

function readSymbol(reader: QueryReader, key: string): Expr {
  const first = reader.at;
  if (key === "(") {
    reader.next();
    if (startsQuery(reader)) {
      const query = readQuery(reader);
      reader.expect(")");
      return readMethods(reader, first, node<"query">(reader, first, { kind: "query", query }));
    }
    const items = reader.list(() => readExpr(reader));
    reader.expect(")");
    const [only] = items;
    return only && items.length === 1 ? readMethods(reader, first, only) : operator(reader, first, "ROW", items);
  }
  if (key === "*") {
    reader.next();
    return node<"all">(reader, first, { kind: "all", qualifier: [] });
  }
  if (key === "-" || key === "+" || key === "~" || key === "!") {
    reader.next();
    return operator(reader, first, `unary ${key}`, [readExpr(reader, UNARY)]);
  }
  if (key === "{" && reader.peek(1).kind === "word") {
    // ODBC: {fn NOW()}, {d '2026-01-01'}.
    reader.at += 2;
    const value = readExpr(reader);
    reader.expect("}");
    return value;
  }
  return reader.fail("expected an expression");
}

function readWordPrefix(reader: QueryReader, key: string): Expr {
  const first = reader.at;
  const after = reader.peek(1);
  switch (key) {
    case "NULL":
      reader.next();
      return node<"literal">(reader, first, { kind: "literal", type: "null", text: "NULL" });
    case "TRUE":
    case "FALSE":
      if (reader.grammar !== "mysql" || after.key === ".") break;
      reader.next();
      return node<"literal">(reader, first, { kind: "literal", type: "boolean", text: key });
    case "NOT":
      reader.next();
      return operator(reader, first, "NOT", [readExpr(reader, NOT)]);
    case "EXISTS": {
      reader.next();
      const at = reader.at;
      reader.expect("(");
      const query = readQuery(reader);
      reader.expect(")");
      return operator(reader, first, "EXISTS", [node<"query">(reader, at, { kind: "query", query })]);
    }
    case "CASE":
      return readCase(reader);
    case "DEFAULT":
      if (after.key === "(") break;
      reader.next();
      return node<"word">(reader, first, { kind: "word", word: key });
    case "BINARY":
      if (reader.grammar !== "mysql" || after.key === "(" || after.key === ".") break;
      reader.next();
      return operator(reader, first, "BINARY", [readExpr(reader, UNARY)]);
    default:
  }
  const special = readWordCall(reader);
  return special ?? readColumnOrCall(reader);
}

function readCase(reader: QueryReader): Expr {
  const first = reader.at;
  reader.expect("CASE");
  const operands: Expr[] = [];
  if (!reader.is("WHEN")) operands.push(readExpr(reader));
  if (!reader.is("WHEN")) reader.fail("expected WHEN");
  while (reader.take("WHEN")) {
    operands.push(readExpr(reader));
    reader.expect("THEN");
    operands.push(readExpr(reader));
  }
  if (reader.take("ELSE")) operands.push(readExpr(reader));
  reader.expect("END");
  return operator(reader, first, "CASE", operands);
}

function readColumnOrCall(reader: QueryReader): Expr {
  const first = reader.at;
  const isPlainWord = reader.peek().kind === "word";
  // Functions may be called as words that are reserved: LEFT(…), RIGHT(…), IF(…), REPLACE(…), INSERT(…), VALUES(…).
  if (isPlainWord && reader.peek(1).key === "(" && !NO_FUNCTIONS.has(reader.key)) {
    const name = reader.next().value;
    return readMethods(reader, first, readCall(reader, first, [name]));
  }
  const parts = [reader.name()];
  while (reader.is(".")) {
    reader.next();
    if (reader.is("*")) {
      reader.next();
      return node<"all">(reader, first, { kind: "all", qualifier: parts });
    }
    if (reader.is(".")) {
      parts.push("");
      continue;
    }
    parts.push(reader.partAfterDot());
    if (reader.is("(")) return readMethods(reader, first, readCall(reader, first, parts));
  }
  if (reader.grammar === "mssql" && reader.is("::")) {
    // A type's static method: GEOGRAPHY::Point(…).
    reader.next();
    const method = reader.partAfterDot();
    return readMethods(reader, first, readCall(reader, first, [parts.join("."), method]));
  }
  if (reader.is("(")) return readMethods(reader, first, readCall(reader, first, parts));
  return node<"column">(reader, first, { kind: "column", parts });
}

const NO_FUNCTIONS: ReadonlySet<string> = new Set([
  "AND",
  "OR",
  "IN",
  "SELECT",
  "FROM",
  "WHERE",
  "ON",
  "WHEN",
  "THEN",
  "AS",
  "BY",
  "SET",
]);
