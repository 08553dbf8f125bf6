import type { Cursor } from "./cursor.ts";
import type { TypeSpec } from "./statement.ts";

/** A data type with its modifiers, charset and collation. */
export function readType(cursor: Cursor): TypeSpec {
  const name = readTypeName(cursor);
  const args = cursor.word === "(" ? readArguments(cursor) : [];
  const type = { name, arguments: args, unsigned: false, zerofill: false, binary: false };
  return readModifiers(cursor, type);
}

function readTypeName(cursor: Cursor): string {
  const lexeme = cursor.current;
  if (lexeme?.kind !== "word") cursor.fail("expected a type");
  const first = cursor.next().word.toLowerCase();
  switch (first) {
    case "double":
      cursor.accept("PRECISION");
      return first;
    case "char":
    case "character":
      return cursor.accept("VARYING") ? "varchar" : "char";
    case "national":
    case "nchar": {
      const base = first === "nchar" || cursor.accept("CHAR") || cursor.accept("CHARACTER");
      const varies = cursor.accept("VARYING") || cursor.accept("VARCHAR") || !base;
      return varies ? "nvarchar" : "nchar";
    }
    case "long":
      if (cursor.accept("VARBINARY")) return "mediumblob";
      if (!cursor.accept("VARCHAR") && cursor.accept("CHAR")) cursor.accept("VARYING");
      return "mediumtext";
    default:
      return first;
  }
}

/** What stands in the parentheses: numbers as written, labels without quotes. */
function readArguments(cursor: Cursor): readonly string[] {
  cursor.expect("(");
  const values: string[] = [];
  while (!cursor.accept(")")) {
    values.push(cursor.isString() ? cursor.string() : cursor.plain(cursor.next()));
    cursor.accept(",");
  }
  return values;
}

/** UNSIGNED, ZEROFILL, BINARY, CHARACTER SET and their short forms, in any order. */
export function readModifiers(cursor: Cursor, type: TypeSpec): TypeSpec {
  let found = type;
  for (;;) {
    if (cursor.accept("UNSIGNED")) found = { ...found, unsigned: true };
    else if (cursor.accept("SIGNED")) continue;
    else if (cursor.accept("ZEROFILL")) found = { ...found, zerofill: true, unsigned: true };
    else if (cursor.accept("BINARY")) found = { ...found, binary: true };
    else if (cursor.accept("ASCII")) found = { ...found, charset: "latin1" };
    else if (cursor.accept("UNICODE")) found = { ...found, charset: "ucs2" };
    else if (cursor.accept("BYTE")) found = { ...found, charset: "binary" };
    else if (acceptCharset(cursor)) found = { ...found, charset: readCharsetName(cursor) };
    else if (cursor.accept("COLLATE")) {
      cursor.accept("=");
      found = { ...found, collation: readCollationName(cursor) };
    } else return found;
  }
}

/** Passes `CHARACTER SET`, `CHAR SET` or `CHARSET` with an equals sign if there is one. */
export function acceptCharset(cursor: Cursor): boolean {
  const found = cursor.accept("CHARACTER", "SET") || cursor.accept("CHAR", "SET") || cursor.accept("CHARSET");
  if (found) cursor.accept("=");
  return found;
}

/** A collation; MariaDB's `uca1400_…` are those of Unicode's charset at hand, which is utf8mb4 wherever it may choose. */
export function readCollationName(cursor: Cursor): string {
  const name = readCharsetName(cursor);
  return name.startsWith("uca1400_") ? `utf8mb4_${name}` : name;
}

/** A charset or collation, bare or quoted, in lower case; `utf8` is the old name of `utf8mb3`. */
export function readCharsetName(cursor: Cursor): string {
  const name = (cursor.isString() ? cursor.string() : cursor.name()).toLowerCase();
  if (name === "utf8") return "utf8mb3";
  return name.startsWith("utf8_") ? `utf8mb3_${name.slice(5)}` : name;
}
