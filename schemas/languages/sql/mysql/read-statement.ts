import { Cursor, ReadError, type LostClause } from "./cursor.ts";
import { readAlterTable } from "./read-alter.ts";
import { readCreateSequence, readDatabase } from "./read-database.ts";
import { OUTSIDE_OF_SCHEMA, readDrop, readRename } from "./read-drop.ts";
import { readCreateIndex } from "./read-index.ts";
import {
  readCreateEvent,
  readCreateRoutine,
  readCreateTrigger,
  readCreateView,
  type CreateFlags,
} from "./read-routine.ts";
import { readCreateTable } from "./read-table.ts";
import type { Statement } from "./statement.ts";
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
  if (OUTSIDE_OF_SCHEMA.has(word) || cursor.is("SPATIAL", "REFERENCE")) return { kind: "nothing" };
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
  let definer: string | undefined;
  for (;;) {
    if (cursor.accept("OR", "REPLACE")) orReplace = true;
    else if (cursor.accept("TEMPORARY")) temporary = true;
    else if (cursor.accept("AGGREGATE")) aggregate = true;
    else if (cursor.accept("ONLINE") || cursor.accept("OFFLINE")) continue;
    else if (cursor.accept("DEFINER")) {
      cursor.accept("=");
      const first = cursor.at;
      skipAccount(cursor);
      definer = cursor.since(first);
    } else if (cursor.accept("ALGORITHM")) {
      cursor.accept("=");
      options = { ...options, algorithm: cursor.next().word.toLowerCase() };
    } else if (cursor.accept("SQL", "SECURITY"))
      options = { ...options, "sql security": cursor.next().word.toLowerCase() };
    else return { orReplace, temporary, aggregate, options, ...(definer === undefined ? {} : { definer }) };
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
const INDEX_STARTS: ReadonlySet<string> = new Set(["UNIQUE", "FULLTEXT", "SPATIAL", "INDEX", "KEY"]);
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
