import type { Cursor } from "./cursor.ts";
import { readIndexEnd } from "./read-index.ts";
import type { PositionedSpec, Statement } from "./statement.ts";

export function readDrop(cursor: Cursor): Statement {
  cursor.expect("DROP");
  cursor.accept("TEMPORARY");
  const { word } = cursor;
  if (OUTSIDE_OF_SCHEMA.has(word) || cursor.is("SPATIAL", "REFERENCE")) return { kind: "nothing" };
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
  const requests = readIndexEnd(cursor);
  const isPrimary = name.toUpperCase() === "PRIMARY";
  const spec: PositionedSpec = isPrimary
    ? { kind: "drop primary key", ifExists, offset }
    : { kind: "drop key", name, ifExists, offset };
  return { kind: "alter table", name: table, ifExists: false, specs: [spec, ...requests], viaIndex: true };
}

export function readRename(cursor: Cursor): Statement {
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
export const OUTSIDE_OF_SCHEMA: ReadonlySet<string> = new Set([
  "USER",
  "ROLE",
  "SERVER",
  "TABLESPACE",
  "LOGFILE",
  "UNDO",
  "RESOURCE",
  "PACKAGE",
  "LIBRARY",
  "CATALOG",
]);
