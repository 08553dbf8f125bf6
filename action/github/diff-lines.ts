/** The hunks of a file's patch, as ranges of lines of the new side that a review may comment on. */
export function diffRanges(patch: string): readonly LineRange[] {
  const ranges: { start: number; end: number }[] = [];
  let next = 0;
  for (const line of patch.split("\n")) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) {
      next = Number(hunk[1]);
      ranges.push({ start: next, end: next - 1 });
      continue;
    }
    // A removed line and "\ No newline at end of file" are not on the new side.
    if (line.startsWith("-") || line.startsWith("\\")) continue;
    const current = ranges.at(-1);
    if (current) current.end = next;
    next += 1;
  }
  return ranges.filter(({ start, end }) => end >= start);
}

export interface LineRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** The part of a statement's lines that lies in one hunk; null when its last line does not. GitHub refuses the rest. */
export function commentRange(ranges: readonly LineRange[], { start, end }: LineRange): LineRange | null {
  const hunk = ranges.find((range) => range.start <= end && end <= range.end);
  return hunk ? { start: Math.max(start, hunk.start), end } : null;
}
