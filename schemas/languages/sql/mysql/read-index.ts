import type { Cursor } from "./cursor.ts";
import { readKeyOptions, readKeyParts } from "./read-key.ts";
import type { KeySpec, PositionedSpec, Statement } from "./statement.ts";

/** `CREATE [UNIQUE] INDEX … ON …`: a change of the table. */
export function readCreateIndex(cursor: Cursor): Statement {
  const { offset } = cursor;
  const kind = INDEX_KINDS[cursor.word] ?? "index";
  if (kind !== "index") cursor.next();
  if (!cursor.accept("INDEX")) cursor.expect("KEY");
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.name();
  const using = cursor.accept("USING") || cursor.accept("TYPE") ? cursor.name().toLowerCase() : undefined;
  cursor.expect("ON");
  const table = cursor.qualifiedName();
  const parts = readKeyParts(cursor);
  const options = readKeyOptions(cursor, using);
  const key: KeySpec = { kind, name, offset, parts, ...options, ...(ifNotExists ? { ifNotExists } : {}) };
  loseUnknownEnd(cursor);
  const spec: PositionedSpec = { kind: "add element", element: { kind: "key", key }, offset };
  return { kind: "alter table", name: table, ifExists: false, specs: [spec], viaIndex: true };
}

/** `ALGORITHM = …` and `LOCK = …` say how, not what. */
export function loseUnknownEnd(cursor: Cursor): void {
  while (cursor.accept("ALGORITHM") || cursor.accept("LOCK") || cursor.accept("WAIT") || cursor.accept("NOWAIT")) {
    cursor.accept("=");
    if (!cursor.isDone) cursor.next();
  }
  if (cursor.isDone) return;
  const first = cursor.at;
  cursor.rest();
  cursor.lose(first, "this end of the statement is not known");
}

const INDEX_KINDS: Readonly<Record<string, KeySpec["kind"]>> = {
  UNIQUE: "unique",
  FULLTEXT: "fulltext",
  SPATIAL: "spatial",
};
