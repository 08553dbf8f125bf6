import type { FoundQuery } from "../../review/query.ts";
import { looksLikeQuery, placeOf, type CodeLanguage } from "./code-language.ts";
import { toPositional } from "./placeholders.ts";
import { pythonTokens, type PythonToken } from "./python-tokens.ts";

/** The first argument of calls that send SQL: psycopg, asyncpg, SQLAlchemy's `text`, Django's `raw`. */
export const python: CodeLanguage = {
  id: "python",
  endings: [".py"],
  find: ({ path, text }) => Promise.resolve(findIn(path, text)),
};

const CALLS: ReadonlySet<string> = new Set([
  "execute",
  "executemany",
  "exec_driver_sql",
  "fetch",
  "fetch_all",
  "fetch_one",
  "fetchrow",
  "fetchval",
  "iterate",
  "raw",
  "text",
]);

function findIn(path: string, text: string): readonly FoundQuery[] {
  const tokens = pythonTokens(text);
  return tokens.flatMap((token, at): FoundQuery[] => {
    const isArgument = token.kind === "string" && tokens[at - 1]?.text === "(" && CALLS.has(tokens[at - 2]?.text ?? "");
    if (!isArgument || !looksLikeQuery(token.value)) return [];
    let end = at;
    // Strings that stand side by side are one.
    while (tokens[end + 1]?.kind === "string") end++;
    const strings = tokens.slice(at, end + 1);
    const joined = strings.map(({ value }) => value).join("");
    const behind = tokens[end + 1]?.text;
    const isFormatted = strings.some(({ prefix }) => prefix.includes("f"));
    const interpolated = isFormatted || behind === "%" || behind === "+" || behind === ".";
    const sql = toPositional(isFormatted ? withoutFields(joined) : joined, "percent");
    return [
      {
        source: {
          kind: "code",
          language: "python",
          caller: callerOf(tokens, at - 2),
          interpolated,
          inLoop: isInLoop(text, token.at),
        },
        origin: { file: path, ...placeOf(text, token.at + token.quote + token.prefix.length) },
        sql: sql.trimEnd(),
        ...(sql === joined && strings.length === 1 ? {} : { written: joined }),
      },
    ];
  });
}

/** `{name}` of an f-string as a parameter. */
const withoutFields = (text: string): string =>
  text.replace(/\{\{|\}\}|\{[^{}]*\}/g, (field) => (field.length === 2 ? (field[0] ?? "") : "%s"));

function callerOf(tokens: readonly PythonToken[], at: number): string {
  const name = tokens[at]?.text ?? "";
  const object =
    tokens[at - 1]?.text === "." && tokens[at - 2]?.kind === "name" ? `${tokens[at - 2]?.text ?? ""}.` : "";
  return `${object}${name}`;
}

/** Whether a line further out, before the function begins, is a `for` or `while`. */
function isInLoop(text: string, offset: number): boolean {
  const lines = text.slice(0, offset).split("\n");
  let depth = indentOf(lines.at(-1) ?? "");
  for (const line of lines.slice(0, -1).toReversed()) {
    if (line.trim() === "" || indentOf(line) >= depth) continue;
    depth = indentOf(line);
    if (/^\s*(?:async\s+)?(?:for|while)\b/.test(line)) return true;
    if (/^\s*(?:async\s+)?def\b/.test(line)) return false;
  }
  return false;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
