import type { Cursor } from "./cursor.ts";
import { readNames } from "./read-key.ts";
import { acceptCharset, readCharsetName, readCollationName } from "./read-type.ts";
import type { Partitioning, PartitionSpec, TableOptions } from "./statement.ts";

/** One table option; null when no option comes next. */
export function readTableOption(cursor: Cursor, options: TableOptions): TableOptions | null {
  const first = cursor.at;
  cursor.accept("DEFAULT");
  if (acceptCharset(cursor)) {
    const charset = readCharsetName(cursor);
    const { collation: _, ...rest } = options;
    return { ...rest, charset };
  }
  if (cursor.accept("COLLATE")) {
    cursor.accept("=");
    return { ...options, collation: readCollationName(cursor) };
  }
  if (cursor.accept("COMMENT")) {
    cursor.accept("=");
    return { ...options, comment: cursor.string() };
  }
  const named = readOptionName(cursor);
  if (named !== null) {
    const value = readOptionValue(cursor);
    const own = named === "engine" ? (ENGINES[value.toLowerCase()] ?? value) : value;
    return { ...options, others: { ...options.others, [named]: own } };
  }
  cursor.at = first;
  return null;
}

function readOptionName(cursor: Cursor): string | null {
  if (cursor.accept("DATA", "DIRECTORY")) return "data directory";
  if (cursor.accept("INDEX", "DIRECTORY")) return "index directory";
  if (cursor.accept("WITH", "SYSTEM", "VERSIONING")) {
    cursor.at--;
    return "system";
  }
  // MariaDB prints the options of engines as names: `ENCRYPTED`=YES.
  const isQuoted = cursor.current?.kind === "name" && cursor.wordAt(1) === "=";
  if (!isQuoted && !OPTIONS.has(cursor.word)) return null;
  const name = cursor.name().toLowerCase();
  return name === "type" ? "engine" : name;
}

function readOptionValue(cursor: Cursor): string {
  cursor.accept("=");
  if (cursor.word === "(") return cursor.parenthesised();
  return cursor.isString() ? cursor.string() : cursor.plain(cursor.next());
}

export const noOptions: TableOptions = { others: {} };

/** `PARTITION BY …` with its partitions; undefined when it does not come next. */
export function readPartitioning(cursor: Cursor): Partitioning | undefined {
  if (!cursor.accept("PARTITION", "BY")) return undefined;
  const first = cursor.at;
  cursor.accept("LINEAR");
  cursor.next();
  if (cursor.accept("ALGORITHM", "=")) cursor.next();
  cursor.accept("COLUMNS");
  if (cursor.word === "(") cursor.parenthesised();
  let key = cursor.since(first);
  while (INTERVALS.has(cursor.word)) key += ` ${readInterval(cursor)}`;
  const count = cursor.accept("PARTITIONS") ? Number(cursor.plain(cursor.next())) : undefined;
  if (cursor.is("SUBPARTITION", "BY")) {
    const sub = cursor.at;
    cursor.accept("SUBPARTITION", "BY");
    cursor.accept("LINEAR");
    cursor.next();
    if (cursor.word === "(") cursor.parenthesised();
    if (cursor.accept("SUBPARTITIONS")) cursor.next();
    key += ` ${cursor.since(sub)}`;
  }
  const partitions = cursor.word === "(" ? readPartitions(cursor) : [];
  return { key, partitions, ...(count === undefined ? {} : { count }) };
}

/** MariaDB: `INTERVAL 1 MONTH`, `LIMIT 1000`, `STARTS …`, `AUTO`. */
function readInterval(cursor: Cursor): string {
  const first = cursor.at;
  const { word } = cursor.next();
  if (word !== "AUTO") cursor.next();
  if (word === "INTERVAL") cursor.next();
  return cursor.since(first);
}

export function readPartitions(cursor: Cursor): readonly PartitionSpec[] {
  cursor.expect("(");
  const partitions: PartitionSpec[] = [];
  do {
    cursor.expect("PARTITION");
    const name = cursor.name();
    const first = cursor.at;
    cursor.skipElement();
    partitions.push({ name, definition: cursor.since(first) });
  } while (cursor.accept(","));
  cursor.expect(")");
  return partitions;
}

/** `DROP PARTITION a, b`: names without parentheses. */
export function readPartitionNames(cursor: Cursor): readonly string[] {
  if (cursor.word === "(") return readNames(cursor);
  const names = [cursor.name()];
  while (cursor.accept(",")) names.push(cursor.name());
  return names;
}

/** Engines by other names than the catalog's. */
const ENGINES: Readonly<Record<string, string>> = { heap: "MEMORY", merge: "MRG_MYISAM" };
const INTERVALS: ReadonlySet<string> = new Set(["INTERVAL", "LIMIT", "STARTS", "AUTO"]);
const OPTIONS: ReadonlySet<string> = new Set([
  "AUTOEXTEND_SIZE",
  "AUTO_INCREMENT",
  "AVG_ROW_LENGTH",
  "CHECKSUM",
  "COMPRESSION",
  "CONNECTION",
  "DELAY_KEY_WRITE",
  "ENCRYPTED",
  "ENCRYPTION",
  "ENCRYPTION_KEY_ID",
  "ENGINE",
  "ENGINE_ATTRIBUTE",
  "IETF_QUOTES",
  "INSERT_METHOD",
  "KEY_BLOCK_SIZE",
  "MAX_ROWS",
  "MIN_ROWS",
  "PACK_KEYS",
  "PAGE_CHECKSUM",
  "PAGE_COMPRESSED",
  "PAGE_COMPRESSION_LEVEL",
  "PASSWORD",
  "ROW_FORMAT",
  "SECONDARY_ENGINE",
  "SECONDARY_ENGINE_ATTRIBUTE",
  "SEQUENCE",
  "STATS_AUTO_RECALC",
  "STATS_PERSISTENT",
  "STATS_SAMPLE_PAGES",
  "STORAGE",
  "TABLESPACE",
  "TRANSACTIONAL",
  "TYPE",
  "UNION",
]);
