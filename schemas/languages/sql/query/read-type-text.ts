import type { QueryReader } from "./query-reader.ts";

/** A type's name as it is written, in a cast: `DECIMAL(10, 2)`, `UNSIGNED INTEGER`, `nvarchar(max)`, `sys.sysname`. */
export function readTypeText(reader: QueryReader): string {
  const first = reader.at;
  while (reader.peek().kind === "word" || reader.peek().kind === "name") {
    if (TYPE_ENDS.has(reader.key)) break;
    reader.next();
    if (reader.take(".")) continue;
    reader.skipParens();
  }
  if (reader.at === first) reader.fail("expected a type");
  return reader.textFrom(first);
}

const TYPE_ENDS: ReadonlySet<string> = new Set(["USING", "FORMAT", "AS", "PATH", "DEFAULT", "ERROR", "NULL", "ON"]);
