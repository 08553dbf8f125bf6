import { selectModifiers } from "../mysql/select-modifiers.ts";
import { Untranslatable } from "./query.ts";

export interface Lexeme {
  readonly kind: "word" | "name" | "text" | "number" | "bytes" | "symbol" | "parameter" | "end";
  /** Words and symbols in capitals; names, texts and numbers as they are. */
  readonly text: string;
  readonly raw: string;
}

/** How a dialect writes names and texts. */
export interface Lexis {
  readonly names: RegExp;
  readonly texts: RegExp;
  readonly unescape: (inner: string) => string;
  readonly comment: RegExp;
  /** Words behind SELECT that say how to run it, not what it gives. */
  readonly modifiers: ReadonlySet<string>;
  /** Functions whose first argument is the name of a unit. */
  readonly unitFirst: ReadonlySet<string>;
  /** Whether `name = value` in a select list names the value. */
  readonly hasAliasBefore: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { "0": "\0", n: "\n", r: "\r", t: "\t", b: "\b", Z: "\u001a" };

export const mysqlLexis: Lexis = {
  names: /`(?:[^`]|``)+`/y,
  texts: /[nN]?(?:'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*")/y,
  unescape: (inner) =>
    inner.replaceAll(/\\([\s\S])|''|""/g, (all, code: string | undefined) => {
      if (code === undefined) return all.charAt(0);
      return "%_".includes(code) ? all : (ESCAPES[code] ?? code);
    }),
  comment: /--(?=[\s])[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//y,
  modifiers: selectModifiers,
  unitFirst: new Set(["TIMESTAMPDIFF", "TIMESTAMPADD"]),
  hasAliasBefore: false,
};

export const mssqlLexis: Lexis = {
  names: /\[(?:[^\]]|\]\])+\]|"(?:[^"]|"")+"/y,
  texts: /[nN]?'(?:[^']|'')*'/y,
  unescape: (inner) => inner.replaceAll("''", "'"),
  comment: /--[^\n]*|\/\*[\s\S]*?\*\//y,
  modifiers: new Set(),
  unitFirst: new Set(["DATEADD", "DATEDIFF", "DATEPART", "DATENAME"]),
  hasAliasBefore: true,
};

const SPACE = /\s+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const BYTES = /0x[\da-fA-F]*|[xX]'[\da-fA-F]*'/y;
const WORD = /[\p{L}_#][\p{L}\p{N}_$#]*/uy;
const PARAMETER = /@{1,2}\w+|\?|:\w+/y;
const SYMBOL = /<=>|<>|!=|>=|<=|\|\||&&|->>|->|[-+*/%=<>(),.;!|&^~]/y;

export function lexemes(sql: string, lexis: Lexis): readonly Lexeme[] {
  const found: Lexeme[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text === undefined || text === "") return null;
    at += text.length;
    return text;
  };
  while (at < sql.length) {
    if (take(SPACE) !== null || take(lexis.comment) !== null) continue;
    const bytes = take(BYTES);
    if (bytes !== null) {
      found.push({ kind: "bytes", text: bytes.replaceAll(/^0x|^[xX]'|'$/g, ""), raw: bytes });
      continue;
    }
    const text = take(lexis.texts);
    if (text !== null) {
      found.push({ kind: "text", text: lexis.unescape(text.replace(/^[nN]/, "").slice(1, -1)), raw: text });
      continue;
    }
    const name = take(lexis.names);
    if (name !== null) {
      const close = name.slice(-1);
      found.push({ kind: "name", text: name.slice(1, -1).replaceAll(close + close, close), raw: name });
      continue;
    }
    const number = take(NUMBER);
    if (number !== null) {
      found.push({ kind: "number", text: number, raw: number });
      continue;
    }
    const word = take(WORD);
    if (word !== null) {
      found.push({ kind: "word", text: word.toUpperCase(), raw: word });
      continue;
    }
    const parameter = take(PARAMETER);
    if (parameter !== null) {
      found.push({ kind: "parameter", text: parameter, raw: parameter });
      continue;
    }
    const symbol = take(SYMBOL);
    if (symbol === null) throw new Untranslatable(`the character ${JSON.stringify(sql.charAt(at))} is not understood`);
    found.push({ kind: "symbol", text: symbol, raw: symbol });
  }
  return found;
}
