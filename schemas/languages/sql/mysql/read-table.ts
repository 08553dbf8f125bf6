import { ReadError, type Cursor } from "./cursor.ts";
import { readCheck, readColumn } from "./read-column.ts";
import { readForeignKey, readKey, readNames } from "./read-key.ts";
import { noOptions, readPartitioning, readTableOption } from "./read-options.ts";
import { readSelect } from "./read-select.ts";
import type { Statement, TableElement, TableOptions } from "./statement.ts";

/** What stands behind `CREATE [OR REPLACE] [TEMPORARY] TABLE`. */
export function readCreateTable(
  cursor: Cursor,
  flags: { readonly orReplace: boolean; readonly temporary: boolean },
): Statement {
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.qualifiedName();
  const base = { kind: "create table", name, ifNotExists, ...flags, elements: [], options: noOptions } as const;
  if (cursor.accept("LIKE")) return { ...base, like: cursor.qualifiedName() };
  if (cursor.accept("(", "LIKE")) return { ...base, like: cursor.qualifiedName() };
  const elements = cursor.word === "(" && !isSelect(cursor.wordAt(1)) ? readElements(cursor) : [];
  const options = readOptions(cursor);
  const partitioning = readPartitioning(cursor);
  if (cursor.accept("IGNORE") || cursor.accept("REPLACE")) cursor.accept("AS");
  else cursor.accept("AS");
  const hasSelect = isSelect(cursor.word) || (cursor.word === "(" && isSelect(cursor.wordAt(1)));
  const select = hasSelect ? readSelect(cursor) : undefined;
  if (!hasSelect && !cursor.isDone) loseRest(cursor);
  if (elements.length === 0 && !hasSelect) cursor.fail("a table needs columns");
  return {
    ...base,
    elements,
    options,
    ...(partitioning ? { partitioning } : {}),
    ...(select ? { select } : {}),
  };
}

/** Columns, keys and checks in parentheses. One that cannot be read is lost alone. */
function readElements(cursor: Cursor): readonly TableElement[] {
  cursor.expect("(");
  const elements: TableElement[] = [];
  for (;;) {
    const first = cursor.at;
    try {
      elements.push(readElement(cursor));
      if (cursor.word !== "," && cursor.word !== ")") {
        const extra = cursor.at;
        cursor.skipElement();
        cursor.lose(extra, "this part of the table is not known");
      }
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      cursor.at = first;
      cursor.skipElement();
      cursor.lose(first, error.message);
    }
    if (cursor.accept(")")) return elements;
    cursor.expect(",");
  }
}

/** An element of a table. */
export function readElement(cursor: Cursor): TableElement {
  const period = readPeriod(cursor);
  if (period) return period;
  let constraint: string | undefined;
  if (cursor.accept("CONSTRAINT")) {
    cursor.accept("IF", "NOT", "EXISTS");
    if (!ELEMENT_STARTS.has(cursor.word)) constraint = cursor.name();
  }
  const { offset } = cursor;
  if (cursor.word === "CHECK") return { kind: "check", check: readCheck(cursor, constraint), offset };
  const foreignKey = readForeignKey(cursor, constraint);
  if (foreignKey) return { kind: "foreign key", foreignKey };
  const key = readKey(cursor, constraint);
  if (key) return { kind: "key", key };
  if (constraint !== undefined) cursor.fail("a constraint of an unknown kind");
  return { kind: "column", column: readColumn(cursor) };
}

/** MariaDB's `PERIOD FOR name (start, end)`. */
function readPeriod(cursor: Cursor): TableElement | null {
  const { offset } = cursor;
  if (!cursor.accept("PERIOD", "FOR")) return null;
  const name = cursor.name();
  const [start, end] = readNames(cursor);
  if (start === undefined || end === undefined) return cursor.fail("a period has two columns");
  return { kind: "period", name, start, end, offset };
}

/** Table options up to what ends them; unknown ones are lost alone. */
function readOptions(cursor: Cursor): TableOptions {
  let options = noOptions;
  while (!cursor.isDone && !OPTION_ENDS.has(cursor.word)) {
    cursor.accept(",");
    const first = cursor.at;
    const found = readTableOption(cursor, options);
    if (found) {
      options = found;
      continue;
    }
    cursor.next();
    if (cursor.accept("=") && !cursor.isDone) cursor.next();
    cursor.lose(first, "this option of the table is not known");
  }
  return options;
}

function loseRest(cursor: Cursor): void {
  const first = cursor.at;
  cursor.rest();
  cursor.lose(first, "this end of the statement is not known");
}

export const isSelect = (word: string): boolean =>
  word === "SELECT" || word === "WITH" || word === "VALUES" || word === "TABLE";

const ELEMENT_STARTS: ReadonlySet<string> = new Set(["CHECK", "FOREIGN", "PRIMARY", "UNIQUE"]);
const OPTION_ENDS: ReadonlySet<string> = new Set(["PARTITION", "AS", "SELECT", "IGNORE", "REPLACE", "(", "VALUES"]);
