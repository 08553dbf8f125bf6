import type { Cursor } from "./cursor.ts";
import { readNames } from "./read-key.ts";
import { readSelect } from "./read-select.ts";
import { readType } from "./read-type.ts";
import type { RoutineParameter, Statement } from "./statement.ts";

/** What stands before the kind of object in a CREATE. */
export interface CreateFlags {
  readonly orReplace: boolean;
  readonly temporary: boolean;
  readonly aggregate: boolean;
  readonly options: Readonly<Record<string, string>>;
  /** The account behind DEFINER, as it is written. */
  readonly definer?: string;
}

const definerOf = ({ definer }: CreateFlags): { readonly definer?: string } =>
  definer === undefined ? {} : { definer };

export function readCreateView(cursor: Cursor, flags: CreateFlags): Statement {
  const { orReplace, options } = flags;
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.qualifiedName();
  const columns = cursor.word === "(" ? readNames(cursor) : undefined;
  cursor.expect("AS");
  const first = cursor.at;
  if (cursor.isDone) cursor.fail("a view needs a query");
  const select = readSelect(cursor);
  cursor.at = cursor.lexemes.length;
  const definition = cursor.since(first);
  return {
    kind: "create view",
    name,
    orReplace,
    ifNotExists,
    definition,
    options,
    select,
    ...definerOf(flags),
    ...(columns ? { columns } : {}),
  };
}

export function readCreateTrigger(cursor: Cursor, flags: CreateFlags): Statement {
  const { orReplace } = flags;
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.qualifiedName();
  const timing = cursor.accept("BEFORE") ? "before" : "after";
  if (timing === "after") cursor.expect("AFTER");
  const event = cursor.next().word.toLowerCase();
  if (event !== "insert" && event !== "update" && event !== "delete") cursor.fail("expected INSERT, UPDATE or DELETE");
  cursor.expect("ON");
  const table = cursor.qualifiedName();
  cursor.expect("FOR", "EACH", "ROW");
  cursor.rest();
  return { kind: "create trigger", name, table, orReplace, ifNotExists, timing, event, ...definerOf(flags) };
}

export function readCreateEvent(cursor: Cursor, flags: CreateFlags): Statement {
  const { orReplace } = flags;
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.qualifiedName();
  cursor.expect("ON", "SCHEDULE");
  let comment: string | undefined;
  while (!cursor.isDone && !cursor.is("DO")) {
    if (cursor.accept("COMMENT")) comment = cursor.string();
    else cursor.next();
  }
  cursor.rest();
  return {
    kind: "create event",
    name,
    orReplace,
    ifNotExists,
    ...definerOf(flags),
    ...(comment === undefined ? {} : { comment }),
  };
}

export function readCreateRoutine(cursor: Cursor, what: "function" | "procedure", flags: CreateFlags): Statement {
  const { orReplace, aggregate } = flags;
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.qualifiedName();
  // A loadable function: RETURNS STRING SONAME 'file.so'.
  const parameters = cursor.word === "(" ? readParameters(cursor) : [];
  const returns = cursor.accept("RETURNS") ? readType(cursor) : undefined;
  const traits = readTraits(cursor);
  return {
    kind: "create routine",
    variant: aggregate ? "aggregate" : what,
    name,
    orReplace,
    ifNotExists,
    parameters,
    ...traits,
    ...definerOf(flags),
    ...(returns ? { returns } : {}),
    body: cursor.rest(),
  };
}

function readParameters(cursor: Cursor): readonly RoutineParameter[] {
  cursor.expect("(");
  const parameters: RoutineParameter[] = [];
  while (!cursor.accept(")")) {
    const mode = readMode(cursor);
    parameters.push({ mode, name: cursor.name(), type: readType(cursor) });
    if (cursor.accept("DEFAULT")) cursor.skipElement();
    if (!cursor.accept(",") && cursor.word !== ")") cursor.fail("expected a comma between parameters");
  }
  return parameters;
}

function readMode(cursor: Cursor): RoutineParameter["mode"] {
  const next = cursor.lexemes[cursor.at + 1]?.kind;
  // `in` may be a parameter's name when a type follows it at once, which is then followed by no type.
  if (next !== "word" && next !== "name") return "in";
  if (cursor.accept("OUT")) return "out";
  if (cursor.accept("INOUT")) return "inout";
  cursor.accept("IN");
  return "in";
}

function readTraits(cursor: Cursor) {
  let traits: { deterministic: boolean; readsOnly: boolean; securityInvoker: boolean; comment?: string } = {
    deterministic: false,
    readsOnly: false,
    securityInvoker: false,
  };
  for (;;) {
    if (
      cursor.accept("NOT", "DETERMINISTIC") ||
      cursor.accept("LANGUAGE", "SQL") ||
      cursor.accept("MODIFIES", "SQL", "DATA")
    )
      continue;
    else if (cursor.accept("DETERMINISTIC")) traits = { ...traits, deterministic: true };
    else if (cursor.accept("READS", "SQL", "DATA")) traits = { ...traits, readsOnly: true };
    else if (cursor.accept("NO", "SQL") || cursor.accept("CONTAINS", "SQL")) continue;
    else if (cursor.accept("SQL", "SECURITY", "INVOKER")) traits = { ...traits, securityInvoker: true };
    else if (cursor.accept("SQL", "SECURITY", "DEFINER")) continue;
    else if (cursor.accept("COMMENT")) traits = { ...traits, comment: cursor.string() };
    else return traits;
  }
}
