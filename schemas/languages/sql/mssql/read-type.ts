import type { NameRef, Reader } from "./reader.ts";

/** A type as it is written: `text` for canonicalType, `name` for looking up one of the schema's own types. */
export interface TypeText {
  readonly text: string;
  readonly name: NameRef;
  readonly arguments: readonly string[];
}

/** Reads `nvarchar(max)`, `[dbo].[Email]`, `double precision`, `xml(CONTENT dbo.Orders)`; null when no name is next. */
export function readTypeName(reader: Reader): TypeText | null {
  const first = reader.qualified();
  if (!first) return null;
  const words = MORE_WORDS[first.name.toLowerCase()] ?? [];
  let name = first.name;
  if (first.schema === undefined) {
    while (words.includes(reader.peek().key)) name += ` ${reader.next().value}`;
  }
  const args = readArguments(reader);
  // `national char varying (10)` and `char varying (10)` are one name before the length.
  const text = args.length === 0 ? name : `${name}(${args.join(",")})`;
  return { text, name: { ...first, name }, arguments: args };
}

const MORE_WORDS: Readonly<Record<string, readonly string[]>> = {
  char: ["VARYING"],
  character: ["VARYING"],
  binary: ["VARYING"],
  double: ["PRECISION"],
  national: ["CHAR", "CHARACTER", "TEXT", "VARYING"],
};

function readArguments(reader: Reader): string[] {
  if (!reader.is("(")) return [];
  const close = reader.closeOf(reader.at);
  const args: string[] = [];
  reader.next();
  let from = reader.at;
  while (reader.at < close) {
    if (reader.is(",")) {
      args.push(reader.slice(from, reader.at));
      from = reader.at + 1;
    }
    reader.next();
  }
  args.push(reader.slice(from, close));
  reader.at = Math.min(close + 1, reader.tokens.length);
  return args.filter((argument) => argument !== "");
}
