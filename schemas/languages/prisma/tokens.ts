export interface PrismaToken {
  readonly kind: "word" | "text" | "number" | "symbol" | "doc" | "line";
  readonly text: string;
  readonly line: number;
}

/** Words, texts, symbols, `///` comments and line ends. Other comments are passed. Never throws. */
export function prismaTokens(source: string): readonly PrismaToken[] {
  const tokens: PrismaToken[] = [];
  let line = 1;
  for (const match of source.matchAll(TOKEN)) {
    const [text] = match;
    const kind = kindOf(match);
    if (kind !== null) tokens.push({ kind, text: valueOf(kind, text), line });
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) line += 1;
  }
  return tokens;
}

const TOKEN =
  /(?<doc>\/\/\/[^\n]*)|(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<line>\n)|(?<text>"(?:[^"\\\n]|\\[^\n])*"?)|(?<number>-?\d[\d.]*(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_.-]*)|(?<symbol>@@|[^\s])/gu;

function kindOf({ groups = {} }: RegExpMatchArray): PrismaToken["kind"] | null {
  for (const kind of ["doc", "line", "text", "number", "word", "symbol"] as const) {
    if (groups[kind] !== undefined) return kind;
  }
  return null;
}

function valueOf(kind: PrismaToken["kind"], text: string): string {
  if (kind === "doc") return text.slice(3).trim();
  if (kind !== "text") return text;
  return text
    .slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined)
    .replaceAll(/\\(u[\da-fA-F]{4}|.)/g, unescape);
}

function unescape(_: string, code: string): string {
  if (code.startsWith("u") && code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return { n: "\n", t: "\t", r: "\r" }[code] ?? code;
}
