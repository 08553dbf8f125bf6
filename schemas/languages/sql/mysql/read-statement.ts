import { Cursor, ReadError, type LostClause } from "./cursor.ts";
import { readAlterTable } from "./read-alter.ts";
import { readKeyOptions, readKeyParts } from "./read-key.ts";
import {
  readCreateEvent,
  readCreateRoutine,
  readCreateTrigger,
  readCreateView,
  type CreateFlags,
} from "./read-routine.ts";
import { readCreateTable } from "./read-table.ts";
import { acceptCharset, readCharsetName } from "./read-type.ts";
import type { KeySpec, PositionedSpec, Statement } from "./statement.ts";
import type { Scanner } from "./tokens.ts";

export interface ReadStatement {
  /** Null when the statement could not be read; `error` says why. */
  readonly statement: Statement | null;
  readonly error?: { readonly message: string; readonly offset: number };
  /** Clauses that were left out. */
  readonly lost: readonly LostClause[];
  /** Tokens passed or looked at. */
  readonly steps: number;
}

/** What one statement asks for. Work grows with the length of the text, whatever is in it. */
export function readStatement(text: string, runs: Scanner["runs"]): ReadStatement {
  const cursor = new Cursor(text, runs);
  try {
    const statement = readAny(cursor);
    return { statement, lost: cursor.lost, steps: cursor.steps };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { statement: null, error: { message: error.message, offset: error.offset }, lost: [], steps: cursor.steps };
  }
}

function readAny(cursor: Cursor): Statement {
  const { word } = cursor;
  if (SESSION_WORK.has(word) || (word === "SET" && cursor.lexemes[1]?.kind === "variable")) return { kind: "session" };
  if (word === "SELECT" && cursor.lexemes.some((lexeme) => lexeme.word === "INTO")) return { kind: "session" };
  if (word === "BEGIN" && cursor.wordAt(1) === "NOT") return { kind: "session" };
  if (cursor.isDone || SESSION_AND_DATA.has(word)) return { kind: "nothing" };
  switch (word) {
    case "CREATE":
      return readCreate(cursor);
    case "ALTER":
      return readAlter(cursor);
    case "DROP":
      return readDrop(cursor);
    case "RENAME":
      return readRename(cursor);
    case "USE":
      cursor.next();
      return { kind: "use", schema: cursor.name() };
    case "CALL":
      return readCall(cursor);
    default:
      // A query in parentheses is data.
      if (word === "(") return { kind: "nothing" };
      return { kind: "unknown", verb: cursor.current ? cursor.plain(cursor.current) : "" };
  }
}

function readCreate(cursor: Cursor): Statement {
  cursor.expect("CREATE");
  const flags = readFlags(cursor);
  const { orReplace, temporary } = flags;
  const { word } = cursor;
  if (OUTSIDE_OF_SCHEMA.has(word)) return { kind: "nothing" };
  if (INDEX_STARTS.has(word)) return readCreateIndex(cursor);
  cursor.next();
  switch (word) {
    case "TABLE":
      return readCreateTable(cursor, { orReplace, temporary });
    case "DATABASE":
    case "SCHEMA":
      return readDatabase(cursor, { alter: false });
    case "VIEW":
      return readCreateView(cursor, flags);
    case "TRIGGER":
      return readCreateTrigger(cursor, flags);
    case "EVENT":
      return readCreateEvent(cursor, flags);
    case "FUNCTION":
      return readCreateRoutine(cursor, "function", flags);
    case "PROCEDURE":
      return readCreateRoutine(cursor, "procedure", flags);
    case "SEQUENCE":
      return readCreateSequence(cursor, orReplace);
    default:
      cursor.at--;
      return cursor.fail(`"CREATE ${word}" is not known`);
  }
}

/** `OR REPLACE`, `TEMPORARY`, `DEFINER = …`, `ALGORITHM = …`, `SQL SECURITY …`, `AGGREGATE`. */
function readFlags(cursor: Cursor): CreateFlags {
  let orReplace = false;
  let temporary = false;
  let aggregate = false;
  let options: Readonly<Record<string, string>> = {};
  for (;;) {
    if (cursor.accept("OR", "REPLACE")) orReplace = true;
    else if (cursor.accept("TEMPORARY")) temporary = true;
    else if (cursor.accept("AGGREGATE")) aggregate = true;
    else if (cursor.accept("ONLINE") || cursor.accept("OFFLINE")) continue;
    else if (cursor.accept("DEFINER")) {
      cursor.accept("=");
      skipAccount(cursor);
    } else if (cursor.accept("ALGORITHM")) {
      cursor.accept("=");
      options = { ...options, algorithm: cursor.next().word.toLowerCase() };
    } else if (cursor.accept("SQL", "SECURITY"))
      options = { ...options, "sql security": cursor.next().word.toLowerCase() };
    else return { orReplace, temporary, aggregate, options };
  }
}

/** `'shop'@'localhost'`, `CURRENT_USER()`, a role. */
function skipAccount(cursor: Cursor): void {
  cursor.next();
  if (cursor.current?.kind === "variable") {
    const isSplit = cursor.plain(cursor.next()) === "@";
    if (isSplit) cursor.next();
  } else if (cursor.word === "(") cursor.parenthesised();
}

function readCreateIndex(cursor: Cursor): Statement {
  const { offset } = cursor;
  const kind = INDEX_KINDS[cursor.word] ?? "index";
  if (kind !== "index") cursor.next();
  if (!cursor.accept("INDEX")) cursor.expect("KEY");
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.name();
  const using = cursor.accept("USING") || cursor.accept("TYPE") ? cursor.name().toLowerCase() : undefined;
  cursor.expect("ON");
  const table = cursor.qualifiedName();
  const parts = readKeyParts(cursor);
  const options = readKeyOptions(cursor, using);
  const key: KeySpec = { kind, name, offset, parts, ...options, ...(ifNotExists ? { ifNotExists } : {}) };
  loseUnknownEnd(cursor);
  const spec: PositionedSpec = { kind: "add element", element: { kind: "key", key }, offset };
  return { kind: "alter table", name: table, ifExists: false, specs: [spec], viaIndex: true };
}

/** `ALGORITHM = …` and `LOCK = …` say how, not what. */
function loseUnknownEnd(cursor: Cursor): void {
  while (cursor.accept("ALGORITHM") || cursor.accept("LOCK") || cursor.accept("WAIT") || cursor.accept("NOWAIT")) {
    cursor.accept("=");
    if (!cursor.isDone) cursor.next();
  }
  if (cursor.isDone) return;
  const first = cursor.at;
  cursor.rest();
  cursor.lose(first, "this end of the statement is not known");
}

function readAlter(cursor: Cursor): Statement {
  cursor.expect("ALTER");
  while (cursor.accept("ONLINE") || cursor.accept("OFFLINE") || cursor.accept("IGNORE")) continue;
  if (cursor.accept("TABLE")) return readAlterTable(cursor);
  if (cursor.accept("DATABASE") || cursor.accept("SCHEMA")) return readDatabase(cursor, { alter: true });
  const flags = readFlags(cursor);
  if (cursor.accept("VIEW")) return readCreateView(cursor, { ...flags, orReplace: true });
  if (cursor.accept("EVENT")) {
    const name = cursor.qualifiedName();
    const isWhole = cursor.is("ON", "SCHEDULE");
    cursor.rest();
    return isWhole ? { kind: "create event", name, orReplace: true, ifNotExists: false } : { kind: "nothing" };
  }
  // Only characteristics of a routine can be altered, never its body.
  if (ALTERED_OUTSIDE.has(cursor.word)) return { kind: "nothing" };
  return cursor.fail(`"ALTER ${cursor.word}" is not known`);
}

function readDatabase(cursor: Cursor, { alter }: { readonly alter: boolean }): Statement {
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = alter && isDatabaseOption(cursor) ? "" : cursor.name();
  let charset: string | undefined;
  let collation: string | undefined;
  let comment: string | undefined;
  while (!cursor.isDone) {
    cursor.accept("DEFAULT");
    if (acceptCharset(cursor)) charset = readCharsetName(cursor);
    else if (cursor.accept("COLLATE")) {
      cursor.accept("=");
      collation = readCharsetName(cursor);
    } else if (cursor.accept("COMMENT")) {
      cursor.accept("=");
      comment = cursor.string();
    } else if (cursor.accept("ENCRYPTION") || cursor.accept("READ", "ONLY")) {
      cursor.accept("=");
      cursor.next();
    } else {
      loseUnknownEnd(cursor);
      break;
    }
  }
  return {
    kind: "create database",
    name,
    ifNotExists,
    alter,
    ...(charset === undefined ? {} : { charset }),
    ...(collation === undefined ? {} : { collation }),
    ...(comment === undefined ? {} : { comment }),
  };
}

const isDatabaseOption = (cursor: Cursor): boolean =>
  cursor.is("DEFAULT") || cursor.is("CHARACTER", "SET") || cursor.is("CHARSET") || cursor.is("COLLATE");

function readDrop(cursor: Cursor): Statement {
  cursor.expect("DROP");
  cursor.accept("TEMPORARY");
  const { word } = cursor;
  if (OUTSIDE_OF_SCHEMA.has(word)) return { kind: "nothing" };
  if (word === "PREPARE") return { kind: "nothing" };
  cursor.next();
  const ifExists = cursor.accept("IF", "EXISTS");
  if (word === "DATABASE" || word === "SCHEMA") return { kind: "drop database", name: cursor.name(), ifExists };
  if (word === "INDEX") return readDropIndex(cursor, ifExists);
  const what = DROPPED[word];
  if (!what) cursor.fail(`"DROP ${word}" is not known`);
  const names = [cursor.qualifiedName()];
  while (cursor.accept(",")) names.push(cursor.qualifiedName());
  return { kind: "drop", what, names, ifExists };
}

function readDropIndex(cursor: Cursor, ifExists: boolean): Statement {
  const { offset } = cursor;
  const name = cursor.name();
  cursor.expect("ON");
  const table = cursor.qualifiedName();
  loseUnknownEnd(cursor);
  const isPrimary = name.toUpperCase() === "PRIMARY";
  const spec: PositionedSpec = isPrimary
    ? { kind: "drop primary key", ifExists, offset }
    : { kind: "drop key", name, ifExists, offset };
  return { kind: "alter table", name: table, ifExists: false, specs: [spec], viaIndex: true };
}

function readRename(cursor: Cursor): Statement {
  cursor.expect("RENAME");
  if (cursor.is("USER")) return { kind: "nothing" };
  if (!cursor.accept("TABLE")) cursor.expect("TABLES");
  const ifExists = cursor.accept("IF", "EXISTS");
  const pairs = [];
  do {
    const from = cursor.qualifiedName();
    if (cursor.accept("WAIT")) cursor.next();
    else cursor.accept("NOWAIT");
    cursor.expect("TO");
    pairs.push({ from, to: cursor.qualifiedName() });
  } while (cursor.accept(","));
  return { kind: "rename tables", pairs, ifExists };
}

function readCreateSequence(cursor: Cursor, orReplace: boolean): Statement {
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.qualifiedName();
  let options: Readonly<Record<string, string>> = {};
  while (!cursor.isDone) {
    const key = cursor.next().word.toLowerCase();
    if (
      key === "no" ||
      key === "nocache" ||
      key === "nocycle" ||
      key === "nominvalue" ||
      key === "nomaxvalue" ||
      key === "cycle"
    ) {
      options = { ...options, [key === "no" ? `no ${cursor.next().word.toLowerCase()}` : key]: "" };
      continue;
    }
    if (!cursor.accept("WITH") && !cursor.accept("BY")) cursor.accept("=");
    if (cursor.isDone) break;
    const first = cursor.at;
    cursor.accept("-");
    cursor.next();
    options = { ...options, [key]: cursor.since(first) };
  }
  return { kind: "create sequence", name, orReplace, ifNotExists, options };
}

function readCall(cursor: Cursor): Statement {
  cursor.expect("CALL");
  const name = cursor.qualifiedName();
  const values: string[] = [];
  if (cursor.accept("(")) {
    while (!cursor.isDone && !cursor.accept(")")) {
      const first = cursor.at;
      cursor.skipElement();
      values.push(cursor.since(first));
      cursor.accept(",");
    }
  }
  return { kind: "call", name, arguments: values };
}

const SESSION_WORK: ReadonlySet<string> = new Set(["PREPARE", "EXECUTE"]);
const INDEX_KINDS: Readonly<Record<string, KeySpec["kind"]>> = {
  UNIQUE: "unique",
  FULLTEXT: "fulltext",
  SPATIAL: "spatial",
};
const INDEX_STARTS: ReadonlySet<string> = new Set(["UNIQUE", "FULLTEXT", "SPATIAL", "INDEX", "KEY"]);
const DROPPED: Readonly<
  Record<string, "table" | "view" | "trigger" | "procedure" | "function" | "event" | "sequence">
> = {
  TABLE: "table",
  TABLES: "table",
  VIEW: "view",
  TRIGGER: "trigger",
  PROCEDURE: "procedure",
  FUNCTION: "function",
  EVENT: "event",
  SEQUENCE: "sequence",
};
/** Accounts, servers and files belong to the server, not to a schema. */
const OUTSIDE_OF_SCHEMA: ReadonlySet<string> = new Set([
  "USER",
  "ROLE",
  "SERVER",
  "TABLESPACE",
  "LOGFILE",
  "UNDO",
  "RESOURCE",
  "SPATIAL_REFERENCE",
  "PACKAGE",
  "LIBRARY",
  "CATALOG",
]);
const ALTERED_OUTSIDE: ReadonlySet<string> = new Set([
  ...OUTSIDE_OF_SCHEMA,
  "FUNCTION",
  "PROCEDURE",
  "INSTANCE",
  "SEQUENCE",
]);
const SESSION_AND_DATA: ReadonlySet<string> = new Set([
  "ANALYZE",
  "BEGIN",
  "BINLOG",
  "CACHE",
  "CHANGE",
  "CHECK",
  "CHECKSUM",
  "CLONE",
  "COMMIT",
  "DEALLOCATE",
  "DELETE",
  "DESC",
  "DESCRIBE",
  "DO",
  "EXECUTE",
  "EXPLAIN",
  "FLUSH",
  "GET",
  "GRANT",
  "HANDLER",
  "HELP",
  "IMPORT",
  "INSERT",
  "INSTALL",
  "KILL",
  "LOAD",
  "LOCK",
  "OPTIMIZE",
  "PREPARE",
  "PURGE",
  "RELEASE",
  "REPAIR",
  "REPLACE",
  "RESET",
  "RESIGNAL",
  "RESTART",
  "REVOKE",
  "ROLLBACK",
  "SAVEPOINT",
  "SELECT",
  "SET",
  "SHOW",
  "SHUTDOWN",
  "SIGNAL",
  "START",
  "STOP",
  "TABLE",
  "TRUNCATE",
  "UNINSTALL",
  "UNLOCK",
  "UPDATE",
  "VALUES",
  "WITH",
  "XA",
]);
