import type { DataStatement, Grammar } from "./ast.ts";
import { QueryReader, QueryReadError } from "./query-reader.ts";
import { readDelete, readInsert, readMerge, readUpdate } from "./read-changes.ts";
import { readExpr } from "./read-expression.ts";
import { readCtes, readQuery } from "./read-query.ts";

export type ParsedQuery =
  | { readonly ok: true; readonly statement: DataStatement }
  /** `offset`: where in the text. */
  | { readonly ok: false; readonly message: string; readonly offset: number };

/**
 * Reads one SELECT, INSERT, UPDATE, DELETE or MERGE of MySQL, MariaDB or SQL Server. Never throws. It takes a little
 * more than the servers do where only a server can tell; what it cannot read it says.
 */
export function parseQuery(text: string, grammar: Grammar): ParsedQuery {
  const reader = new QueryReader(text, grammar, { expr: readExpr, query: readQuery });
  try {
    const statement = readStatement(reader);
    while (reader.take(";")) continue;
    if (!reader.isAtEnd) reader.fail("the query should end here");
    return { ok: true, statement };
  } catch (error) {
    if (!(error instanceof QueryReadError)) throw error;
    return { ok: false, message: error.message, offset: error.offset };
  }
}

function readStatement(reader: QueryReader): DataStatement {
  const first = reader.at;
  let verb = reader.key;
  if (verb === "WITH") {
    const start = reader.at;
    readCtes(reader);
    verb = reader.key;
    reader.at = start;
  }
  switch (verb) {
    case "INSERT":
    case "REPLACE":
      return readInsert(reader);
    case "UPDATE":
      return readUpdate(reader);
    case "DELETE":
      return readDelete(reader);
    case "MERGE":
      return readMerge(reader);
    default: {
      const query = readQuery(reader);
      return { kind: "query", query, ...reader.spanFrom(first) };
    }
  }
}
