import type { Context } from "./context.ts";
import { readElements } from "./read-table.ts";
import { readTypeName } from "./read-type.ts";
import type { NameRef } from "./reader.ts";
import type { DropKind, Statement } from "./statement.ts";

/** Reads behind `CREATE TYPE`. */
export function readCreateType(context: Context, at: number): Statement {
  const { reader } = context;
  const name = reader.qualified();
  if (!name) return context.unread("CREATE TYPE", "a name", at);
  if (reader.take("AS", "TABLE") && reader.is("(")) {
    const elements = readElements(context, "CREATE TYPE");
    if (reader.take("WITH")) reader.skipParens();
    return { kind: "create table type", at, name, elements };
  }
  const base = reader.take("FROM") ? readTypeName(reader) : null;
  if (base) {
    const nullable = !reader.take("NOT", "NULL");
    reader.take("NULL");
    return { kind: "create alias type", at, name, base, nullable };
  }
  if (reader.take("EXTERNAL", "NAME")) {
    reader.qualified();
    return { kind: "ignored", at, word: "CREATE TYPE EXTERNAL NAME" };
  }
  return context.unread("CREATE TYPE", "FROM or AS TABLE", at);
}

/** Reads behind `CREATE SEQUENCE` or `ALTER SEQUENCE`. */
export function readSequence(context: Context, at: number, mode: "create" | "alter"): Statement {
  const { reader } = context;
  const name = reader.qualified();
  if (!name) return context.unread(`${mode.toUpperCase()} SEQUENCE`, "a name", at);
  const options: { -readonly [Key in keyof SequenceOptions]: SequenceOptions[Key] } = {};
  for (;;) {
    const start = reader.at;
    if (reader.take("AS")) {
      const type = readTypeName(reader);
      if (type) options.type = type;
    } else if (reader.take("START", "WITH") || reader.take("RESTART", "WITH")) options.start = readNumber(context);
    else if (reader.take("INCREMENT", "BY")) options.increment = readNumber(context);
    else if (reader.take("MINVALUE")) options.minimum = readNumber(context);
    else if (reader.take("MAXVALUE")) options.maximum = readNumber(context);
    else if (reader.take("NO", "MINVALUE")) options.minimum = null;
    else if (reader.take("NO", "MAXVALUE")) options.maximum = null;
    else if (reader.take("NO", "CYCLE")) options.cycle = false;
    else if (reader.take("CYCLE")) options.cycle = true;
    else if (reader.take("CACHE")) {
      if (reader.peek().kind === "number") reader.next();
    } else if (!reader.take("NO", "CACHE")) reader.take("RESTART");
    if (reader.at === start) break;
  }
  return { kind: "sequence", at, name, mode, ...options };
}

type SequenceOptions = Pick<
  Extract<Statement, { kind: "sequence" }>,
  "type" | "start" | "increment" | "minimum" | "maximum" | "cycle"
>;

function readNumber({ reader }: Context): string {
  const sign = reader.take("-") ? "-" : "";
  return sign + reader.next().value;
}

/** Reads behind `CREATE SYNONYM`. */
export function readSynonym(context: Context, at: number): Statement {
  const { reader } = context;
  const name = reader.qualified();
  if (!name || !reader.take("FOR")) return context.unread("CREATE SYNONYM", "a name and FOR", at);
  const from = reader.at;
  return reader.qualified()
    ? { kind: "synonym", at, name, target: reader.slice(from, reader.at) }
    : context.unread("CREATE SYNONYM", "what it stands for", at);
}

/** Reads behind `CREATE SCHEMA`. Elements inside of it are statements of their own to the caller. */
export function readCreateSchema(context: Context, at: number): Statement {
  const { reader } = context;
  const name = reader.is("AUTHORIZATION") ? null : reader.name();
  const owner = reader.take("AUTHORIZATION") ? reader.name() : null;
  const own = name ?? owner;
  if (own === null) return context.unread("CREATE SCHEMA", "a name", at);
  return { kind: "create schema", at, name: own, ...(owner === null ? {} : { owner }) };
}

/** Reads behind `DROP`; null when it is not about an object of the schema. */
export function readDrop(context: Context, at: number): Statement | null {
  const { reader } = context;
  if (reader.is("INDEX") || reader.is("FULLTEXT", "INDEX")) return readDropIndex(context, at);
  const word = reader.peek().key;
  const what = DROPS[word];
  if (!what) return null;
  reader.next();
  const ifExists = reader.take("IF", "EXISTS");
  const names: NameRef[] = [];
  do {
    const name = reader.qualified();
    if (!name) break;
    names.push(name);
  } while (reader.take(","));
  if (names.length === 0) return context.unread(`DROP ${word}`, "a name", at);
  if (what === "trigger" && reader.take("ON")) {
    reader.next();
    reader.take("SERVER");
  }
  return { kind: "drop", at, what, names, ifExists };
}

/** `DROP INDEX a ON t, b ON t` and the old `DROP INDEX t.a`. */
function readDropIndex(context: Context, at: number): Statement {
  const { reader } = context;
  const isFulltext = reader.take("FULLTEXT");
  reader.next();
  const ifExists = reader.take("IF", "EXISTS");
  const items: { table: NameRef; name: string }[] = [];
  do {
    if (isFulltext && reader.take("ON")) {
      const table = reader.qualified();
      if (table) items.push({ table, name: "FULLTEXT" });
      continue;
    }
    const name = reader.qualified();
    if (!name) break;
    const table = reader.take("ON") ? reader.qualified() : null;
    if (table) items.push({ table, name: name.name });
    else if (name.schema !== undefined) {
      const schema = name.database === undefined ? {} : { schema: name.database };
      items.push({ table: { name: name.schema, at: name.at, ...schema }, name: name.name });
    }
    if (reader.take("WITH")) reader.skipParens();
  } while (reader.take(","));
  return items.length > 0
    ? { kind: "drop index", at, items, ifExists }
    : context.unread("DROP INDEX", "a name and ON", at);
}

/** Reads behind `GRANT`, `REVOKE` or `DENY`, which takes a right that was given; null when it is not about an object. */
export function readGrant(context: Context, at: number, isGrant: boolean): Statement | null {
  const { reader } = context;
  reader.take("GRANT", "OPTION", "FOR");
  const privileges: { name: string; columns: readonly string[] }[] = [];
  while (!reader.isAtEnd && !reader.is("ON") && !reader.is("TO") && !reader.is("FROM") && !reader.is(";")) {
    const from = reader.at;
    while (["word"].includes(reader.peek().kind) && !GRANT_ENDS.has(reader.peek().key)) reader.next();
    const name = reader.slice(from, reader.at).toUpperCase();
    const columns = reader.nameList().map((column) => column.name);
    if (name !== "") privileges.push({ name, columns });
    if (!reader.take(",") && reader.at === from) reader.next();
  }
  const isOn = reader.take("ON");
  if (isOn && reader.peek(1).key === "::") {
    const isObject = reader.is("OBJECT");
    reader.at += 2;
    if (!isObject) reader.qualified();
  }
  const on = isOn ? reader.qualified() : null;
  if (on && privileges.length > 0) privileges.push(...columnsBehind(context, privileges));
  if (!reader.take("TO")) reader.take("FROM");
  const grantees: string[] = [];
  do {
    const grantee = reader.name();
    if (grantee !== null) grantees.push(grantee);
  } while (reader.take(","));
  reader.take("WITH", "GRANT", "OPTION");
  reader.take("CASCADE");
  if (reader.take("AS")) reader.name();
  return on && grantees.length > 0 ? { kind: "grant", at, isGrant, privileges, on, grantees } : null;
}

/** `GRANT SELECT ON t (a, b)`: the columns stand behind the table. */
function columnsBehind({ reader }: Context, privileges: { name: string; columns: readonly string[] }[]) {
  const columns = reader.nameList().map((column) => column.name);
  if (columns.length === 0) return [];
  return privileges.splice(0).map(({ name }) => ({ name, columns }));
}

/** `DISABLE TRIGGER a, b ON t`: reads behind the word TRIGGER. */
export function readToggleTrigger(context: Context, at: number, enabled: boolean): Statement {
  const { reader } = context;
  const names: NameRef[] = [];
  if (!reader.take("ALL")) {
    do {
      const name = reader.qualified();
      if (name) names.push(name);
    } while (reader.take(","));
  }
  if (!reader.take("ON")) return context.unread("TRIGGER", "ON", at);
  const isTable = !reader.is("DATABASE") && !reader.take("ALL", "SERVER");
  const table = isTable ? reader.qualified() : null;
  if (!isTable) reader.take("DATABASE");
  return { kind: "toggle trigger", at, names, table, enabled };
}

const GRANT_ENDS: ReadonlySet<string> = new Set(["ON", "TO", "FROM"]);
const DROPS: Readonly<Record<string, DropKind>> = {
  TABLE: "table",
  VIEW: "view",
  PROCEDURE: "procedure",
  PROC: "procedure",
  FUNCTION: "function",
  TRIGGER: "trigger",
  TYPE: "type",
  SEQUENCE: "sequence",
  SYNONYM: "synonym",
  SCHEMA: "schema",
  DEFAULT: "default",
  RULE: "rule",
};
