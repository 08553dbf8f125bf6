import { ReadError, type Cursor } from "./cursor.ts";
import { readValue } from "./read-expression.ts";
import { readReferences } from "./read-key.ts";
import { readModifiers, readType } from "./read-type.ts";
import type { CheckSpec, ColumnSpec, Placement, References } from "./statement.ts";

type Draft = { -readonly [K in keyof ColumnSpec]: ColumnSpec[K] } & { checks: CheckSpec[] };

/** Name, type and attributes of a column. An attribute that is not understood is lost alone. */
export function readColumn(cursor: Cursor): ColumnSpec {
  const { offset } = cursor;
  const name = cursor.name();
  const draft: Draft = { name, offset, type: readType(cursor), checks: [] };
  let pendingName: string | undefined;
  while (!cursor.isDone && !COLUMN_ENDS.has(cursor.word) && !isPlacement(cursor)) {
    const first = cursor.at;
    try {
      if (cursor.accept("CONSTRAINT")) {
        pendingName = CONSTRAINT_STARTS.has(cursor.word) ? undefined : cursor.name();
        continue;
      }
      if (!readAttribute(cursor, draft, pendingName)) loseAttribute(cursor, first);
      pendingName = undefined;
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      cursor.at = Math.max(cursor.at, first + 1);
      loseAttribute(cursor, first);
    }
  }
  return draft;
}

/** FIRST or AFTER behind a column. */
export function readPlacement(cursor: Cursor): Placement | undefined {
  if (cursor.accept("FIRST")) return { first: true };
  return cursor.accept("AFTER") ? { after: cursor.name() } : undefined;
}

function readAttribute(cursor: Cursor, draft: Draft, name: string | undefined): boolean {
  return (
    readNullAndKeys(cursor, draft) ||
    readValues(cursor, draft) ||
    readConstraints(cursor, draft, name) ||
    readStorage(cursor, draft)
  );
}

function readNullAndKeys(cursor: Cursor, draft: Draft): boolean {
  if (cursor.accept("NOT", "NULL")) draft.nullable = false;
  else if (cursor.accept("NULL")) draft.nullable = true;
  else if (cursor.accept("AUTO_INCREMENT")) draft.autoIncrement = true;
  else if (cursor.accept("PRIMARY", "KEY") || cursor.accept("PRIMARY") || cursor.accept("KEY")) draft.primary = true;
  else if (cursor.accept("UNIQUE", "KEY") || cursor.accept("UNIQUE")) draft.unique = true;
  else if (cursor.accept("SERIAL", "DEFAULT", "VALUE")) {
    draft.nullable = false;
    draft.autoIncrement = true;
    draft.unique = true;
  } else return false;
  return true;
}

function readValues(cursor: Cursor, draft: Draft): boolean {
  if (cursor.accept("DEFAULT")) draft.default = readValue(cursor);
  else if (cursor.accept("ON", "UPDATE")) draft.onUpdate = readValue(cursor);
  else if (cursor.accept("GENERATED", "ALWAYS", "AS") || cursor.accept("AS")) {
    // GENERATED ALWAYS AS ROW START marks the period of a system-versioned table.
    if (cursor.accept("ROW")) {
      draft.generated = { expression: `ROW ${cursor.next().word}`, stored: true };
      draft.nullable = false;
      return true;
    }
    const expression = cursor.parenthesised();
    const stored = cursor.accept("STORED") || cursor.accept("PERSISTENT");
    if (!stored) cursor.accept("VIRTUAL");
    draft.generated = { expression, stored };
  } else if (cursor.accept("COMMENT")) draft.comment = cursor.string();
  else return false;
  return true;
}

function readConstraints(cursor: Cursor, draft: Draft, name: string | undefined): boolean {
  if (cursor.word === "CHECK") {
    draft.checks.push(readCheck(cursor, name));
    return true;
  }
  if (cursor.word !== "REFERENCES") return false;
  const references: References = readReferences(cursor);
  draft.references = { ...references, ...(name === undefined ? {} : { name }) };
  return true;
}

function readStorage(cursor: Cursor, draft: Draft): boolean {
  const type = readModifiers(cursor, draft.type);
  if (type !== draft.type) {
    draft.type = type;
    return true;
  }
  if (cursor.accept("INVISIBLE")) draft.invisible = true;
  else if (cursor.accept("VISIBLE")) draft.invisible = false;
  else if (cursor.accept("COLUMN_FORMAT") || cursor.accept("STORAGE")) cursor.next();
  else if (cursor.accept("SRID")) cursor.next();
  else if (cursor.accept("REF_SYSTEM_ID", "=")) cursor.next();
  else if (cursor.accept("COMPRESSED")) {
    if (cursor.accept("=")) cursor.next();
  } else if (cursor.accept("WITH", "SYSTEM", "VERSIONING") || cursor.accept("WITHOUT", "SYSTEM", "VERSIONING"))
    return true;
  else if (cursor.accept("ENGINE_ATTRIBUTE") || cursor.accept("SECONDARY_ENGINE_ATTRIBUTE")) {
    cursor.accept("=");
    cursor.string();
  } else return false;
  return true;
}

/** `CHECK (…) [NOT] ENFORCED`. */
export function readCheck(cursor: Cursor, name: string | undefined): CheckSpec {
  cursor.expect("CHECK");
  const expression = cursor.parenthesised();
  return { expression, enforced: readEnforced(cursor) ?? true, ...(name === undefined ? {} : { name }) };
}

export function readEnforced(cursor: Cursor): boolean | null {
  if (cursor.accept("NOT", "ENFORCED")) return false;
  return cursor.accept("ENFORCED") ? true : null;
}

/** Leaves out what no attribute begins with, up to the next attribute that is known. */
function loseAttribute(cursor: Cursor, first: number): void {
  if (cursor.at === first) cursor.at++;
  cursor.skipUntil((word) => word === "," || ATTRIBUTES.has(word));
  cursor.lose(first, "this attribute of the column is not known");
}

function isPlacement(cursor: Cursor): boolean {
  return cursor.word === "FIRST" || cursor.word === "AFTER";
}

const COLUMN_ENDS: ReadonlySet<string> = new Set([",", ")"]);
const CONSTRAINT_STARTS: ReadonlySet<string> = new Set(["CHECK", "REFERENCES", "PRIMARY", "UNIQUE", "NOT", "NULL"]);
const ATTRIBUTES: ReadonlySet<string> = new Set([
  "NOT",
  "NULL",
  "AUTO_INCREMENT",
  "PRIMARY",
  "UNIQUE",
  "KEY",
  "DEFAULT",
  "ON",
  "GENERATED",
  "AS",
  "COMMENT",
  "CHECK",
  "CONSTRAINT",
  "REFERENCES",
  "COLLATE",
  "CHARACTER",
  "CHARSET",
  "INVISIBLE",
  "VISIBLE",
  "COLUMN_FORMAT",
  "STORAGE",
  "FIRST",
  "AFTER",
]);
