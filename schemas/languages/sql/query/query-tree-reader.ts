import type { NameProblem, QueryReader } from "../query-reader.ts";
import type { Grammar } from "./ast.ts";
import { parseQuery } from "./parse-query.ts";
import { onlySchema, resolveQuery } from "./resolve-query.ts";
import type { QueryProblem } from "./resolved-query.ts";
import { queryTokens } from "./query-tokens.ts";
import { toQueryTree } from "./to-query-tree.ts";

/** Words that a statement about rows begins with. */
const BEGINNINGS: ReadonlySet<string> = new Set([
  "(",
  "DELETE",
  "INSERT",
  "MERGE",
  "REPLACE",
  "SELECT",
  "TABLE",
  "UPDATE",
  "VALUES",
  "WITH",
]);

const KINDS: Readonly<Partial<Record<QueryProblem["kind"], NameProblem["kind"]>>> = {
  "unknown table": "unknown table",
  "unknown column": "unknown column",
  ambiguous: "ambiguous column",
};

const SYSTEM_SCHEMAS: ReadonlySet<string> = new Set(["information_schema", "mysql", "performance_schema", "sys"]);

/** Reads queries of MySQL, MariaDB or SQL Server by rule. */
export function queryReaderByRule(grammar: Grammar): QueryReader {
  return {
    read(sql) {
      const [first] = queryTokens(sql, grammar);
      if (!first || !BEGINNINGS.has(first.key)) return { kind: "none" };
      const parsed = parseQuery(sql, grammar);
      if (!parsed.ok) return { kind: "failure", message: parsed.message, at: parsed.offset };
      return { kind: "query", tree: toQueryTree(parsed.statement) };
    },
    nameProblems: (sql, model) =>
      resolveQuery(sql, model).problems.flatMap(({ kind, message, help, span }) => {
        const known = KINDS[kind];
        return known ? [{ kind: known, message, at: span.start, ...(help === undefined ? {} : { help }) }] : [];
      }),
    searchPath: (model) => [onlySchema(model)],
    isSystemTable: ({ schema, name }) =>
      name.startsWith("#") || name.toLowerCase() === "dual" || SYSTEM_SCHEMAS.has(schema?.toLowerCase() ?? ""),
    systemColumns: new Set(),
    // Names of columns have no case in either; that of tables depends on the server.
    fold: (name) => name.toLowerCase(),
  };
}
