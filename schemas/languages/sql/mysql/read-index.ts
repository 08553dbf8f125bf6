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
  if (cursor.accept("WAIT")) cursor.next();
  else cursor.accept("NOWAIT");
  const options = readKeyOptions(cursor, using);
  const key: KeySpec = { kind, name, offset, parts, ...options, ...(ifNotExists ? { ifNotExists } : {}) };
  const requests = readIndexEnd(cursor);
  const spec: PositionedSpec = { kind: "add element", element: { kind: "key", key }, offset };
  return { kind: "alter table", name: table, ifExists: false, specs: [spec, ...requests], viaIndex: true };
}

/** `ALGORITHM = …` and `LOCK = …` say how, not what. */
export function readIndexEnd(cursor: Cursor): readonly PositionedSpec[] {
  const requests: PositionedSpec[] = [];
  while (INDEX_ENDS.has(cursor.word)) {
    const { offset } = cursor;
    const { word } = cursor.next();
    cursor.accept("=");
    const value = cursor.isDone || word === "NOWAIT" ? "" : cursor.next().word.toLowerCase();
    if (word === "ALGORITHM" || word === "LOCK") {
      requests.push({ kind: "request", what: word === "LOCK" ? "lock" : "algorithm", value, offset });
    }
  }
  if (cursor.isDone) return requests;
  const first = cursor.at;
  cursor.rest();
  cursor.lose(first, "this end of the statement is not known");
  return requests;
}

const INDEX_ENDS: ReadonlySet<string> = new Set(["ALGORITHM", "LOCK", "WAIT", "NOWAIT"]);
const INDEX_KINDS: Readonly<Record<string, KeySpec["kind"]>> = {
  UNIQUE: "unique",
  FULLTEXT: "fulltext",
  SPATIAL: "spatial",
};
