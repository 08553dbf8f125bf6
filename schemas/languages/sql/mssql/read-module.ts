import type { Context } from "./context.ts";
import type { Query } from "./expression.ts";
import { readQuery } from "./read-query.ts";
import { readTypeName } from "./read-type.ts";
import type { NameRef } from "./reader.ts";
import type { ArgumentText, ModuleMode, Statement } from "./statement.ts";

/** Reads from VIEW, PROCEDURE, FUNCTION or TRIGGER on: such a statement is the rest of its batch. */
export function readModule(context: Context, at: number, mode: ModuleMode): Statement | null {
  const { reader } = context;
  const start = reader.at;
  const word = reader.peek().key;
  if (!MODULES.has(word)) return null;
  reader.next();
  const name = reader.qualified();
  if (!name) return context.unread(`CREATE ${word}`, "a name", at);
  const head: Head = { at, mode, name, start };
  switch (word) {
    case "VIEW":
      return readView(context, head);
    case "TRIGGER":
      return readTrigger(context, head);
    default:
      return readRoutine(context, head, word === "FUNCTION" ? "function" : "procedure");
  }
}

interface Head {
  readonly at: number;
  readonly mode: ModuleMode;
  readonly name: NameRef;
  /** Index of the word that names the kind. */
  readonly start: number;
}

function readView(context: Context, { at, mode, name }: Head): Statement {
  const { reader } = context;
  const columns = reader.nameList().map((column) => column.name);
  const options = readWithWords(context);
  if (!reader.take("AS")) return context.unread("CREATE VIEW", "AS", at);
  const from = reader.at;
  const end = endOfBatch(context);
  const mentions = readMentions(context, from, end);
  const hasCheck = reader.tokens[end - 1]?.key === "OPTION" && reader.tokens[end - 2]?.key === "CHECK";
  const query: Query = readQuery(reader, hasCheck ? end - 3 : end);
  reader.at = reader.tokens.length;
  return { kind: "view", at, mode, name, columns, options, text: reader.slice(from, end), query, mentions };
}

/** `WITH SCHEMABINDING, VIEW_METADATA`. */
function readWithWords({ reader }: Context): string[] {
  const words: string[] = [];
  if (!reader.take("WITH")) return words;
  do words.push(reader.next().value.toLowerCase());
  while (reader.take(","));
  return words;
}

/** Index behind the last token that is no semicolon. */
function endOfBatch({ reader }: Context): number {
  let end = reader.tokens.length;
  while (end > reader.at && reader.tokens[end - 1]?.key === ";") end--;
  return end;
}

/** Names that may be tables, views or functions: all with two parts, and single ones where a table can stand. */
function readMentions({ reader }: Context, from: number, to: number): NameRef[] {
  const mentions = new Map<string, NameRef>();
  const start = reader.at;
  reader.at = from;
  while (reader.at < to) {
    const before = reader.peek(-1).key;
    const name = reader.qualified();
    if (!name) {
      reader.next();
      continue;
    }
    const isSingle = name.schema === undefined;
    if (isSingle && !RELATION_PLACES.has(before)) continue;
    mentions.set(`${name.schema?.toLowerCase() ?? ""}.${name.name.toLowerCase()}`, name);
  }
  reader.at = start;
  return [...mentions.values()];
}

function readTrigger(context: Context, { at, mode, name, start }: Head): Statement {
  const { reader } = context;
  if (!reader.take("ON")) return context.unread("CREATE TRIGGER", "ON", at);
  const isServer = reader.take("ALL", "SERVER");
  const isDatabase = !isServer && reader.take("DATABASE");
  const table = isServer || isDatabase ? null : reader.qualified();
  while (!reader.isAtEnd && !TIMINGS.has(reader.peek().key)) reader.next();
  const timing = reader.next().key === "INSTEAD" ? "instead of" : "after";
  reader.take("OF");
  const events: ("insert" | "update" | "delete")[] = [];
  do {
    const word = reader.next().key.toLowerCase();
    if (word === "insert" || word === "update" || word === "delete") events.push(word);
  } while (reader.take(","));
  const end = endOfBatch(context);
  reader.at = reader.tokens.length;
  return { kind: "trigger", at, mode, name, table, timing, events, text: reader.slice(start, end) };
}

function readRoutine(context: Context, { at, mode, name, start }: Head, variant: "procedure" | "function"): Statement {
  const { reader } = context;
  const what = `CREATE ${variant.toUpperCase()}`;
  // A procedure's number (`dbo.Refresh;2`) groups procedures; nobody uses it any more.
  if (variant === "procedure" && reader.is(";") && reader.peek(1).kind === "number") reader.at += 2;
  const args = readArguments(context);
  const returnsFrom = reader.at + 1;
  if (reader.take("RETURNS")) skipTo(context, RETURNS_ENDS);
  const returns = reader.slice(returnsFrom, reader.at);
  const optionsFrom = reader.at;
  while (!reader.isAtEnd && !isBodyStart(context)) if (!reader.skipParens()) reader.next();
  const options = reader.tokens.slice(optionsFrom, reader.at).map((token) => token.key);
  const executes = reader.tokens
    .slice(optionsFrom, reader.at)
    .findIndex((token) => token.key === "EXECUTE" || token.key === "EXEC");
  const executesAs = executes < 0 ? undefined : reader.tokens[optionsFrom + executes + 2]?.value;
  const isExternal = reader.is("EXTERNAL") || reader.is("AS", "EXTERNAL");
  const hasBody = reader.take("AS") || reader.is("BEGIN") || reader.is("RETURN") || isExternal;
  if (!hasBody) return context.unread(what, "AS and a body", at);
  const bodyFrom = reader.at;
  const end = endOfBatch(context);
  reader.at = reader.tokens.length;
  return {
    kind: "routine",
    at,
    mode,
    name,
    variant,
    arguments: args,
    ...(returns === "" ? {} : { returns }),
    language: isExternal ? "clr" : "tsql",
    ...(executesAs === undefined ? {} : { executesAs }),
    strict: options.some((key, index) => key === "RETURNS" && options[index + 1] === "NULL"),
    text: reader.slice(start, end),
    body: reader.slice(bodyFrom, end),
  };
}

function skipTo({ reader }: Context, ends: ReadonlySet<string>): void {
  while (!reader.isAtEnd && !ends.has(reader.peek().key)) if (!reader.skipParens()) reader.next();
}

/** `AS` that begins the body, not the one of `EXECUTE AS`. */
function isBodyStart({ reader }: Context): boolean {
  if (reader.is("BEGIN") || reader.is("RETURN")) return true;
  return reader.is("AS") && reader.peek(-1).key !== "EXECUTE" && reader.peek(-1).key !== "EXEC";
}

function readArguments(context: Context): ArgumentText[] {
  const { reader } = context;
  const isEnclosed = reader.is("(");
  const close = isEnclosed ? reader.closeOf(reader.at) : reader.tokens.length;
  if (isEnclosed) reader.next();
  const args: ArgumentText[] = [];
  while (reader.at < close && reader.peek().kind === "variable") {
    const name = reader.next().value;
    reader.take("AS");
    const type = readTypeName(reader);
    if (!type) break;
    reader.take("VARYING");
    if (!reader.take("NOT", "NULL")) reader.take("NULL");
    const value = reader.take("=") ? readDefaultValue(context, close) : undefined;
    const isOut = reader.take("OUTPUT") || reader.take("OUT");
    reader.take("READONLY");
    args.push({ name, type, mode: isOut ? "inout" : "in", ...(value === undefined ? {} : { default: value }) });
    if (!reader.take(",")) break;
  }
  if (isEnclosed) reader.at = Math.min(close + 1, reader.tokens.length);
  return args;
}

function readDefaultValue({ reader }: Context, close: number): string {
  const from = reader.at;
  while (reader.is("-") || reader.is("+")) reader.next();
  if (reader.at < close && !reader.skipParens()) {
    reader.next();
    reader.skipParens();
  }
  return reader.slice(from, reader.at);
}

const MODULES: ReadonlySet<string> = new Set(["VIEW", "PROCEDURE", "PROC", "FUNCTION", "TRIGGER"]);
const TIMINGS: ReadonlySet<string> = new Set(["FOR", "AFTER", "INSTEAD"]);
const RETURNS_ENDS: ReadonlySet<string> = new Set(["WITH", "AS", "BEGIN", "RETURN", "EXTERNAL"]);
const RELATION_PLACES: ReadonlySet<string> = new Set(["FROM", "JOIN", "APPLY", ",", "INTO", "UPDATE"]);
