import type { StatementComment } from "../languages/sql/postgres/split.ts";

/** A comment in the text between two statements. */
interface Found extends StatementComment {
  /** Nothing but blanks and the end of the statement before it stands on its line. */
  readonly isBehind: boolean;
}

export interface CommentsBetween {
  /** Behind the statement before, on its line. */
  readonly trailing: readonly StatementComment[];
  /** Above the statement that follows. */
  readonly leading: readonly StatementComment[];
}

/**
 * The comments in what stands between two statements; `line` is the line of its first character. `hash`: `#` begins
 * one, as in MySQL.
 */
export function commentsBetween(gap: string, line: number, { hash }: { readonly hash: boolean }): CommentsBetween {
  const found: Found[] = [];
  let lineNow = line;
  for (let at = 0; at < gap.length;) {
    const end = commentEnd(gap, at, hash);
    if (end === null) {
      if (gap.charAt(at) === "\n") lineNow++;
      at++;
      continue;
    }
    found.push({ text: withoutMarks(gap.slice(at, end)), line: lineNow, isBehind: lineNow === line });
    lineNow += gap.slice(at, end).split("\n").length - 1;
    at = end;
  }
  const plain = ({ text, line: at }: Found): StatementComment => ({ text, line: at });
  return {
    trailing: found.filter(({ isBehind }) => isBehind).map(plain),
    leading: found.filter(({ isBehind }) => !isBehind).map(plain),
  };
}

/** Offset behind the comment that begins here; null when none does. */
function commentEnd(text: string, at: number, hash: boolean): number | null {
  if (text.startsWith("--", at) || (hash && text.charAt(at) === "#")) {
    const lineFeed = text.indexOf("\n", at);
    return lineFeed < 0 ? text.length : lineFeed;
  }
  if (!text.startsWith("/*", at)) return null;
  const close = text.indexOf("*/", at + 2);
  return close < 0 ? text.length : close + 2;
}

function withoutMarks(comment: string): string {
  if (comment.startsWith("/*")) return comment.slice(2).replace(/\*\/$/, "").trim();
  return comment.replace(/^(?:--+|#+)/, "").trim();
}
