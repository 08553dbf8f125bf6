import { applyStatement } from "./apply.ts";
import { find, resolve, type ApplyContext } from "./apply-context.ts";
import { routineKey } from "./apply-objects.ts";
import { ApplyError, type BuiltRoutine } from "./built.ts";
import { Cursor, ReadError } from "./cursor.ts";
import { evaluate, evaluateSelect, isTrue, UnknownValue, type Scope, type Value } from "./evaluate.ts";
import { readStatement } from "./read-statement.ts";
import type { Statement } from "./statement.ts";

/** Variables and prepared statements of the session that the scripts run in. */
export interface Session {
  /** Session variables with their `@`, in lower case; undefined where the value cannot be told. */
  readonly variables: Map<string, Value | undefined>;
  readonly prepared: Map<string, Value | undefined>;
}

export const newSession = (): Session => ({ variables: new Map(), prepared: new Map() });

interface Run {
  readonly context: ApplyContext;
  readonly session: Session;
  /** A routine's parameters and variables, in lower case. */
  readonly local: Map<string, Value | undefined>;
  /** Calls around this one. */
  readonly depth: number;
  /** Statements that may still be run, so that what calls itself ends. */
  readonly budget: { left: number };
}

/**
 * Follows statements that build other statements: `SET @sql = …`, `PREPARE`, `EXECUTE` and CALL of a procedure whose
 * body asks the catalog what is there. What depends on rows is not followed, and said.
 */
export function runSession(context: ApplyContext, session: Session): void {
  const run: Run = { context, session, local: new Map(), depth: 0, budget: { left: MOST_STATEMENTS } };
  attempt(run, () => runOne(run, new Cursor(context.text, context.facts.runs), true));
}

export function runCall(
  context: ApplyContext,
  session: Session,
  statement: Extract<Statement, { kind: "call" }>,
): void {
  const run: Run = { context, session, local: new Map(), depth: 0, budget: { left: MOST_STATEMENTS } };
  attempt(run, () => call(run, statement));
}

function attempt({ context }: Run, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof UnknownValue) && !(error instanceof ReadError)) throw error;
    context.lose("the statement builds others from what cannot be told without a server, so they were left out", 0, {
      help: "Name a dump of the schema as the source, or a live connection.",
    });
  }
}

function call(run: Run, statement: Extract<Statement, { kind: "call" }>): void {
  const { context } = run;
  const { schema, name } = resolve(context, statement.name);
  const routine = find(context.built.routines, schema, routineKey("procedure", name));
  if (!routine || !changesSchema(routine)) return;
  if (run.depth >= DEEPEST_CALL) throw new UnknownValue();
  const local = new Map<string, Value | undefined>();
  for (const [index, parameter] of routine.parameters.entries()) {
    local.set(parameter.name.toLowerCase(), valueOrUnknown(run, statement.arguments[index] ?? "NULL"));
  }
  const cursor = new Cursor(routine.body, context.facts.runs);
  runOne({ ...run, local, depth: run.depth + 1 }, cursor, true);
}

/** A procedure that only touches rows need not be followed. */
function changesSchema({ body }: BuiltRoutine): boolean {
  return /\b(?:alter|create|drop|rename|prepare|call)\b/i.test(body);
}

function valueOrUnknown(run: Run, text: string): Value | undefined {
  try {
    return evaluate(new Cursor(text, run.context.facts.runs), scopeOf(run));
  } catch (error) {
    if (error instanceof UnknownValue || error instanceof ReadError) return undefined;
    throw error;
  }
}

function scopeOf({ context, session, local }: Run): Scope {
  const of = (name: string) => (local.has(name) ? local : session.variables);
  return { context, variables: { has: (name) => of(name).has(name), get: (name) => of(name).get(name) } };
}

/** Passes one statement and, when `does`, runs it. */
function runOne(run: Run, cursor: Cursor, does: boolean): void {
  if (does && run.budget.left-- <= 0) throw new UnknownValue();
  if (LOOPS.has(cursor.word)) throw new UnknownValue();
  const { word } = cursor;
  if (word === "BEGIN") return runBlock(run, cursor, does);
  if (word === "IF") return runIf(run, cursor, does);
  if (word === "DECLARE") return declare(run, cursor, does);
  const first = cursor.at;
  if (!does) return toEnd(cursor);
  if (cursor.accept("SET")) return set(run, cursor);
  if (cursor.accept("PREPARE")) return prepare(run, cursor);
  if (cursor.accept("EXECUTE")) {
    const text = run.session.prepared.get(cursor.name().toLowerCase());
    toEnd(cursor);
    if (typeof text !== "string") throw new UnknownValue();
    return applyText(run, text);
  }
  if (word === "SELECT") return select(run, cursor);
  toEnd(cursor);
  applyText(run, cursor.since(first));
}

function runBlock(run: Run, cursor: Cursor, does: boolean): void {
  if (cursor.depth++ > DEEPEST_BLOCK) throw new UnknownValue();
  cursor.expect("BEGIN");
  cursor.accept("NOT", "ATOMIC");
  runUntil(run, cursor, does, BLOCK_ENDS);
  cursor.expect("END");
  cursor.depth--;
  toEnd(cursor);
}

function runUntil(run: Run, cursor: Cursor, does: boolean, ends: ReadonlySet<string>): void {
  while (!cursor.isDone && !ends.has(cursor.word)) {
    if (cursor.accept(";")) continue;
    runOne(run, cursor, does);
  }
}

function runIf(run: Run, cursor: Cursor, does: boolean): void {
  if (cursor.depth++ > DEEPEST_BLOCK) throw new UnknownValue();
  cursor.expect("IF");
  let isOpen = does;
  for (;;) {
    const holds = condition(run, cursor, isOpen);
    cursor.expect("THEN");
    runUntil(run, cursor, isOpen && holds, IF_ENDS);
    if (holds) isOpen = false;
    if (cursor.accept("ELSEIF")) continue;
    if (cursor.accept("ELSE")) runUntil(run, cursor, isOpen, IF_ENDS);
    cursor.expect("END", "IF");
    cursor.depth--;
    return toEnd(cursor);
  }
}

function condition(run: Run, cursor: Cursor, isAsked: boolean): boolean {
  if (isAsked) return isTrue(evaluate(cursor, scopeOf(run)));
  cursor.skipUntil((word) => word === "THEN");
  return false;
}

function declare(run: Run, cursor: Cursor, does: boolean): void {
  cursor.expect("DECLARE");
  const isHandler = HANDLERS.has(cursor.word) && cursor.wordAt(1) === "HANDLER";
  if (isHandler) {
    while (!cursor.isDone && cursor.word !== "BEGIN" && cursor.word !== ";") cursor.next();
    return cursor.word === "BEGIN" ? runBlock(run, cursor, false) : undefined;
  }
  const names = [cursor.name()];
  while (cursor.accept(",")) names.push(cursor.name());
  if (cursor.word === "CURSOR") throw new UnknownValue();
  cursor.skipUntil((word) => word === ";" || word === "DEFAULT");
  const value = cursor.accept("DEFAULT") && does ? evaluate(cursor, scopeOf(run)) : null;
  for (const name of names) run.local.set(name.toLowerCase(), value);
  toEnd(cursor);
}

function set(run: Run, cursor: Cursor): void {
  do {
    const lexeme = cursor.next();
    const name = cursor.plain(lexeme).toLowerCase();
    cursor.accept(":");
    if (!cursor.accept("=")) return toEnd(cursor);
    const first = cursor.at;
    cursor.skipUntil((word) => word === "," || word === ";");
    const isOurs = (lexeme.kind === "variable" && !name.startsWith("@@")) || run.local.has(name);
    if (isOurs) assign(run, name, valueOrUnknown(run, cursor.since(first)));
  } while (cursor.accept(","));
}

function assign({ session, local }: Run, name: string, value: Value | undefined): void {
  if (name.startsWith("@")) session.variables.set(name, value);
  else local.set(name, value);
}

function prepare(run: Run, cursor: Cursor): void {
  const name = cursor.name().toLowerCase();
  cursor.expect("FROM");
  const first = cursor.at;
  toEnd(cursor);
  run.session.prepared.set(name, valueOrUnknown(run, cursor.since(first)));
}

/** Only a query that sets a variable matters. */
function select(run: Run, cursor: Cursor): void {
  const first = cursor.at;
  let into: string | undefined;
  cursor.skipUntil((word) => word === "INTO" || word === ";");
  if (cursor.accept("INTO")) into = cursor.plain(cursor.next()).toLowerCase();
  toEnd(cursor);
  if (into === undefined) return;
  const end = cursor.at;
  cursor.at = first;
  try {
    assign(run, into, evaluateSelect(cursor, scopeOf(run)).value);
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    assign(run, into, undefined);
  }
  cursor.at = end;
}

/** Applies the text of a statement that was put together. */
function applyText(run: Run, text: string): void {
  const { context } = run;
  const trimmed = text.trim().replace(/;\s*$/, "");
  const { statement } = readStatement(trimmed, context.facts.runs);
  if (!statement || statement.kind === "unknown") throw new UnknownValue();
  if (statement.kind === "call") return call(run, statement);
  context.onBuilt?.(statement, trimmed);
  const inner: ApplyContext = { ...context, text: trimmed, placeAt: () => context.start };
  try {
    applyStatement(inner, statement);
    context.current = inner.current;
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error;
    context.lose(error.message, 0, { missing: error.missing });
  }
}

const toEnd = (cursor: Cursor): void => cursor.skipUntil((word) => word === ";");

const LOOPS: ReadonlySet<string> = new Set([
  "CASE",
  "FOR",
  "LOOP",
  "REPEAT",
  "WHILE",
  "OPEN",
  "FETCH",
  "LEAVE",
  "ITERATE",
]);
const HANDLERS: ReadonlySet<string> = new Set(["CONTINUE", "EXIT", "UNDO"]);
const BLOCK_ENDS: ReadonlySet<string> = new Set(["END"]);
const IF_ENDS: ReadonlySet<string> = new Set(["END", "ELSE", "ELSEIF"]);
const DEEPEST_CALL = 16;
const DEEPEST_BLOCK = 200;
const MOST_STATEMENTS = 10_000;
