import type { SplitStatement } from "../languages/sql/postgres/split.ts";
import type { MigrationFile, SourceSpan } from "../source.ts";
import { commentsBetween } from "./comments-between.ts";
import type { Step, StepSource } from "./read-steps.ts";

/** A statement's place in the text of its file. Several steps may share one: a script can build statements. */
export interface Placed {
  readonly start: number;
  readonly end: number;
  readonly source: StepSource;
}

/** Gives statements their spans and the comments around them. `hash`: `#` begins a comment. */
export function toSteps(file: MigrationFile, placed: readonly Placed[], hash: boolean): readonly Step[] {
  const { text, path, firstLine = 1 } = file;
  const lines = lineStarts(text);
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const index = lastAtMost(lines, offset);
    return { line: firstLine + index, column: offset - (lines[index] ?? 0) + 1 };
  };
  const starts = [...new Set(placed.map(({ start }) => start))].toSorted((a, b) => a - b);
  const ends = new Map(placed.map(({ start, end }) => [start, end]));
  const made = new Map<number, SplitStatement>();
  for (const [index, start] of starts.entries()) {
    const end = ends.get(start) ?? start;
    const before = index === 0 ? 0 : (ends.get(starts[index - 1] ?? 0) ?? 0);
    const next = starts[index + 1] ?? text.length;
    const isFirst = index === 0;
    // Nothing is behind a statement that is not there: what stands on the first line is above.
    const above = commentsBetween(text.slice(before, start), place(before).line, { hash });
    const below = commentsBetween(text.slice(end, Math.max(end, next)), place(end).line, { hash });
    const from = place(start);
    const to = place(end);
    const span: SourceSpan = { file: path, ...from, endLine: to.line, endColumn: to.column };
    made.set(start, {
      span,
      text: text.slice(start, end),
      index,
      leadingComments: isFirst ? [...above.trailing, ...above.leading] : above.leading,
      trailingComments: starts[index + 1] === undefined || place(next).line > to.line ? below.trailing : [],
    });
  }
  return placed.flatMap(({ start, source }) => {
    const statement = made.get(start);
    return statement ? [{ statement, source }] : [];
  });
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last number that is not above the limit. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
