export interface RubyToken {
  readonly kind: "text" | "symbol" | "number" | "word" | "label" | "mark" | "line";
  readonly text: string;
  readonly line: number;
}

/** Never throws: what is not known is a mark of one character. A heredoc becomes the text it stands for. */
export function rubyTokens(source: string): readonly RubyToken[] {
  const tokens: RubyToken[] = [];
  const waiting: { readonly index: number; readonly end: string; readonly isIndented: boolean }[] = [];
  let line = 1;
  let at = 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match) break;
    const [text] = match;
    const groups = match.groups ?? {};
    at += text.length;
    const push = (kind: RubyToken["kind"], value: string): void => void tokens.push({ kind, text: value, line });
    if (groups["line"] !== undefined) {
      push("line", "\n");
      line += 1;
      for (const { index, end, isIndented } of waiting.splice(0)) {
        const body = heredoc(source, at, end);
        const token = tokens[index];
        if (token) tokens[index] = { ...token, text: isIndented ? unindented(body.text) : body.text };
        at = body.next;
        line += body.lines;
      }
    } else if (groups["here"] !== undefined) {
      waiting.push({ index: tokens.length, end: groups["end"] ?? "", isIndented: groups["here"].startsWith("<<~") });
      push("text", "");
    } else if (groups["double"] !== undefined) push("text", unescaped(text.slice(1, -1)));
    else if (groups["single"] !== undefined) push("text", text.slice(1, -1).replaceAll(/\\(['\\])/g, "$1"));
    else if (groups["words"] !== undefined) {
      push("mark", "[");
      for (const word of text.slice(3, -1).split(/\s+/).filter(Boolean)) {
        push("text", word);
        push("mark", ",");
      }
      push("mark", "]");
    } else if (groups["label"] !== undefined) push("label", label(groups["label"]));
    else if (groups["symbol"] !== undefined) push("symbol", label(text.slice(1)));
    else if (groups["number"] !== undefined) push("number", text.replaceAll("_", ""));
    else if (groups["word"] !== undefined) push("word", text);
    else if (groups["mark"] !== undefined) push("mark", text);
    line += groups["line"] === undefined ? text.split("\n").length - 1 : 0;
  }
  return tokens;
}

const TOKEN =
  /(?<space>[ \t\r]+|#[^\n]*|\\\n|^=begin[\s\S]*?^=end)|(?<line>\n)|(?<here><<[-~](?<quote>['"]?)(?<end>[A-Z_a-z]\w*)\k<quote>)|(?<label>(?:[A-Za-z_]\w*|"(?:[^"\\]|\\[\s\S])*"):)(?!:)|(?<double>"(?:[^"\\]|\\[\s\S])*")|(?<single>'(?:[^'\\]|\\[\s\S])*')|(?<words>%[wi][[({][^\])}]*[\])}])|(?<symbol>:(?:[A-Za-z_]\w*[?!]?|"(?:[^"\\]|\\.)*"))|(?<number>-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_]\w*(?:::[A-Z]\w*)*[?!]?)|(?<mark>->|=>|[\s\S])/gmuy;

function label(text: string): string {
  const bare = text.endsWith(":") ? text.slice(0, -1) : text;
  return bare.startsWith('"') ? unescaped(bare.slice(1, -1)) : bare;
}

function heredoc(
  source: string,
  from: number,
  end: string,
): { readonly text: string; readonly next: number; readonly lines: number } {
  const lines: string[] = [];
  let at = from;
  while (at < source.length) {
    const close = source.indexOf("\n", at);
    const stop = close === -1 ? source.length : close;
    const line = source.slice(at, stop);
    at = Math.min(stop + 1, source.length);
    if (line.trim() === end) return { text: lines.join("\n"), next: at, lines: lines.length + 1 };
    lines.push(line);
  }
  return { text: lines.join("\n"), next: at, lines: lines.length };
}

function unindented(text: string): string {
  const lines = text.split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths, text.length);
  return lines.map((line) => line.slice(depth)).join("\n");
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(u[\da-fA-F]{4}|[\s\S])/g, (_, code: string) => {
    if (code.startsWith("u") && code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { n: "\n", t: "\t", r: "\r", e: "\u001b", "0": "\0" }[code] ?? code;
  });
}
