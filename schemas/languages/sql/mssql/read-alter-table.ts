import type { Context } from "./context.ts";
import { readOptionList } from "./read-options.ts";
import { readColumn, readElement } from "./read-table.ts";
import type { AlterAction, Statement, TableElement } from "./statement.ts";

/** Reads behind `ALTER TABLE`. */
export function readAlterTable(context: Context, at: number): Statement {
  const { reader } = context;
  const name = reader.qualified();
  if (!name) return context.unread("ALTER TABLE", "a table's name", at);
  const validated = !reader.take("WITH", "NOCHECK");
  const isChecked = reader.take("WITH", "CHECK");
  const actions = readActions(context, validated, isChecked);
  if (actions === null)
    return context.unread("ALTER TABLE", "ADD, ALTER COLUMN, DROP, CHECK, SET or another action", at);
  return { kind: "alter table", at, name, actions };
}

function readActions(context: Context, validated: boolean, isChecked: boolean): readonly AlterAction[] | null {
  const { reader } = context;
  if (reader.take("ADD")) return [readAdd(context, validated)];
  if (reader.take("ALTER", "COLUMN")) return readAlterColumn(context);
  if (reader.take("DROP")) return readDrop(context);
  if (reader.take("CHECK", "CONSTRAINT")) {
    return [{ kind: "enable constraint", names: readNames(context), enabled: true, isChecked }];
  }
  if (reader.take("NOCHECK", "CONSTRAINT")) {
    return [{ kind: "enable constraint", names: readNames(context), enabled: false, isChecked }];
  }
  if (reader.take("ENABLE", "TRIGGER")) return [{ kind: "enable trigger", names: readNames(context), enabled: true }];
  if (reader.take("DISABLE", "TRIGGER")) return [{ kind: "enable trigger", names: readNames(context), enabled: false }];
  if (reader.take("SET")) return [{ kind: "options", options: readOptionList(reader) }];
  if (reader.take("SWITCH")) return readSwitch(context);
  if (reader.take("REBUILD")) {
    skipPartition(context);
    return [{ kind: "rebuild", options: reader.take("WITH") ? readOptionList(reader) : {} }];
  }
  // `ALTER INDEX ix REBUILD WITH (BUCKET_COUNT = …)` of a table in memory.
  if (reader.isOneOf(NO_SCHEMA) || reader.is("ALTER", "INDEX")) {
    reader.take("ALTER");
    while (!reader.isAtEnd && !reader.is(";") && !context.isStatementStart()) if (!reader.skipParens()) reader.next();
    return [{ kind: "none" }];
  }
  return null;
}

/** `SWITCH PARTITION 3 TO dbo.archive PARTITION 3 WITH (WAIT_AT_LOW_PRIORITY (…))`. */
function readSwitch(context: Context): readonly AlterAction[] | null {
  const { reader } = context;
  skipPartition(context);
  if (!reader.take("TO")) return null;
  const target = reader.qualified();
  if (!target) return null;
  skipPartition(context);
  return [{ kind: "switch", target, options: reader.take("WITH") ? readOptionList(reader) : {} }];
}

function skipPartition({ reader }: Context): void {
  if (!reader.take("PARTITION")) return;
  reader.take("=");
  if (!reader.skipParens()) reader.next();
  reader.skipParens();
}

/** Columns and constraints with commas between them; each is one element. */
function readAdd(context: Context, validated: boolean): AlterAction {
  const { reader } = context;
  const elements: TableElement[] = [];
  const end = reader.tokens.length;
  do {
    // Some scripts repeat the word: `ADD a int, ADD b int` is no T-SQL, but what is meant is plain.
    if (elements.length > 0) reader.take("ADD");
    reader.take("COLUMN");
    if (reader.is("(")) {
      elements.push(...readGroup(context));
      continue;
    }
    const found = readElement(context, end, "ALTER TABLE");
    elements.push(...found);
    if (found.length === 0) context.unreadClause("ALTER TABLE");
  } while (reader.take(","));
  return { kind: "add", elements, validated };
}

function readGroup(context: Context): TableElement[] {
  const { reader } = context;
  const close = reader.closeOf(reader.at);
  const elements: TableElement[] = [];
  reader.next();
  while (reader.at < close) {
    const start = reader.at;
    elements.push(...readElement(context, close, "ALTER TABLE"));
    reader.take(",");
    if (reader.at === start) reader.next();
  }
  reader.at = Math.min(close + 1, reader.tokens.length);
  return elements;
}

function readAlterColumn(context: Context): readonly AlterAction[] | null {
  const { reader } = context;
  const column = reader.peek().value;
  const mark = reader.peek(1).key;
  if (mark === "ADD" || mark === "DROP") {
    reader.at += 2;
    const name = reader.next().key.toLowerCase();
    // `ADD MASKED WITH (…)`, `DROP NOT FOR REPLICATION`.
    reader.take("FOR", "REPLICATION");
    let text = "";
    if (reader.is("WITH", "(")) {
      const from = reader.at + 2;
      reader.next();
      reader.skipParens();
      text = reader.slice(from, reader.at - 1);
    }
    return [{ kind: "mark column", column, mark: name, text, isAdded: mark === "ADD" }];
  }
  const read = readColumn(context, reader.tokens.length, "ALTER TABLE");
  return read?.type ? [{ kind: "alter column", column: read }] : null;
}

function readDrop(context: Context): readonly AlterAction[] | null {
  const { reader } = context;
  if (reader.take("PERIOD", "FOR", "SYSTEM_TIME")) return [{ kind: "drop period" }];
  const actions: AlterAction[] = [];
  do {
    // `DROP CONSTRAINT a, COLUMN b, c`: the word holds until the next one.
    const previous = actions.at(-1);
    let kind: "drop column" | "drop constraint" | "drop named" =
      previous?.kind === "drop column" || previous?.kind === "drop constraint" ? previous.kind : "drop named";
    if (reader.take("COLUMN")) kind = "drop column";
    else if (reader.take("CONSTRAINT")) kind = "drop constraint";
    const ifExists = reader.take("IF", "EXISTS");
    const name = reader.name();
    if (name === null) break;
    if (reader.is("WITH", "(")) {
      reader.next();
      reader.skipParens();
    }
    actions.push({ kind, names: [name], ifExists });
  } while (reader.take(","));
  return actions.length > 0 ? actions : null;
}

/** `ALL` is every one; an empty list stands for it. */
function readNames({ reader }: Context): string[] {
  if (reader.take("ALL")) return [];
  const names: string[] = [];
  do {
    const name = reader.name();
    if (name !== null) names.push(name);
  } while (reader.take(","));
  return names;
}

/** Actions that move or arrange rows only. */
const NO_SCHEMA: ReadonlySet<string> = new Set(["ENABLE", "DISABLE", "SPLIT", "MERGE"]);
