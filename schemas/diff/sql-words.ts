/** A piece of SQL text. Names are unquoted, so that `"orders"` and `orders` are the same word. */
export interface SqlWord {
  readonly kind: "name" | "string" | "other";
  readonly text: string;
}

/**
 * Splits SQL that an engine printed into words. It is no parser and decides nothing about meaning: it only makes two
 * printed texts comparable word by word. An unclosed quote ends with the text.
 */
export function sqlWords(sql: string): readonly SqlWord[] {
  const words: SqlWord[] = [];
  let at = 0;
  while (at < sql.length) {
    const char = sql.charAt(at);
    if (isSpace(char)) {
      at += 1;
    } else if (char === '"' || char === "`") {
      const end = closing(sql, at, char);
      words.push({ kind: "name", text: sql.slice(at + 1, end).replaceAll(char + char, char) });
      at = end + 1;
    } else if (char === "'") {
      const end = closing(sql, at, char);
      words.push({ kind: "string", text: sql.slice(at + 1, end) });
      at = end + 1;
    } else if (isNamePart(char)) {
      let end = at + 1;
      while (end < sql.length && isNamePart(sql.charAt(end))) end += 1;
      words.push({ kind: "name", text: sql.slice(at, end) });
      at = end;
    } else {
      words.push({ kind: "other", text: char });
      at += 1;
    }
  }
  return words;
}

/** Offset of the quote that closes the one at `start`; a doubled quote does not close. */
function closing(sql: string, start: number, quote: string): number {
  let at = start + 1;
  while (at < sql.length) {
    if (sql.charAt(at) !== quote) at += 1;
    else if (sql.charAt(at + 1) === quote) at += 2;
    else return at;
  }
  return sql.length;
}

function isSpace(char: string): boolean {
  return char === " " || char === "\n" || char === "\t" || char === "\r";
}

function isNamePart(char: string): boolean {
  const lower = char.toLowerCase();
  return (
    (lower >= "a" && lower <= "z") || (char >= "0" && char <= "9") || char === "_" || char === "$" || char > "\x7f"
  );
}
