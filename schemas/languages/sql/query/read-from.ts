import type { JoinHow, TableExpr } from "./ast.ts";
import type { QueryReader } from "./query-reader.ts";
import { readExpr, readNames, readQuery, startsQuery } from "./read-parts.ts";
import { readTypeText } from "./read-type-text.ts";

/** What stands behind FROM. */
export function readFrom(reader: QueryReader): TableExpr {
  const first = reader.at;
  let left = readJoined(reader);
  while (reader.take(",")) {
    const right = readJoined(reader);
    left = { kind: "join", how: "cross", left, right, isNatural: false, isComma: true, ...reader.spanFrom(first) };
  }
  return left;
}

function readJoined(reader: QueryReader): TableExpr {
  return reader.nested(() => {
    const first = reader.at;
    let left = readFactor(reader);
    for (;;) {
      const join = readJoinWords(reader);
      if (join === null) return left;
      let right = readFactor(reader);
      // `a JOIN b JOIN c ON … ON …`: the inner join comes first when no condition follows.
      while (needsCondition(join) && !reader.is("ON") && !reader.is("USING")) {
        const inner = readJoinWords(reader);
        if (inner === null) break;
        right = withCondition(reader, { ...inner, left: right, right: readFactor(reader), first });
      }
      left = withCondition(reader, { ...join, left, right, first });
    }
  });
}

interface JoinWords {
  readonly how: JoinHow;
  readonly isNatural: boolean;
  readonly hint?: string;
}

const needsCondition = ({ how, isNatural }: JoinWords): boolean =>
  !isNatural && (how === "inner" || how === "left" || how === "right" || how === "full");

function withCondition(
  reader: QueryReader,
  join: JoinWords & { readonly left: TableExpr; readonly right: TableExpr; readonly first: number },
): TableExpr {
  const { how, isNatural, left, right, first, hint } = join;
  const takesCondition = needsCondition(join) || (reader.grammar === "mysql" && how === "cross");
  const on = takesCondition && reader.take("ON") ? readExpr(reader) : undefined;
  const using = takesCondition && on === undefined && reader.take("USING") ? readNames(reader) : undefined;
  const isOptional = reader.grammar === "mysql" && (how === "inner" || how === "cross");
  if (needsCondition(join) && !isOptional && !on && !using) reader.fail("expected ON");
  return {
    kind: "join",
    how,
    left,
    right,
    isNatural,
    isComma: false,
    ...(on ? { on } : {}),
    ...(using ? { using } : {}),
    ...(hint === undefined ? {} : { hint }),
    ...reader.spanFrom(first),
  };
}

function readJoinWords(reader: QueryReader): JoinWords | null {
  const first = reader.at;
  const isNatural = reader.grammar === "mysql" && reader.take("NATURAL");
  if (reader.grammar === "mysql" && reader.take("STRAIGHT_JOIN")) return { how: "inner", isNatural };
  let how: JoinHow = "inner";
  if (reader.take("CROSS")) {
    if (reader.take("APPLY")) return { how: "cross apply", isNatural };
    how = "cross";
  } else if (reader.is("OUTER", "APPLY")) {
    reader.at += 2;
    return { how: "outer apply", isNatural };
  } else if (reader.take("LEFT")) how = "left";
  else if (reader.take("RIGHT")) how = "right";
  else if (reader.grammar === "mssql" && reader.take("FULL")) how = "full";
  else reader.take("INNER");
  reader.take("OUTER");
  const isHinted = reader.grammar === "mssql" && HINTS.has(reader.key) && reader.peek(1).key === "JOIN";
  const hint = isHinted ? reader.next().key : undefined;
  if (!reader.take("JOIN")) {
    reader.at = first;
    return null;
  }
  return { how, isNatural, ...(hint === undefined ? {} : { hint }) };
}

const HINTS: ReadonlySet<string> = new Set(["LOOP", "HASH", "MERGE", "REMOTE"]);

function readFactor(reader: QueryReader): TableExpr {
  const first = reader.at;
  let factor = readPlain(reader);
  while (reader.grammar === "mssql" && (reader.is("PIVOT") || reader.is("UNPIVOT"))) {
    reader.next();
    reader.skipParens();
    const alias = readAlias(reader);
    factor = { kind: "pivot", of: factor, ...(alias === undefined ? {} : { alias }), ...reader.spanFrom(first) };
  }
  return factor;
}

function readPlain(reader: QueryReader): TableExpr {
  const first = reader.at;
  const isLateral = reader.grammar === "mysql" && reader.take("LATERAL");
  if (reader.is("(")) {
    if (startsQuery(reader) || reader.peek(1).key === "VALUES") {
      const start = reader.at;
      const derived = tryDerived(reader, first, isLateral);
      if (derived) return derived;
      reader.at = start;
    }
    reader.expect("(");
    const inner = readFrom(reader);
    reader.expect(")");
    return inner;
  }
  if (reader.grammar === "mysql" && reader.is("{") && reader.peek(1).key === "OJ") {
    reader.at += 2;
    const inner = readJoined(reader);
    reader.expect("}");
    return inner;
  }
  if (reader.peek().kind === "variable") return readVariable(reader, first);
  const name = reader.qualified();
  if (reader.is("(") && !(reader.grammar === "mssql" && isOldHint(reader))) return readFunction(reader, first, name);
  skipTableClauses(reader);
  const alias = readAlias(reader);
  // T-SQL lets no list of columns follow a table; what stands in parentheses is a hint without WITH.
  const hints = [...readHints(reader)];
  return {
    kind: "table",
    name,
    columns: [],
    hints,
    ...(alias === undefined ? {} : { alias }),
    ...reader.spanFrom(first),
  };
}

/** A subquery with its alias; null when the parentheses turn out to hold joins. */
function tryDerived(reader: QueryReader, first: number, isLateral: boolean): TableExpr | null {
  reader.expect("(");
  const query = readQuery(reader);
  if (!reader.take(")")) return null;
  const alias = readAlias(reader);
  const columns = alias !== undefined && reader.is("(") ? readNames(reader) : [];
  return {
    kind: "derived",
    query,
    isLateral,
    columns,
    ...(alias === undefined ? {} : { alias }),
    ...reader.spanFrom(first),
  };
}

function readVariable(reader: QueryReader, first: number): TableExpr {
  const name = reader.next().value;
  if (reader.is(".") && reader.peek(2).key === "(") {
    reader.next();
    return readFunction(reader, first, [name, reader.partAfterDot()]);
  }
  const alias = readAlias(reader);
  readHints(reader);
  return { kind: "variable", name, ...(alias === undefined ? {} : { alias }), ...reader.spanFrom(first) };
}

/** `orders (NOLOCK)`, as SQL Server still takes it. */
function isOldHint(reader: QueryReader): boolean {
  return TABLE_HINTS.has(reader.peek(1).key) && [")", ","].includes(reader.peek(2).key);
}

const TABLE_HINTS: ReadonlySet<string> = new Set(
  `NOLOCK READUNCOMMITTED READCOMMITTED READPAST REPEATABLEREAD SERIALIZABLE HOLDLOCK ROWLOCK PAGLOCK TABLOCK TABLOCKX
  UPDLOCK XLOCK NOWAIT NOEXPAND FORCESEEK FORCESCAN SNAPSHOT READCOMMITTEDLOCK`.split(/\s+/),
);

function readFunction(reader: QueryReader, first: number, name: readonly string[]): TableExpr {
  const word = (name.at(-1) ?? "").toUpperCase();
  reader.expect("(");
  const isJsonTable = reader.grammar === "mysql" && word === "JSON_TABLE";
  const args = [];
  let columns: readonly string[] | null = null;
  if (isJsonTable) {
    args.push(readExpr(reader));
    reader.expect(",");
    args.push(readExpr(reader));
    reader.expect("COLUMNS");
    columns = readJsonColumns(reader);
  } else if (!reader.is(")")) args.push(...reader.list(() => readExpr(reader)));
  reader.expect(")");
  if (reader.grammar === "mssql" && reader.is("WITH", "(") && word === "OPENJSON") {
    reader.next();
    columns = readDefinedColumns(reader);
  }
  const alias = readAlias(reader);
  if (alias !== undefined && reader.is("(")) columns = readNames(reader);
  columns ??= KNOWN_COLUMNS[word] ?? null;
  return {
    kind: "function",
    name,
    args,
    columns,
    ...(alias === undefined ? {} : { alias }),
    ...reader.spanFrom(first),
  };
}

const KNOWN_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  OPENJSON: ["key", "value", "type"],
  STRING_SPLIT: ["value", "ordinal"],
  GENERATE_SERIES: ["value"],
};

/** `(id INT PATH '$.id', NESTED PATH '$.x[*]' COLUMNS (…))`. */
function readJsonColumns(reader: QueryReader): string[] {
  reader.expect("(");
  const columns: string[] = [];
  do {
    if (reader.take("NESTED")) {
      reader.take("PATH");
      reader.next();
      reader.expect("COLUMNS");
      columns.push(...readJsonColumns(reader));
      continue;
    }
    columns.push(reader.name());
    while (!reader.isAtEnd && !reader.is(",") && !reader.is(")")) if (!reader.skipParens()) reader.next();
  } while (reader.take(","));
  reader.expect(")");
  return columns;
}

/** `(id int '$.id', rows nvarchar(max) AS JSON)`. */
function readDefinedColumns(reader: QueryReader): string[] {
  reader.expect("(");
  const columns = reader.list(() => {
    const name = reader.name();
    readTypeText(reader);
    while (!reader.isAtEnd && !reader.is(",") && !reader.is(")")) reader.next();
    return name;
  });
  reader.expect(")");
  return columns;
}

/** PARTITION (…), index hints, FOR SYSTEM_TIME …, TABLESAMPLE …: what names no columns. */
function skipTableClauses(reader: QueryReader): void {
  for (;;) {
    if (reader.grammar === "mysql" && reader.is("PARTITION", "(")) {
      reader.next();
      reader.skipParens();
    } else if (reader.is("FOR", "SYSTEM_TIME")) {
      reader.at += 2;
      while (!reader.isAtEnd && SYSTEM_TIME.has(reader.key)) {
        reader.next();
        while (["string", "variable", "number", "parameter"].includes(reader.peek().kind)) reader.next();
        reader.skipParens();
      }
    } else if (reader.take("TABLESAMPLE")) {
      reader.take("SYSTEM");
      reader.skipParens();
    } else return;
  }
}

const SYSTEM_TIME: ReadonlySet<string> = new Set([
  "AS",
  "OF",
  "ALL",
  "FROM",
  "TO",
  "BETWEEN",
  "AND",
  "CONTAINED",
  "IN",
  "TIMESTAMP",
]);

function readAlias(reader: QueryReader): string | undefined {
  if (reader.take("AS")) return reader.name();
  if (!reader.isName || NO_ALIAS.has(reader.key)) return undefined;
  return reader.next().value;
}

const NO_ALIAS: ReadonlySet<string> = new Set(
  `OFFSET MINUS LOCK USE FORCE IGNORE PARTITION OJ WHEN OUTPUT LOOP HASH OPTION`.split(/\s+/),
);

/** `WITH (NOLOCK, INDEX (x))`, `USE INDEX (x)`. */
function* readHints(reader: QueryReader): Generator<string> {
  for (;;) {
    if (reader.grammar === "mysql") {
      const isHint = ["USE", "FORCE", "IGNORE"].includes(reader.key) && ["INDEX", "KEY"].includes(reader.peek(1).key);
      if (!isHint) return;
      yield `${reader.next().key} INDEX`;
      reader.next();
      if (reader.take("FOR")) {
        if (!reader.take("JOIN") && !reader.take("ORDER", "BY")) reader.take("GROUP", "BY");
      }
      reader.skipParens();
      reader.take(",");
      continue;
    }
    skipTableClauses(reader);
    const isWith = reader.is("WITH", "(");
    if (!isWith && !(reader.is("(") && isOldHint(reader))) return;
    if (isWith) reader.next();
    reader.expect("(");
    while (!reader.isAtEnd && !reader.is(")")) {
      const { kind, key } = reader.peek();
      if (kind === "word") yield key;
      if (!reader.skipParens()) reader.next();
    }
    reader.expect(")");
  }
}
