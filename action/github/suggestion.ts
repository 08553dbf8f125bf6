import type { SqlEdit } from "#schemas/finding.ts";
import { codeBlock } from "#generators/markdown/escape.ts";
import type { LineRange } from "./diff-lines.ts";

export interface Suggestion {
  /** Lines that the suggestion replaces. */
  readonly lines: LineRange;
  /** The block of Markdown that GitHub gives a button to. */
  readonly markdown: string;
}

/** A fix as a suggestion of whole lines. `text` is the file as it is at the head. */
export function suggestion({ span, replacement }: SqlEdit, text: string): Suggestion | null {
  const lines = text.split("\n");
  const first = lines[span.line - 1];
  const last = lines[span.endLine - 1];
  if (first === undefined || last === undefined) return null;
  const fixed = first.slice(0, span.column - 1) + replacement + last.slice(span.endColumn - 1);
  return {
    lines: { start: span.line, end: span.endLine },
    markdown: codeBlock(fixed.replaceAll("\r", ""), "suggestion"),
  };
}
