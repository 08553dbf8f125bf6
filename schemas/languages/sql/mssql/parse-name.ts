import { Reader, type NameRef } from "./reader.ts";
import { nextToken, type Scanner, type Token } from "./tokens.ts";

/** The tokens of a text that stands alone, such as a string's content. */
export function tokensOf(text: string): readonly Token[] {
  const scanner: Scanner = { text, at: 0, open: null, variable: () => null };
  const tokens: Token[] = [];
  for (let token = nextToken(scanner); token; token = nextToken(scanner)) tokens.push(token);
  return tokens;
}

/** A name in a string, as `OBJECT_ID` takes it; null when it is none. */
export function parseName(text: string): NameRef | null {
  return new Reader(text, tokensOf(text)).qualified();
}

/** All parts of a name in a string, as `sp_rename` takes it: `dbo.Orders.Total`. */
export function parseParts(text: string): readonly string[] {
  const reader = new Reader(text, tokensOf(text));
  const parts: string[] = [];
  do {
    const part = reader.name();
    if (part !== null) parts.push(part);
  } while (reader.take("."));
  return parts;
}
