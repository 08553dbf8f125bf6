import type { QueryReader } from "../query-reader.ts";
import { loadParser } from "./parse.ts";
import { readQuery } from "./read-query.ts";

/** Reads queries with PostgreSQL's own grammar. Loads the parser, which takes about 20 ms the first time. */
export async function postgresQueryReader(): Promise<QueryReader> {
  const parser = await loadParser();
  return {
    read(sql) {
      const outcome = parser.parse(sql);
      if (!outcome.ok) return { kind: "failure", message: outcome.message, at: outcome.cursor };
      const tree = readQuery(outcome.tree, sql);
      return tree ? { kind: "query", tree, syntax: outcome.tree } : { kind: "none" };
    },
    searchPath: () => ["public"],
    isSystemTable: ({ schema, name }) => (schema === undefined ? name.startsWith("pg_") : SYSTEM_SCHEMAS.has(schema)),
    systemColumns: SYSTEM_COLUMNS,
    fold: (name) => name,
  };
}

const SYSTEM_SCHEMAS: ReadonlySet<string> = new Set(["pg_catalog", "information_schema", "pg_toast"]);
const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(["ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"]);
