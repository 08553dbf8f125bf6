import { readToken, type Token } from "#schemas/languages/sql/postgres/tokens.ts";

/** How many values `$1`, `$2` … of a query ask for; fields are shown by it, and the engine has the last word. */
export function parameterCount(sql: string): number {
  const token: Token = { kind: "space", start: 0, end: 0 };
  let highest = 0;
  let isAfterDollar = false;
  for (let at = 0; at < sql.length; at = token.end) {
    readToken(sql, at, token);
    if (token.kind === "open") break;
    const text = sql.slice(token.start, token.end);
    const [, number = "0"] = /^\$?(\d{1,3})$/.exec(text) ?? [];
    if (isAfterDollar || text.startsWith("$")) highest = Math.max(highest, Number(number));
    isAfterDollar = text === "$";
  }
  return Math.min(highest, MOST_FIELDS);
}

const MOST_FIELDS = 20;
