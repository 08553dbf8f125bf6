/**
 * Stable name of a finding: equal as long as rule, objects and statement are, wherever the statement moves. 16 hex
 * digits of FNV-1a; it need not withstand an attacker, who could as well write an ignore comment.
 */
export function fingerprint(...parts: readonly string[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(parts.join("\0"))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** A statement without the layout of its lines. */
export const oneLine = (sql: string): string => sql.replace(/\s+/g, " ").trim();
