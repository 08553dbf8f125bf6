import type { Reader } from "./reader.ts";

/** Reads `( NAME = value, NAME = ON ( … ), … )` with names in lower case. */
export function readOptionList(reader: Reader): Record<string, string> {
  const options: Record<string, string> = {};
  if (!reader.is("(")) return options;
  const close = reader.closeOf(reader.at);
  reader.next();
  while (reader.at < close) {
    const from = reader.at;
    while (reader.at < close && !reader.is("=") && !reader.is(",") && !reader.is("(")) reader.next();
    const name = reader.slice(from, reader.at).toLowerCase();
    reader.take("=");
    const value = reader.at;
    while (reader.at < close && !reader.is(",")) if (!reader.skipParens()) reader.next();
    if (name !== "") options[name] = value === reader.at ? "on" : reader.slice(value, reader.at);
    if (!reader.take(",") && reader.at < close && reader.at === from) reader.next();
  }
  reader.at = Math.min(close + 1, reader.tokens.length);
  return options;
}

/** Passes where and how a table or index is stored: it is no part of what the schema means. */
export function skipStorage(reader: Reader): boolean {
  if (reader.is("WITH", "(")) {
    reader.next();
    return reader.skipParens();
  }
  if (reader.is("WITH") && LEGACY.has(reader.peek(1).key)) {
    do {
      reader.next();
      reader.next();
      if (reader.take("=")) reader.next();
    } while (reader.is(","));
    return true;
  }
  if (reader.is("ON") && !["DELETE", "UPDATE"].includes(reader.peek(1).key)) {
    reader.at += 2;
    reader.skipParens();
    return true;
  }
  if (reader.is("TEXTIMAGE_ON") || reader.is("FILESTREAM_ON")) {
    reader.at += 2;
    return true;
  }
  return false;
}

/** `WITH FILLFACTOR = 80`: options before SQL Server 2005 stand without parentheses. */
const LEGACY: ReadonlySet<string> = new Set([
  "FILLFACTOR",
  "PAD_INDEX",
  "IGNORE_DUP_KEY",
  "DROP_EXISTING",
  "STATISTICS_NORECOMPUTE",
  "SORT_IN_TEMPDB",
]);

/** True for CLUSTERED, false for NONCLUSTERED, undefined when neither is written. */
export function readClustered(reader: Reader): boolean | undefined {
  if (reader.take("CLUSTERED")) return true;
  return reader.take("NONCLUSTERED") ? false : undefined;
}
