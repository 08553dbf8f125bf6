import { ReadError, type Cursor } from "./cursor.ts";
import { readColumn, readEnforced, readPlacement } from "./read-column.ts";
import { readValue } from "./read-expression.ts";
import { noOptions, readPartitioning, readPartitionNames, readPartitions, readTableOption } from "./read-options.ts";
import { readElement } from "./read-table.ts";
import { acceptCharset, readCharsetName } from "./read-type.ts";
import type { AlterSpec, PositionedSpec, Statement } from "./statement.ts";

/** What stands behind `ALTER [ONLINE] [IGNORE] TABLE`. A part that cannot be read is lost alone. */
export function readAlterTable(cursor: Cursor): Statement {
  const ifExists = cursor.accept("IF", "EXISTS");
  const name = cursor.qualifiedName();
  if (cursor.accept("WAIT")) cursor.next();
  else cursor.accept("NOWAIT");
  const specs: PositionedSpec[] = [];
  while (!cursor.isDone) {
    const first = cursor.at;
    const { offset } = cursor;
    try {
      specs.push(...readSpecs(cursor).map((spec) => ({ ...spec, offset: offsetOf(spec) ?? offset })));
      if (!cursor.isDone && cursor.word !== "," && !FOLLOWS_DIRECTLY.has(cursor.word) && !isOption(cursor))
        loseSpec(cursor, cursor.at, "this part of the change is not known");
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      cursor.at = first;
      loseSpec(cursor, first, error.message);
    }
    cursor.accept(",");
    if (cursor.at === first) loseSpec(cursor, first, "this part of the change is not known");
  }
  if (specs.length === 0 && cursor.lost.length > 0) cursor.fail(cursor.lost[0]?.reason ?? "");
  return { kind: "alter table", name, ifExists, specs };
}

function loseSpec(cursor: Cursor, first: number, reason: string): void {
  if (cursor.word === ")" || cursor.word === ",") cursor.at++;
  cursor.skipElement();
  if (cursor.at === first) cursor.at++;
  cursor.lose(first, reason);
}

function offsetOf(spec: AlterSpec): number | undefined {
  return spec.kind === "add column" || spec.kind === "modify column" ? spec.column.offset : undefined;
}

function isOption(cursor: Cursor): boolean {
  const first = cursor.at;
  const found = tryOption(cursor);
  cursor.at = first;
  return found !== null;
}

function readSpecs(cursor: Cursor): readonly AlterSpec[] {
  const { word } = cursor;
  switch (word) {
    case "ADD":
      return readAdd(cursor);
    case "DROP":
      return [readDrop(cursor)];
    case "MODIFY":
    case "CHANGE":
      return [readModify(cursor)];
    case "ALTER":
      return [readAlter(cursor)];
    case "RENAME":
      return [readRename(cursor)];
    case "CONVERT":
      return [readConvert(cursor)];
    default:
      return [readOther(cursor)];
  }
}

function readAdd(cursor: Cursor): readonly AlterSpec[] {
  cursor.expect("ADD");
  if (cursor.accept("PARTITION")) {
    cursor.accept("IF", "NOT", "EXISTS");
    if (cursor.accept("PARTITIONS"))
      return [{ kind: "add partitions", partitions: [], count: Number(cursor.plain(cursor.next())) }];
    return [{ kind: "add partitions", partitions: readPartitions(cursor) }];
  }
  if (cursor.accept("SYSTEM", "VERSIONING"))
    return [{ kind: "options", options: { others: { system: "VERSIONING" } } }];
  const isColumn = cursor.accept("COLUMN");
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  if (cursor.word === "(") return readAddList(cursor, ifNotExists);
  if (!isColumn && !ifNotExists) {
    const element = readElement(cursor);
    if (element.kind !== "column") return [{ kind: "add element", element }];
    return [addColumn(cursor, element.column, ifNotExists)];
  }
  return [addColumn(cursor, readColumn(cursor), ifNotExists)];
}

function addColumn(cursor: Cursor, column: ReturnType<typeof readColumn>, ifNotExists: boolean): AlterSpec {
  const place = readPlacement(cursor);
  return { kind: "add column", column, ifNotExists, ...(place ? { place } : {}) };
}

/** `ADD (a INT, b INT, KEY (a))`. */
function readAddList(cursor: Cursor, ifNotExists: boolean): readonly AlterSpec[] {
  cursor.expect("(");
  const specs: AlterSpec[] = [];
  do {
    const element = readElement(cursor);
    if (element.kind === "column") specs.push({ kind: "add column", column: element.column, ifNotExists });
    else specs.push({ kind: "add element", element });
  } while (cursor.accept(","));
  cursor.expect(")");
  return specs;
}

function readDrop(cursor: Cursor): AlterSpec {
  cursor.expect("DROP");
  if (cursor.accept("PRIMARY", "KEY")) return { kind: "drop primary key", ifExists: false };
  if (cursor.accept("SYSTEM", "VERSIONING")) return { kind: "nothing" };
  const named = readDropped(cursor);
  const ifExists = cursor.accept("IF", "EXISTS");
  if (named === "drop partitions") return { kind: named, names: readPartitionNames(cursor) };
  const name = cursor.name();
  if (named === "drop column" && !cursor.accept("CASCADE")) cursor.accept("RESTRICT");
  return { kind: named, name, ifExists };
}

function readDropped(cursor: Cursor) {
  if (cursor.accept("FOREIGN", "KEY")) return "drop foreign key";
  if (cursor.accept("KEY") || cursor.accept("INDEX")) return "drop key";
  if (cursor.accept("CHECK")) return "drop check";
  if (cursor.accept("CONSTRAINT")) return "drop constraint";
  if (cursor.accept("PARTITION")) return "drop partitions";
  cursor.accept("COLUMN");
  return "drop column";
}

function readModify(cursor: Cursor): AlterSpec {
  const isChange = cursor.next().word === "CHANGE";
  cursor.accept("COLUMN");
  const ifExists = cursor.accept("IF", "EXISTS");
  const old = isChange ? cursor.name() : undefined;
  const column = readColumn(cursor);
  const place = readPlacement(cursor);
  return { kind: "modify column", column, from: old ?? column.name, ifExists, isChange, ...(place ? { place } : {}) };
}

function readAlter(cursor: Cursor): AlterSpec {
  cursor.expect("ALTER");
  if (cursor.accept("INDEX") || cursor.accept("KEY")) {
    cursor.accept("IF", "EXISTS");
    const name = cursor.name();
    return { kind: "key visibility", name, invisible: readVisibility(cursor) };
  }
  if (cursor.accept("CHECK") || cursor.accept("CONSTRAINT")) {
    const name = cursor.name();
    return { kind: "enforce", name, enforced: readEnforced(cursor) ?? cursor.fail("expected ENFORCED") };
  }
  cursor.accept("COLUMN");
  cursor.accept("IF", "EXISTS");
  const name = cursor.name();
  if (cursor.accept("SET", "DEFAULT")) return { kind: "set default", name, value: readValue(cursor) };
  if (cursor.accept("DROP", "DEFAULT")) return { kind: "set default", name, value: null };
  cursor.accept("SET");
  return { kind: "column visibility", name, invisible: readVisibility(cursor) };
}

function readVisibility(cursor: Cursor): boolean {
  if (cursor.accept("INVISIBLE") || cursor.accept("IGNORED")) return true;
  if (!cursor.accept("NOT", "IGNORED")) cursor.expect("VISIBLE");
  return false;
}

function readRename(cursor: Cursor): AlterSpec {
  cursor.expect("RENAME");
  const what = cursor.word;
  if (what === "COLUMN" || what === "INDEX" || what === "KEY") {
    cursor.next();
    const ifExists = cursor.accept("IF", "EXISTS");
    const from = cursor.name();
    cursor.expect("TO");
    return { kind: what === "COLUMN" ? "rename column" : "rename key", from, to: cursor.name(), ifExists };
  }
  if (!cursor.accept("TO") && !cursor.accept("AS")) cursor.accept("=");
  return { kind: "rename table", to: cursor.qualifiedName() };
}

function readConvert(cursor: Cursor): AlterSpec {
  cursor.expect("CONVERT");
  if (cursor.accept("PARTITION") || cursor.accept("TABLE")) {
    cursor.skipElement();
    return { kind: "nothing" };
  }
  cursor.expect("TO");
  if (!acceptCharset(cursor)) cursor.fail("expected CHARACTER SET");
  const charset = readCharsetName(cursor);
  if (!cursor.accept("COLLATE")) return { kind: "convert", charset };
  cursor.accept("=");
  return { kind: "convert", charset, collation: readCharsetName(cursor) };
}

function readOther(cursor: Cursor): AlterSpec {
  const partitioning = readPartitioning(cursor);
  if (partitioning) return { kind: "partition by", partitioning };
  if (cursor.accept("REMOVE", "PARTITIONING")) return { kind: "remove partitioning" };
  if (cursor.accept("REORGANIZE", "PARTITION")) {
    if (cursor.isDone) return { kind: "nothing" };
    const names = readPartitionNames(cursor);
    cursor.expect("INTO");
    return { kind: "reorganize partitions", names, into: readPartitions(cursor) };
  }
  if (cursor.accept("ORDER", "BY")) {
    cursor.rest();
    return { kind: "nothing" };
  }
  const session = readSession(cursor);
  if (session) return session;
  const options = tryOption(cursor);
  return options ?? cursor.fail("this part of the change is not known");
}

/** Parts that change how a change is made, or rows and files, never the table's form. */
function readSession(cursor: Cursor): AlterSpec | null {
  const { word } = cursor;
  if (word === "ALGORITHM" || word === "LOCK") {
    cursor.next();
    cursor.accept("=");
    return { kind: "request", what: word === "LOCK" ? "lock" : "algorithm", value: cursor.next().word.toLowerCase() };
  }
  if (word === "ENGINE" || !SESSION.has(word)) return null;
  cursor.next();
  if (word === "FORCE") return { kind: "rebuild" };
  if (PARTITION_WORK.has(word)) {
    cursor.rest();
    return { kind: "partition work", verb: word.toLowerCase() };
  }
  if (!cursor.accept("KEYS") && !cursor.accept("VALIDATION")) cursor.accept("TABLESPACE");
  return { kind: "nothing" };
}

function tryOption(cursor: Cursor): AlterSpec | null {
  let options = readTableOption(cursor, noOptions);
  if (!options) return null;
  for (;;) {
    const more = readTableOption(cursor, options);
    if (!more) return { kind: "options", options };
    options = more;
  }
}

/** These may follow a part without a comma. */
const FOLLOWS_DIRECTLY: ReadonlySet<string> = new Set(["PARTITION", "REMOVE"]);
const PARTITION_WORK: ReadonlySet<string> = new Set([
  "TRUNCATE",
  "COALESCE",
  "EXCHANGE",
  "ANALYZE",
  "CHECK",
  "OPTIMIZE",
  "REBUILD",
  "REPAIR",
]);
const SESSION: ReadonlySet<string> = new Set([
  ...PARTITION_WORK,
  "FORCE",
  "ENABLE",
  "DISABLE",
  "DISCARD",
  "IMPORT",
  "WITH",
  "WITHOUT",
  "SECONDARY_LOAD",
]);
