import { readToken, type Token } from "#schemas/languages/sql/postgres/tokens.ts";

/** Functions that give the same for a whole query: those of Supabase's `auth`, and settings. */
const isFixedCall = (name: string): boolean => name.startsWith("auth.") || name === "current_setting";

/**
 * Calls in an expression, as PostgreSQL prints it, of functions whose answer is the same for every row and that stand in
 * no subquery: PostgreSQL makes them once for each row. As `auth.uid()`, or `current_setting(…)`.
 */
export function bareCalls(expression: string): readonly string[] {
  const tokens = significantTokens(expression);
  const found: string[] = [];
  /** For each open parenthesis, whether a subquery begins in it or around it. */
  const around: boolean[] = [];
  for (const [at, { kind }] of tokens.entries()) {
    if (kind === "closeParen") around.pop();
    if (kind !== "openParen") continue;
    const isQuery = tokens[at + 1]?.text.toLowerCase() === "select";
    const name = nameBefore(tokens, at);
    if (isFixedCall(name) && around.at(-1) !== true) {
      found.push(tokens[at + 1]?.kind === "closeParen" ? `${name}()` : `${name}(…)`);
    }
    around.push(isQuery || around.at(-1) === true);
  }
  return found;
}

interface Piece {
  readonly kind: Token["kind"];
  readonly text: string;
}

function significantTokens(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const token: Token = { kind: "space", start: 0, end: 0 };
  for (let at = 0; at < text.length; at = token.end) {
    readToken(text, at, token);
    if (token.kind !== "space") pieces.push({ kind: token.kind, text: text.slice(token.start, token.end) });
  }
  return pieces;
}

/** The dotted name that ends in front of a token; empty when there is none. */
function nameBefore(tokens: readonly Piece[], at: number): string {
  const last = tokens[at - 1];
  if (last?.kind !== "word" && last?.kind !== "quotedName") return "";
  const name = last.text.replaceAll('"', "");
  return tokens[at - 2]?.kind === "dot" ? `${nameBefore(tokens, at - 2)}.${name}` : name;
}
