/** The rows that follow a `COPY … FROM stdin`. */
export interface CopyData {
  readonly rows: number;
  /** Offset after the line `\.`, or the end of the text. */
  readonly end: number;
  /** False when the text ends before the line `\.`. */
  readonly isClosed: boolean;
}

/** Reads the rows that begin at `from`, the start of a line. A row is a line: COPY escapes line ends in values. */
export function findCopyEnd(text: string, from: number): CopyData {
  let rows = 0;
  let at = from;
  while (at < text.length) {
    const lineFeed = text.indexOf("\n", at);
    const end = lineFeed < 0 ? text.length : lineFeed;
    if (isEndMark(text, at, end)) return { rows, end, isClosed: true };
    rows++;
    at = end + 1;
  }
  return { rows, end: text.length, isClosed: false };
}

function isEndMark(text: string, start: number, end: number): boolean {
  const length = text[end - 1] === "\r" ? end - 1 - start : end - start;
  return length === 2 && text.startsWith("\\.", start);
}
