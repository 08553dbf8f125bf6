import type { Problem } from "../../../problem.ts";
import type { SourceRef, SourceStatement } from "../../../source.ts";
import type { ParseFailure } from "./parse.ts";

/** What the user reads when a statement does not parse. The place is the one the parser points at. */
export function parseProblem(failure: ParseFailure, statement: SourceStatement): Problem {
  const origin = placeInStatement(statement, failure.cursor ?? 0);
  if (failure.reason === "syntax") {
    return { code: "QG202", severity: "error", message: failure.message, origin };
  }
  return {
    code: "QG214",
    severity: "warning",
    message: failure.message,
    help: "It is replayed all the same. Split it to have it checked too.",
    origin,
  };
}

/** The place of an offset in a statement's text; `offset` counts UTF-16 code units from 0. */
export function placeInStatement({ span, text }: SourceStatement, offset: number): SourceRef {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  const lines = before.split("\n").length - 1;
  const column = lines === 0 ? span.column + before.length : before.length - lineStart + 1;
  return { file: span.file, line: span.line + lines, column };
}

/**
 * The offset of a character that PostgreSQL counts from 1, where one beyond the basic plane counts once; null for 0,
 * which points at nothing.
 */
export function offsetOfPosition(text: string, position: number): number | null {
  if (position <= 0) return null;
  let offset = 0;
  for (let left = position - 1; left > 0 && offset < text.length; left--) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
