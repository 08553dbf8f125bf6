import type { FoundQuery, QueryComment } from "../review/query.ts";

/** Signs that a line of a comment begins with, in SQL and in the languages that queries are found in. */
const SIGNS = ["//", "--", "#", "/*", "*"] as const;
/** Lines of code between a comment and the text of the query: `await db.query(` and the like. */
const MOST_BETWEEN = 3;

/**
 * The queries of a file with the comments that stand right above each or above the statement that it is part of, and those
 * in its own text. `text` is the whole file's.
 */
export function withComments(queries: readonly FoundQuery[], text: string): readonly FoundQuery[] {
  if (queries.length === 0) return [];
  const lines = text.split(/\r\n|\n|\r/);
  return queries.map((query) => commented(query, lines));
}

function commented(query: FoundQuery, lines: readonly string[]): FoundQuery {
  const length = (query.written ?? query.sql).split("\n").length;
  const first = query.origin.line - 1;
  const own = commentsIn(lines, first, first + length);
  const above = commentsIn(lines, firstCommentLine(lines, first), first);
  const comments = [...above, ...own];
  return comments.length === 0 ? query : { ...query, comments };
}

/** The first line of the comment above a line; the line itself when there is none. */
function firstCommentLine(lines: readonly string[], line: number): number {
  let at = line;
  for (let between = 0; between < MOST_BETWEEN && !isComment(lines[at - 1]); between++) {
    const code = lines[at - 1]?.trim() ?? "";
    if (code === "" || ENDS.has(code.at(-1) ?? "")) return line;
    at--;
  }
  if (!isComment(lines[at - 1])) return line;
  while (isComment(lines[at - 1])) at--;
  return at;
}

/** What ends the statement before. */
const ENDS: ReadonlySet<string> = new Set([";", "}", ":"]);

const isComment = (line: string | undefined): boolean =>
  line !== undefined && SIGNS.some((sign) => line.trimStart().startsWith(sign));

function commentsIn(lines: readonly string[], from: number, to: number): readonly QueryComment[] {
  return lines.slice(from, to).flatMap((line, at) => {
    const trimmed = line.trim();
    const sign = SIGNS.find((one) => trimmed.startsWith(one));
    if (sign === undefined) return [];
    const text = trimmed.slice(sign.length).replace(/\*\/$/, "").trim();
    return [{ text, line: from + at + 1 }];
  });
}
