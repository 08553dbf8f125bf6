import { idPart, parseObjectId, type ObjectId } from "#schemas/object-id.ts";
import { readToken, type Token } from "#schemas/languages/sql/postgres/tokens.ts";

/**
 * A name as PostgreSQL reads it back. Ids quote what is not plain; a plain word that is reserved must be quoted too,
 * so every part that is a keyword anywhere is.
 */
export function sqlName(id: ObjectId): string {
  return (parseObjectId(id) ?? [id]).map(sqlPart).join(".");
}

export function sqlPart(name: string): string {
  const plain = idPart(name);
  return plain.startsWith('"') || !RESERVED.has(name) ? plain : `"${name}"`;
}

/** Whether PostgreSQL wants a name quoted though it is plain. */
export const isReserved = (name: string): boolean => RESERVED.has(name);

/** A name for a constraint or index that PostgreSQL will not cut: at most 63 bytes. */
export function madeName(...parts: readonly string[]): string {
  const bytes = new TextEncoder().encode(parts.join("_"));
  return new TextDecoder().decode(bytes.slice(0, LONGEST_NAME)).replace(/\uFFFD$/, "");
}

const LONGEST_NAME = 63;

/** Inserts a word behind the first of the given words of a statement; null when it has none of them. */
export function insertAfterWord(sql: string, words: readonly string[], inserted: string): string | null {
  const token: Token = { kind: "other", start: 0, end: 0 };
  for (let at = 0; at < sql.length; at = token.end) {
    readToken(sql, at, token, "standard");
    if (token.kind !== "word") continue;
    if (words.includes(sql.slice(token.start, token.end).toLowerCase())) {
      return `${sql.slice(0, token.end)} ${inserted}${sql.slice(token.end)}`;
    }
  }
  return null;
}

/** Words that PostgreSQL 18 reserves; SQL that we write quotes them. Source: its manual, appendix C. */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
  unique user using variadic verbose when where window with`.split(/\s+/),
);
