import type { Token } from "./tokens.ts";
import { newContext, type Context } from "./context.ts";
import type { Expression } from "./expression.ts";
import { readAlterTable } from "./read-alter-table.ts";
import {
  readCreateSchema,
  readCreateType,
  readDrop,
  readGrant,
  readSequence,
  readSynonym,
  readToggleTrigger,
} from "./read-definitions.ts";
import { readCreateIndex } from "./read-index.ts";
import { readModule } from "./read-module.ts";
import { readOptionList } from "./read-options.ts";
import { readQuery, readValue } from "./read-query.ts";
import { readCreateTable } from "./read-table.ts";
import { readTypeName } from "./read-type.ts";
import { Reader } from "./reader.ts";
import { skipData } from "./skip-data.ts";
import type { Statement, UnreadClause } from "./statement.ts";

export interface BatchStatements {
  readonly statements: readonly Statement[];
  readonly clauses: readonly UnreadClause[];
}

/** Blocks nested deeper than this are read as if their BEGIN and END were not there. */
const DEEPEST = 100;

/** Reads the statements of one batch. Never throws; a statement that cannot be read is one of kind `unread`. */
export function readBatch(text: string, tokens: readonly Token[]): BatchStatements {
  const reader = new Reader(text, tokens);
  const context = newContext(reader);
  const statements: Statement[] = [];
  while (!reader.isAtEnd) {
    if (reader.take(";") || reader.take("END") || reader.take("ELSE")) continue;
    statements.push(...readStatement(context, 0));
  }
  return { statements, clauses: context.clauses };
}

/** Reads one statement; moves by one token at least. */
function readStatement(context: Context, depth: number): readonly Statement[] {
  const { reader } = context;
  const start = reader.at;
  const statement = readKnown(context, depth);
  if (reader.at === start) reader.next();
  if (statement.kind === "unread") skipRest(context);
  else if (statement.kind !== "block" && statement.kind !== "if" && statement.kind !== "while")
    endStatement(context, statement);
  const end = reader.tokens[reader.at - 1]?.end;
  return [end === undefined ? statement : { ...statement, end }];
}

function readKnown(context: Context, depth: number): Statement {
  const { reader } = context;
  const at = reader.peek().start;
  const { key } = reader.peek();
  switch (key) {
    case "CREATE":
    case "ALTER":
      return readDefinition(context, at, key);
    case "DROP":
      return readOr(context, at, () => readDrop(context, at));
    case "IF":
      return readIf(context, at, depth);
    case "WHILE":
      return readWhile(context, at, depth);
    case "BEGIN":
      return readBegin(context, at, depth);
    case "EXEC":
    case "EXECUTE":
      return readExecute(context, at);
    case "SELECT":
      return readSelect(context, at);
    case "DECLARE":
      return readDeclare(context, at);
    case "SET":
      return readSet(context, at);
    case "RETURN":
      reader.next();
      skipRest(context);
      return { kind: "return", at };
    case "GRANT":
    case "REVOKE":
    case "DENY":
      return readOr(context, at, () => readGrant(context, at, key === "GRANT"));
    case "ENABLE":
    case "DISABLE":
      if (reader.peek(1).key !== "TRIGGER") break;
      reader.at += 2;
      return readToggleTrigger(context, at, key === "ENABLE");
    default:
  }
  // A procedure may be called without EXEC when it is the first of its batch.
  if (/^sp_\w+$/i.test(reader.peek().value) && reader.at === 0) return readCall(context, at);
  skipData(context);
  return { kind: "ignored", at, word: key };
}

/** Reads behind the verb; passes the statement over when it is of a kind that no schema has. */
function readOr(context: Context, at: number, read: () => Statement | null): Statement {
  const { reader } = context;
  const start = reader.at;
  reader.next();
  const statement = read();
  if (statement) return statement;
  reader.at = start;
  const word = `${reader.peek().key} ${reader.peek(1).key}`;
  skipData(context);
  return { kind: "ignored", at, word };
}

function readDefinition(context: Context, at: number, verb: "CREATE" | "ALTER"): Statement {
  const { reader } = context;
  return readOr(context, at, () => {
    const isEither = verb === "CREATE" && reader.take("OR", "ALTER");
    if (verb === "CREATE") {
      if (reader.take("TABLE")) return readCreateTable(context, at);
      if (reader.take("EXTERNAL", "TABLE")) return readCreateTable(context, at, { external: "on" });
      if (reader.take("TYPE")) return readCreateType(context, at);
      if (reader.take("SYNONYM")) return readSynonym(context, at);
      if (reader.take("SCHEMA")) return readCreateSchema(context, at);
      if (reader.take("SEQUENCE")) return readSequence(context, at, "create");
      const index = readCreateIndex(context, at);
      if (index) return index;
    } else {
      if (reader.take("TABLE")) return readAlterTable(context, at);
      if (reader.take("SEQUENCE")) return readSequence(context, at, "alter");
      if (reader.take("INDEX")) return readAlterIndex(context, at);
      if (reader.take("SCHEMA")) return readTransfer(context, at);
    }
    const mode = verb === "ALTER" ? "alter" : "create";
    return readModule(context, at, isEither ? "create or alter" : mode);
  });
}

function readAlterIndex(context: Context, at: number): Statement {
  const { reader } = context;
  const name = reader.take("ALL") ? null : reader.name();
  const table = reader.take("ON") ? reader.qualified() : null;
  if (!table) return context.unread("ALTER INDEX", "ON and a table's name", at);
  const action = reader.next().key.toLowerCase();
  if (reader.take("PARTITION", "=")) reader.next();
  const isWith = reader.take("WITH") || action === "set";
  const options = isWith ? readOptionList(reader) : {};
  skipRest(context);
  return { kind: "alter index", at, table, name, enabled: action !== "disable", action, options };
}

function readTransfer(context: Context, at: number): Statement {
  const { reader } = context;
  const schema = reader.name();
  if (schema === null || !reader.take("TRANSFER")) return context.unread("ALTER SCHEMA", "TRANSFER", at);
  const isType = reader.take("TYPE", "::");
  if (!isType) reader.take("OBJECT", "::");
  const name = reader.qualified();
  return name ? { kind: "transfer", at, schema, name, isType } : context.unread("ALTER SCHEMA", "a name", at);
}

function readIf(context: Context, at: number, depth: number): Statement {
  const { reader } = context;
  // A chain of ELSE IF is a list, however long; only nesting goes deeper.
  const arms: { at: number; condition: Expression; text: string; branch: readonly Statement[] }[] = [];
  let otherwise: readonly Statement[] = [];
  for (let armAt = at; ;) {
    reader.next();
    const { condition, text } = readCondition(context);
    arms.push({ at: armAt, condition, text, branch: readBranch(context, depth) });
    while (reader.is(";") && reader.peek(1).key === "ELSE") reader.next();
    if (!reader.take("ELSE")) break;
    if (!reader.is("IF")) {
      otherwise = readBranch(context, depth);
      break;
    }
    armAt = reader.peek().start;
  }
  for (const arm of arms.toReversed()) otherwise = [{ kind: "if", ...arm, otherwise }];
  return otherwise[0] ?? { kind: "ignored", at, word: "IF" };
}

function readWhile(context: Context, at: number, depth: number): Statement {
  context.reader.next();
  const { condition, text } = readCondition(context);
  return { kind: "while", at, condition, text, body: readBranch(context, depth) };
}

function readCondition(context: Context): { readonly condition: Expression; readonly text: string } {
  const { reader } = context;
  const from = reader.at;
  let cases = 0;
  while (!reader.isAtEnd && !reader.is(";")) {
    if (reader.is("CASE")) cases++;
    if (reader.is("END") && cases > 0) cases--;
    else if (cases === 0 && context.isStatementStart()) break;
    if (!reader.skipParens()) reader.next();
  }
  const end = reader.at;
  reader.at = from;
  const condition = readValue(reader, end);
  const isWhole = reader.at >= end;
  reader.at = end;
  return { condition: isWhole ? condition : { kind: "unknown" }, text: reader.slice(from, end) };
}

function readBranch(context: Context, depth: number): readonly Statement[] {
  const { reader } = context;
  if (reader.isAtEnd || reader.take(";")) return [];
  if (reader.is("END") || reader.is("ELSE")) return [];
  if (depth >= DEEPEST) return [];
  return readStatement(context, depth + 1);
}

function readBegin(context: Context, at: number, depth: number): Statement {
  const { reader } = context;
  const word = reader.peek(1).key;
  if (
    word === "TRAN" ||
    word === "TRANSACTION" ||
    word === "DISTRIBUTED" ||
    word === "DIALOG" ||
    word === "CONVERSATION"
  ) {
    reader.next();
    skipRest(context);
    return { kind: "ignored", at, word: "BEGIN" };
  }
  reader.next();
  const isCatch = word === "CATCH";
  if (word === "TRY" || isCatch) reader.next();
  if (depth >= DEEPEST) return { kind: "block", at, statements: [] };
  const statements: Statement[] = [];
  while (!reader.isAtEnd && !reader.is("END")) {
    if (reader.take(";") || reader.take("ELSE")) continue;
    statements.push(...readStatement(context, depth + 1));
  }
  reader.take("END");
  if (!reader.take("TRY")) reader.take("CATCH");
  // What stands in CATCH runs after an error only.
  return { kind: "block", at, statements: isCatch ? [] : statements, ...(word === "TRY" ? { isTry: true } : {}) };
}

function readExecute(context: Context, at: number): Statement {
  const { reader } = context;
  reader.next();
  if (reader.is("(")) {
    const close = reader.closeOf(reader.at);
    reader.next();
    const value = readValue(reader, close);
    reader.at = Math.min(close + 1, reader.tokens.length);
    skipRest(context);
    return { kind: "execute text", at, value };
  }
  if (reader.take("AS")) {
    skipRest(context);
    return { kind: "ignored", at, word: "EXECUTE AS" };
  }
  if (reader.peek().kind === "variable" && reader.peek(1).key === "=") reader.at += 2;
  return readCall(context, at);
}

function readCall(context: Context, at: number): Statement {
  const { reader } = context;
  const procedure = reader.qualified();
  if (!procedure) {
    skipRest(context);
    return { kind: "ignored", at, word: "EXECUTE" };
  }
  const args: { name?: string; value: Expression }[] = [];
  const end = reader.tokens.length;
  while (!reader.isAtEnd && !reader.is(";") && !context.isStatementStart() && !reader.is("WITH")) {
    const start = reader.at;
    const isNamed = reader.peek().kind === "variable" && reader.peek(1).key === "=";
    const name = isNamed ? reader.peek().value.toLowerCase() : undefined;
    if (isNamed) reader.at += 2;
    const value = readValue(reader, end);
    if (!reader.take("OUTPUT")) reader.take("OUT");
    args.push({ ...(name === undefined ? {} : { name }), value });
    if (!reader.take(",")) break;
    if (reader.at === start) reader.next();
  }
  skipRest(context);
  return { kind: "execute", at, procedure, arguments: args };
}

function readSelect(context: Context, at: number): Statement {
  const { reader } = context;
  const from = reader.at;
  skipData(context);
  const end = reader.at;
  reader.at = from;
  const query = readQuery(reader, end);
  reader.at = end;
  return { kind: "select", at, query };
}

/** `DECLARE @a int = 1, @b nvarchar(max) = N'…'`; tables and cursors hold rows only. */
function readDeclare(context: Context, at: number): Statement {
  const { reader } = context;
  const from = reader.at;
  skipData(context);
  const end = reader.at;
  reader.at = from + 1;
  const variables: { name: string; value: Expression }[] = [];
  while (reader.at < end && reader.peek().kind === "variable") {
    const name = reader.next().value.toLowerCase();
    reader.take("AS");
    if (reader.is("TABLE") || reader.is("CURSOR")) break;
    readTypeName(reader);
    const value: Expression = reader.take("=") ? readValue(reader, end) : { kind: "literal", value: null, type: "int" };
    variables.push({ name, value });
    if (!reader.take(",")) break;
  }
  reader.at = end;
  return { kind: "assign", at, variables };
}

function readSet(context: Context, at: number): Statement {
  const { reader } = context;
  const from = reader.at;
  skipData(context);
  const end = reader.at;
  const name = reader.tokens[from + 1];
  const operator = reader.tokens[from + 2]?.key;
  if (name?.kind !== "variable" || (operator !== "=" && operator !== "+=")) return { kind: "ignored", at, word: "SET" };
  reader.at = from + 3;
  const right = readValue(reader, end);
  reader.at = end;
  const own = name.value.toLowerCase();
  const value: Expression =
    operator === "=" ? right : { kind: "arithmetic", operator: "+", left: { kind: "variable", name: own }, right };
  return { kind: "assign", at, variables: [{ name: own, value }] };
}

/** What stands between a statement that was read and the next one is a clause that is not known. */
function endStatement(context: Context, statement: Statement): void {
  const { reader } = context;
  if (reader.isAtEnd || reader.is(";") || context.isStatementStart() || reader.is("GO")) return;
  if (SCHEMA_STATEMENTS.has(statement.kind)) context.unreadClause(statement.kind.toUpperCase());
  skipRest(context);
}

function skipRest(context: Context): void {
  const { reader } = context;
  while (!reader.isAtEnd && !reader.is(";") && !context.isStatementStart()) if (!reader.skipParens()) reader.next();
}

const SCHEMA_STATEMENTS: ReadonlySet<Statement["kind"]> = new Set<Statement["kind"]>([
  "create table",
  "alter table",
  "create index",
  "drop index",
  "drop",
  "create alias type",
  "create table type",
  "sequence",
  "synonym",
  "create schema",
  "transfer",
  "toggle trigger",
]);
