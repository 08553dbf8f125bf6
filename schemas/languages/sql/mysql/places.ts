import type { SourceRef } from "../../../source.ts";

/** The place in the file of an offset in a statement that begins at `start`. Offsets may be asked for in any order. */
export function placesOf(text: string, start: SourceRef): (offset: number) => SourceRef {
  let breaks: readonly number[] | undefined;
  return (offset) => {
    breaks ??= lineBreaks(text);
    const line = countBefore(breaks, offset);
    const column = line === 0 ? start.column + offset : offset - (breaks[line - 1] ?? 0);
    return { file: start.file, line: start.line + line, column };
  };
}

function lineBreaks(text: string): readonly number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) breaks.push(at);
  return breaks;
}

/** How many of the ascending numbers are below `offset`. */
function countBefore(breaks: readonly number[], offset: number): number {
  let low = 0;
  let high = breaks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((breaks[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
