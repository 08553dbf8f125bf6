import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { readToken, type Token, type TokenKind } from "#schemas/languages/sql/postgres/tokens.ts";
import type { Dialect } from "#schemas/model.ts";

/**
 * A query of our own writing, which is PostgreSQL's, as another dialect reads it: quotes of names, the limit, and
 * `NULLS LAST` behind a descending order, which is how the others sort anyway. Whether it then holds is checked there.
 */
export function inDialect(sql: string, dialect: Dialect): string {
  const facts = dialectFacts(dialect);
  if (facts.canRun) return sql;
  const quoted = tokensOf(sql).map(({ kind, text }) => ({
    kind,
    text: kind === "quotedName" ? facts.quote(text.slice(1, -1).replaceAll('""', '"')) : text,
  }));
  const plain = withoutNullsLast(quoted);
  return (facts.limitsByTop ? withTop(plain) : plain).map(({ text }) => text).join("");
}

interface Piece {
  readonly kind: TokenKind;
  readonly text: string;
}

function tokensOf(sql: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const token: Token = { kind: "other", start: 0, end: 0 };
  for (let at = 0; at < sql.length; at = token.end) {
    readToken(sql, at, token);
    pieces.push({ kind: token.kind, text: sql.slice(token.start, token.end) });
  }
  return pieces;
}

const isWord = (piece: Piece | undefined, word: string): boolean =>
  piece?.kind === "word" && piece.text.toUpperCase() === word;

/** Index of the next piece that is no space, from `at` on. */
function solid(pieces: readonly Piece[], at: number): number {
  let index = at;
  while (pieces[index]?.kind === "space") index++;
  return index;
}

function withoutNullsLast(pieces: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    if (!piece) continue;
    const last = solid(pieces, at + 1);
    if (isWord(piece, "NULLS") && isWord(pieces[last], "LAST")) {
      if (kept.at(-1)?.kind === "space") kept.pop();
      at = last;
    } else kept.push(piece);
  }
  return kept;
}

/** `SELECT … LIMIT n` as `SELECT TOP (n) …`: the limit belongs to the last SELECT of its own depth before it. */
function withTop(pieces: readonly Piece[]): readonly Piece[] {
  const out = [...pieces];
  const selects: number[] = [];
  let depth = 0;
  for (let at = 0; at < out.length; at++) {
    const piece = out[at];
    if (piece?.kind === "openParen") depth++;
    else if (piece?.kind === "closeParen") depth--;
    else if (isWord(piece, "SELECT")) selects[depth] = at;
    else if (isWord(piece, "LIMIT")) {
      const number = solid(out, at + 1);
      const select = selects[depth] ?? 0;
      const next = solid(out, select + 1);
      const behind = isWord(out[next], "DISTINCT") ? next : select;
      const count = out[number]?.text ?? "";
      const from = out[at - 1]?.kind === "space" ? at - 1 : at;
      const passed = solid(out, number + 1);
      if (isWord(out[passed], "OFFSET")) {
        const rows = solid(out, passed + 1);
        const text = ` OFFSET ${out[rows]?.text ?? ""} ROWS FETCH NEXT ${count} ROWS ONLY`;
        out.splice(from, rows + 1 - from, { kind: "other", text });
        at = from;
        continue;
      }
      out.splice(from, number + 1 - from);
      out.splice(behind + 1, 0, { kind: "other", text: ` TOP (${count})` });
      at = from;
    }
  }
  return out;
}
