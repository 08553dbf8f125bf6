import type { Context } from "./context.ts";
import { expressionText } from "./expression-text.ts";
import { readClustered, readOptionList, skipStorage } from "./read-options.ts";
import type { IndexElement, KeyPart, Statement } from "./statement.ts";

/** Reads behind `CREATE`, at UNIQUE, CLUSTERED, COLUMNSTORE, PRIMARY XML, SPATIAL, FULLTEXT … INDEX. */
export function readCreateIndex(context: Context, at: number): Statement | null {
  const { reader } = context;
  const start = reader.at;
  const unique = reader.take("UNIQUE");
  const clustered = readClustered(reader);
  const method = readMethod(context);
  if (!reader.take("INDEX")) {
    reader.at = start;
    return null;
  }
  const name = method === "fulltext" ? "FULLTEXT" : reader.name();
  if (name === null) return context.unread("CREATE INDEX", "an index's name", at);
  const table = reader.take("ON") ? reader.qualified() : null;
  if (!table) return context.unread("CREATE INDEX", "ON and a table's name", at);
  const parts = readParts(context, reader.tokens.length);
  return {
    kind: "create index",
    at,
    table,
    replaces: parts.replaces,
    index: {
      kind: "index",
      at,
      name,
      method,
      unique,
      ...(clustered === undefined ? {} : { clustered }),
      ...parts.index,
    },
  };
}

/** Reads `INDEX name …` inside a table or behind a column. */
export function readInlineIndex(context: Context, own: readonly KeyPart[], end: number): IndexElement | null {
  const { reader } = context;
  const at = reader.peek().start;
  reader.next();
  const name = reader.name();
  if (name === null) return null;
  const unique = reader.take("UNIQUE");
  const clustered = readClustered(reader);
  let method = reader.take("COLUMNSTORE") ? "columnstore" : "btree";
  if (reader.take("HASH")) method = "hash";
  const { index } = readParts(context, end);
  const keys = index.keys.length > 0 || method === "columnstore" ? index.keys : own;
  return { kind: "index", at, name, method, unique, ...(clustered === undefined ? {} : { clustered }), ...index, keys };
}

function readMethod({ reader }: Context): string {
  if (reader.take("COLUMNSTORE")) return "columnstore";
  reader.take("PRIMARY");
  if (reader.take("XML")) return "xml";
  if (reader.take("SPATIAL")) return "spatial";
  if (reader.take("FULLTEXT")) return "fulltext";
  if (reader.take("SELECTIVE", "XML")) return "xml";
  return "btree";
}

interface Parts {
  readonly replaces: boolean;
  readonly index: Pick<IndexElement, "keys" | "include" | "predicate" | "options">;
}

/** Everything behind the table's name. */
function readParts(context: Context, end: number): Parts {
  const { reader } = context;
  const keys = reader.is("(") ? readKeys(context) : [];
  let include: readonly string[] = [];
  let predicate: string | undefined;
  let options: Readonly<Record<string, string>> | undefined;
  while (reader.at < end) {
    if (reader.take("INCLUDE")) include = reader.nameList().map((column) => column.name);
    else if (reader.take("WHERE")) {
      const from = reader.at;
      while (reader.at < end && !PREDICATE_ENDS.has(reader.peek().key) && !context.isStatementStart()) {
        if (!reader.skipParens()) reader.next();
      }
      predicate = expressionText(reader, from, reader.at);
    } else if (reader.is("WITH", "STOPLIST") || reader.is("WITH", "CHANGE_TRACKING")) skipFulltextOptions(context);
    else if (reader.is("WITH") || reader.is("ON") || reader.is("FILESTREAM_ON")) {
      if (reader.is("WITH", "(")) {
        reader.next();
        options = { ...options, ...readOptionList(reader) };
      } else if (!skipStorage(reader)) break;
    } else if (reader.take("USING")) {
      // USING GEOMETRY_GRID, USING XML INDEX name FOR PATH.
      reader.take("XML", "INDEX");
      reader.next();
      if (reader.take("FOR")) reader.next();
    } else if (reader.take("KEY", "INDEX")) reader.next();
    else if (reader.take("ORDER")) reader.skipParens();
    else break;
  }
  const replaces = options?.["drop_existing"]?.toUpperCase() === "ON";
  return {
    replaces,
    index: { keys, include, ...(predicate === undefined ? {} : { predicate }), ...(options ? { options } : {}) },
  };
}

/** `WITH STOPLIST = SYSTEM, CHANGE_TRACKING AUTO` stands without parentheses. */
function skipFulltextOptions({ reader }: Context): void {
  do {
    reader.next();
    reader.next();
    reader.take("=");
    reader.next();
  } while (reader.is(","));
}

/** Names of columns; a full-text column may have `TYPE COLUMN x LANGUAGE 1033` behind it. */
function readKeys({ reader }: Context): KeyPart[] {
  return reader.nameList();
}

const PREDICATE_ENDS: ReadonlySet<string> = new Set(["WITH", "ON", ";", ",", "FILESTREAM_ON"]);
