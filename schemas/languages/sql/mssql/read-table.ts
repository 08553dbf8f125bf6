import type { ReferentialAction } from "../../../model.ts";
import { expressionText } from "./expression-text.ts";
import type { Context } from "./context.ts";
import { readInlineIndex } from "./read-index.ts";
import { readTypeName } from "./read-type.ts";
import type { ColumnElement, ForeignKeyElement, KeyElement, KeyPart, Statement, TableElement } from "./statement.ts";
import { readClustered, readOptionList, skipStorage } from "./read-options.ts";

/** Reads behind `CREATE TABLE`. `known` are options that its first words give. */
export function readCreateTable(context: Context, at: number, known: Readonly<Record<string, string>> = {}): Statement {
  const { reader } = context;
  const name = reader.qualified();
  if (!name) return context.unread("CREATE TABLE", "a table's name", at);
  const options: Record<string, string> = { ...known };
  if (reader.take("AS", "FILETABLE")) options["filetable"] = "on";
  const elements = reader.is("(") ? readElements(context, "CREATE TABLE") : [];
  if (elements.length === 0 && options["filetable"] === undefined) {
    return context.unread("CREATE TABLE", "a list of columns", at);
  }
  for (const kind of ["NODE", "EDGE"]) if (reader.take("AS", kind)) options["graph"] = kind.toLowerCase();
  readTableOptions(context, options);
  return { kind: "create table", at, name, elements, options };
}

/** Reads `( element, … )`. Every element that is not understood is reported and costs itself. */
export function readElements(context: Context, statement: string): TableElement[] {
  const { reader } = context;
  const close = reader.closeOf(reader.at);
  const elements: TableElement[] = [];
  reader.next();
  while (reader.at < close) {
    const start = reader.at;
    // A comma between the last column and a table constraint may be missing; SQL Server does not mind.
    elements.push(...readElement(context, close, statement));
    while (reader.take(","));
    if (reader.at === start) {
      context.unreadClause(statement);
      if (!reader.skipParens()) reader.next();
    }
  }
  reader.at = Math.min(close + 1, reader.tokens.length);
  return elements;
}

/** A column with what belongs to it, or a table's constraint, index or period. */
export function readElement(context: Context, end: number, statement: string): TableElement[] {
  const { reader } = context;
  const at = reader.peek().start;
  if (reader.is("PERIOD", "FOR", "SYSTEM_TIME")) {
    reader.at += 3;
    const [start, stop] = reader.nameList();
    return start && stop ? [{ kind: "period", at, start: start.name, end: stop.name }] : [];
  }
  if (reader.is("INDEX") && reader.peek(1).key !== "(") {
    const index = readInlineIndex(context, [], end);
    return index ? [index] : [];
  }
  if (isConstraintStart(context)) {
    const constraint = readConstraint(context, end, null, statement);
    if (constraint) return [constraint];
    skipToComma(context, end);
    return [];
  }
  const column = readColumn(context, end, statement);
  return column ? [column] : [];
}

function isConstraintStart({ reader }: Context): boolean {
  const token = reader.peek();
  if (token.kind !== "word" || !CONSTRAINTS.has(token.key)) return false;
  const next = reader.peek(1);
  if (token.key === "CHECK" || token.key === "UNIQUE")
    return next.kind === "symbol" || CLUSTERINGS.has(next.key) || next.key === "NOT";
  return token.key !== "CONNECTION" || next.key === "(";
}

/** Reads a column up to its comma; unknown clauses are reported one by one. */
export function readColumn(context: Context, end: number, statement: string): ColumnElement | null {
  const { reader } = context;
  const at = reader.peek().start;
  const name = reader.name();
  if (name === null) return null;
  const draft: Draft = { kind: "column", at, name, marks: [], constraints: [] };
  if (reader.take("AS")) readComputed(context, draft, end);
  else if (reader.at < end && !reader.is(",") && !isConstraintStart(context)) {
    const type = readTypeName(reader);
    if (type) draft.type = type;
  } else if (["timestamp", "rowversion"].includes(name.toLowerCase())) {
    draft.type = { text: name, name: { name, at }, arguments: [] };
  }
  while (reader.at < end && !reader.is(",") && !reader.is(";")) {
    const start = reader.at;
    if (readClause(context, draft, end, statement)) continue;
    if (context.isStatementStart()) break;
    if (reader.at === start) {
      context.unreadClause(statement);
      if (!reader.skipParens()) reader.next();
    }
  }
  return draft;
}

type Draft = { -readonly [Key in keyof ColumnElement]: ColumnElement[Key] } & {
  marks: { name: string; text: string }[];
  constraints: TableElement[];
};

function readComputed(context: Context, draft: Draft, end: number): void {
  const { reader } = context;
  const from = reader.at;
  let cases = 0;
  while (reader.at < end && !reader.is(",") && !reader.is(";") && !COMPUTED_ENDS.has(reader.peek().key)) {
    if (reader.is("CASE")) cases++;
    if (reader.is("END") && cases > 0) cases--;
    else if (cases === 0 && context.isStatementStart()) break;
    if (!reader.skipParens()) reader.next();
  }
  const expression = expressionText(reader, from, reader.at);
  draft.computed = { expression, persisted: reader.take("PERSISTED") };
}

/** One clause of a column; false when nothing is known to begin here. */
function readClause(context: Context, draft: Draft, end: number, statement: string): boolean {
  const { reader } = context;
  if (reader.take("NOT", "NULL")) draft.nullable = false;
  else if (reader.take("NULL")) draft.nullable = true;
  else if (reader.take("NOT", "FOR", "REPLICATION")) return true;
  else if (reader.take("PERSISTED")) {
    if (draft.computed) draft.computed = { ...draft.computed, persisted: true };
  } else if (reader.is("IDENTITY")) readIdentity(context, draft);
  else if (reader.take("COLLATE")) {
    const collation = reader.name();
    if (collation !== null) draft.collation = collation;
  } else if (reader.take("GENERATED")) readGenerated(context, draft);
  else if (SIMPLE_MARKS.has(reader.peek().key)) {
    const { key } = reader.next();
    if (key === "COLUMN_SET") reader.take("FOR", "ALL_SPARSE_COLUMNS");
    draft.marks.push({ name: key.toLowerCase(), text: "" });
  } else if ((reader.is("MASKED") || reader.is("ENCRYPTED")) && reader.peek(1).key === "WITH") {
    const name = reader.next().key.toLowerCase();
    reader.next();
    const from = reader.at;
    reader.skipParens();
    draft.marks.push({ name, text: reader.slice(from + 1, reader.at - 1) });
  } else if (reader.is("INDEX") && reader.peek(1).key !== "(") {
    const index = readInlineIndex(context, [{ name: draft.name, descending: false, at: draft.at }], end);
    if (index) draft.constraints.push(index);
  } else if (reader.take("WITH", "VALUES")) return true;
  else if (reader.isOneOf(COLUMN_CONSTRAINTS)) {
    const constraint = readConstraint(context, end, draft, statement);
    if (constraint) draft.constraints.push(constraint);
    else return false;
  } else return skipStorage(reader);
  return true;
}

function readIdentity({ reader }: Context, draft: Draft): void {
  reader.next();
  let start = "1";
  let increment = "1";
  if (reader.is("(")) {
    const from = reader.at + 1;
    const close = reader.closeOf(reader.at);
    reader.skipParens();
    const [seed, step] = reader.slice(from, close).split(",");
    start = seed?.trim() ?? start;
    increment = step?.trim() ?? increment;
  }
  draft.identity = { start, increment };
}

/** `ALWAYS AS ROW START`, `AS TRANSACTION_ID END`, `AS SUSER_SID START` …, and `HIDDEN`. */
function readGenerated({ reader }: Context, draft: Draft): void {
  reader.take("ALWAYS");
  reader.take("AS");
  const what = reader.next().key;
  const edge = reader.next().key;
  draft.period = `${what} ${edge}`;
}

/** Reads `[CONSTRAINT name] …`; `column` is the one it is written behind, null at the level of the table. */
export function readConstraint(
  context: Context,
  end: number,
  column: ColumnElement | null,
  statement: string,
): TableElement | null {
  const { reader } = context;
  const at = reader.peek().start;
  const name = reader.take("CONSTRAINT") ? (reader.name() ?? undefined) : undefined;
  const named = name === undefined ? {} : { name };
  const own: readonly KeyPart[] = column ? [{ name: column.name, descending: false, at: column.at }] : [];
  if (reader.take("PRIMARY", "KEY")) return readKey(context, { kind: "primary key", at, ...named }, own);
  if (reader.take("UNIQUE")) return readKey(context, { kind: "unique", at, ...named }, own);
  if (reader.take("FOREIGN", "KEY")) {
    const columns = reader.is("(") ? reader.nameList() : own;
    return reader.take("REFERENCES") ? readReferences(context, { at, ...named }, columns) : null;
  }
  if (reader.take("REFERENCES")) return readReferences(context, { at, ...named }, own);
  if (reader.take("CHECK")) {
    reader.take("NOT", "FOR", "REPLICATION");
    if (!reader.is("(")) return null;
    const from = reader.at;
    reader.skipParens();
    const expression = expressionText(reader, from, reader.at);
    return { kind: "check", at, ...named, expression, ...(column ? { column: column.name } : {}) };
  }
  if (reader.take("DEFAULT")) return readDefault(context, { at, ...named }, { column, end, statement });
  return null;
}

type Head = { readonly at: number; readonly name?: string };

function readKey(
  { reader }: Context,
  head: Head & { readonly kind: KeyElement["kind"] },
  own: readonly KeyPart[],
): KeyElement {
  const clustered = readClustered(reader);
  const hash = reader.take("HASH");
  const keys = reader.is("(") ? reader.nameList() : own;
  while (skipStorage(reader) || reader.take("NOT", "FOR", "REPLICATION") || reader.take("NOT", "ENFORCED"));
  return { ...head, keys, ...(clustered === undefined ? {} : { clustered }), ...(hash ? { hash } : {}) };
}

function readReferences({ reader }: Context, head: Head, columns: readonly KeyPart[]): ForeignKeyElement | null {
  const table = reader.qualified();
  if (!table) return null;
  const references = reader.is("(") ? reader.nameList() : [];
  let onDelete: ReferentialAction = "no action";
  let onUpdate: ReferentialAction = "no action";
  for (;;) {
    if (reader.take("ON", "DELETE")) onDelete = readAction(reader);
    else if (reader.take("ON", "UPDATE")) onUpdate = readAction(reader);
    else if (!reader.take("NOT", "FOR", "REPLICATION")) break;
  }
  // Synapse and Fabric know keys that they do not keep; files in other languages declare such relations too.
  const loose = reader.take("NOT", "ENFORCED") ? { enforced: false } : {};
  return { kind: "foreign key", ...head, columns, table, references, onDelete, onUpdate, ...loose };
}

function readAction(reader: Context["reader"]): ReferentialAction {
  if (reader.take("CASCADE")) return "cascade";
  if (reader.take("SET", "NULL")) return "set null";
  if (reader.take("SET", "DEFAULT")) return "set default";
  reader.take("NO", "ACTION");
  return "no action";
}

interface DefaultPlace {
  readonly column: ColumnElement | null;
  readonly end: number;
  readonly statement: string;
}

/** `DEFAULT value` behind a column, `DEFAULT value FOR column` at the level of the table. */
function readDefault(context: Context, head: Head, { column, end }: DefaultPlace): TableElement | null {
  const { reader } = context;
  const from = reader.at;
  readValue(context, end);
  const expression = expressionText(reader, from, reader.at);
  if (expression === "") return null;
  if (column) {
    reader.take("WITH", "VALUES");
    return { kind: "default", ...head, expression, column: column.name };
  }
  const name = reader.take("FOR") ? reader.name() : null;
  reader.take("WITH", "VALUES");
  return name === null ? null : { kind: "default", ...head, expression, column: name };
}

/** A constant, a call or a parenthesised expression, with signs and operators. */
function readValue({ reader }: Context, end: number): void {
  for (let isFirst = true; reader.at < end; isFirst = false) {
    while (reader.is("-") || reader.is("+") || reader.is("~")) reader.next();
    if (!reader.skipParens()) {
      if (reader.take("NEXT", "VALUE", "FOR")) reader.qualified();
      else if (reader.peek().kind === "word" || reader.peek().kind === "name") {
        reader.qualified();
        reader.skipParens();
      } else if (isFirst || !reader.is(",")) reader.next();
    }
    if (!OPERATORS.has(reader.peek().key)) return;
    reader.next();
  }
}

function readTableOptions({ reader }: Context, options: Record<string, string>): void {
  for (;;) {
    if (reader.is("ON") && reader.peek(1).kind !== "end") {
      reader.next();
      const place = reader.next().value;
      if (reader.is("(")) {
        const keys = reader.nameList();
        options["partition_scheme"] = place;
        options["partition_column"] = keys[0]?.name ?? "";
      } else if (place.toUpperCase() !== "PRIMARY" && place.toUpperCase() !== "DEFAULT") options["filegroup"] = place;
    } else if (reader.take("TEXTIMAGE_ON") || reader.take("FILESTREAM_ON")) reader.next();
    else if (reader.take("AS", "NODE") || reader.take("AS", "EDGE")) continue;
    else if (reader.is("WITH", "(")) {
      reader.next();
      Object.assign(options, readOptionList(reader));
    } else return;
  }
}

function skipToComma({ reader }: Context, end: number): void {
  while (reader.at < end && !reader.is(",")) if (!reader.skipParens()) reader.next();
}

const CONSTRAINTS: ReadonlySet<string> = new Set([
  "CONSTRAINT",
  "PRIMARY",
  "UNIQUE",
  "FOREIGN",
  "CHECK",
  "DEFAULT",
  "CONNECTION",
]);
const COLUMN_CONSTRAINTS: ReadonlySet<string> = new Set([
  "CONSTRAINT",
  "PRIMARY",
  "UNIQUE",
  "FOREIGN",
  "REFERENCES",
  "CHECK",
  "DEFAULT",
]);
const CLUSTERINGS: ReadonlySet<string> = new Set(["CLUSTERED", "NONCLUSTERED"]);
const COMPUTED_ENDS: ReadonlySet<string> = new Set([
  "PERSISTED",
  "CONSTRAINT",
  "PRIMARY",
  "UNIQUE",
  "FOREIGN",
  "REFERENCES",
  "CHECK",
]);
const SIMPLE_MARKS: ReadonlySet<string> = new Set(["SPARSE", "ROWGUIDCOL", "FILESTREAM", "HIDDEN", "COLUMN_SET"]);
const OPERATORS: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "&", "|", "^"]);
