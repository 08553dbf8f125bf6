export interface PythonToken {
  readonly kind: "name" | "string" | "other";
  /** As it stands in the file. */
  readonly text: string;
  /** Offset in the file. */
  readonly at: number;
  /** Of a string: what it means, without prefix and quotes. */
  readonly value: string;
  /** Of a string: letters before the quote, in lower case. */
  readonly prefix: string;
  /** Of a string: how many characters its quote has. */
  readonly quote: number;
}

/**
 * Names, strings and single characters of Python, without comments and white space. Not a parser: enough to know what a
 * string is an argument of. A string that does not end is left out with everything behind it.
 */
export function pythonTokens(text: string): readonly PythonToken[] {
  const tokens: PythonToken[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const [whole, prefix, triple, long, single, short, name, other] = found;
    const [quote, body] = triple === undefined ? [single, short] : [triple, long];
    const token = { text: whole, at: found.index, value: "", prefix: "", quote: 0 };
    if (quote !== undefined && body !== undefined) {
      const letters = (prefix ?? "").toLowerCase();
      const value = letters.includes("r") ? body : unescaped(body);
      if (!letters.includes("b"))
        tokens.push({ ...token, kind: "string", value, prefix: letters, quote: quote.length });
    } else if (name !== undefined) tokens.push({ ...token, kind: "name" });
    else if (other !== undefined) tokens.push({ ...token, kind: "other" });
  }
  return tokens;
}

/** Comments and white space match without a group. */
const TOKEN =
  /#[^\n]*|\s+|([rbfuRBFU]{0,2})(?:("""|''')((?:\\[\s\S]|(?!\2)[\s\S])*)\2|(["'])((?:\\[\s\S]|(?!\4)[^\\\n])*)\4)|([A-Za-z_]\w*)|([\s\S])/g;

const unescaped = (body: string): string =>
  body.replace(/\\(\n|[\\'"nt])/g, (_, letter: string) => ESCAPES[letter] ?? letter);

const ESCAPES: Readonly<Record<string, string>> = { "\n": "", n: "\n", t: "\t" };
