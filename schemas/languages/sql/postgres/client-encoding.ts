import { readClientCommand } from "./client-commands.ts";
import { addToken, clientEncoding, keepsSemicolon, newShape } from "./statement-shape.ts";
import type { Token } from "./tokens.ts";
import { readToken } from "./tokens.ts";

/**
 * The encoding that a script declares first, by `SET client_encoding`, `SET NAMES` or `\encoding`, as it writes it; null
 * when it declares none. The text may be decoded wrongly: the declaration itself is ASCII.
 */
export function declaredEncoding(text: string): string | null {
  const token: Token = { kind: "other", start: 0, end: 0 };
  let shape = newShape();
  for (let at = 0; at < text.length; at = token.end) {
    readToken(text, at, token);
    if (token.kind === "open") return null;
    if (token.kind === "space" || token.kind === "lineComment" || token.kind === "blockComment") continue;
    if (token.kind === "backslash") {
      const command = readClientCommand(text, at);
      if (command?.name === "encoding" && command.argument !== "") return command.argument;
      token.end = command?.end ?? token.end;
    } else if (token.kind !== "semicolon" || keepsSemicolon(shape)) addToken(shape, token, text);
    else {
      const encoding = clientEncoding(shape);
      if (encoding !== null) return encoding;
      shape = newShape();
    }
  }
  return clientEncoding(shape);
}
