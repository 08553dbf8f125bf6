import { stableHash } from "#schemas/stable-hash.ts";

/**
 * Stable name of a finding: equal as long as rule, objects and statement are, wherever the statement moves. It need not
 * withstand an attacker, who could as well write an ignore comment.
 */
export const fingerprint = (...parts: readonly string[]): string => stableHash(parts.join("\0"));

/** A statement without the layout of its lines. */
export const oneLine = (sql: string): string => sql.replace(/\s+/g, " ").trim();
