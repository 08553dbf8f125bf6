/** Turns offsets of a text into lines and columns. Ask in ascending order: each character is passed once. */
export interface LineCursor {
  /** Line and column of `offset`, both from 1; columns count UTF-16 code units. An earlier offset is an error. */
  at(offset: number): { readonly line: number; readonly column: number };
}

/** `firstLine` is the line of the text's first character in the file on disk. Only `\n` ends a line, as git counts. */
export function lineCursor(text: string, firstLine = 1): LineCursor {
  let line = firstLine;
  let lineStart = 0;
  let nextBreak = text.indexOf("\n");
  let last = 0;
  return {
    at(offset) {
      if (offset < last) throw new RangeError(`offset ${offset} is before ${last}`);
      last = offset;
      while (nextBreak >= 0 && nextBreak < offset) {
        line++;
        lineStart = nextBreak + 1;
        nextBreak = text.indexOf("\n", lineStart);
      }
      return { line, column: offset - lineStart + 1 };
    },
  };
}
