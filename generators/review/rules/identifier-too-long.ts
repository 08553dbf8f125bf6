import { readToken, type Token } from "#schemas/languages/sql/postgres/tokens.ts";
import type { Grammar } from "#schemas/languages/sql/query/ast.ts";
import { queryTokens } from "#schemas/languages/sql/query/query-tokens.ts";
import type { Rule } from "../rule.ts";

export const identifierTooLong: Rule = {
  id: "identifier-too-long",
  scope: "statement",
  title: "Name that is cut",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ statement: { text }, source }) {
    if (source) {
      const { most, server } = LIMITS[source.kind];
      return longTokens(text, source.kind, most).map((name) => ({
        message: `${server} refuses the name ${name}: it has more than ${most} characters`,
        help: `Give it a name of at most ${most} characters`,
        objects: [],
      }));
    }
    return longNames(text).map((name) => ({
      message: `PostgreSQL cuts the name ${name} to ${LONGEST} bytes: two long names may become the same, and code that compares names does not find it`,
      help: `Give it a name of at most ${LONGEST} bytes`,
      objects: [],
      evidence: "rule" as const,
    }));
  },
};

/** Sources: MySQL 8.4 manual, 11.2.1; Transact-SQL reference, "Database identifiers". */
const LIMITS = { mysql: { most: 64, server: "MySQL" }, mssql: { most: 128, server: "SQL Server" } } as const;

function longTokens(text: string, grammar: Grammar, most: number): readonly string[] {
  const names = queryTokens(text, grammar).filter(({ kind }) => kind === "word" || kind === "name");
  return [...new Set(names.map(({ value }) => value).filter((name) => name.length > most))];
}

/** NAMEDATALEN - 1. Source: PostgreSQL 18 manual, 4.1.1. */
const LONGEST = 63;

/** The syntax tree has names that are cut already, so the scanner is asked. */
function longNames(sql: string): readonly string[] {
  const found = new Set<string>();
  const token: Token = { kind: "other", start: 0, end: 0 };
  for (let at = 0; at < sql.length; at = token.end) {
    readToken(sql, at, token, "standard");
    if (token.kind !== "word" && token.kind !== "quotedName") continue;
    const text = sql.slice(token.start, token.end);
    const name = token.kind === "quotedName" ? text.slice(1, -1).replaceAll('""', '"') : text;
    if (new TextEncoder().encode(name).length > LONGEST) found.add(name);
  }
  return [...found];
}
