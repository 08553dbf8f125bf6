import { readToken, type Token } from "#schemas/languages/sql/postgres/tokens.ts";
import type { Rule } from "../rule.ts";

export const identifierTooLong: Rule = {
  id: "identifier-too-long",
  scope: "statement",
  title: "Name that is cut",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ statement: { text } }) {
    return longNames(text).map((name) => ({
      message: `PostgreSQL cuts the name ${name} to ${LONGEST} bytes: two long names may become the same, and code that compares names does not find it`,
      help: `Give it a name of at most ${LONGEST} bytes`,
      objects: [],
      evidence: "rule" as const,
    }));
  },
};

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
