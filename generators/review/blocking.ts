import type { LockMode, Severity } from "#schemas/finding.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { blockWords } from "./lock-words.ts";
import type { Scene } from "./scene.ts";
import { isAtLeast, lockDuring, type ReviewedStatement } from "./statement.ts";

/** `sales.orders (≈ 12.4 M rows)`. */
export const sized = (scene: Scene, table: ObjectId): string => `${table} (${scene.sizes.words(table)})`;

/** ` while nothing can write to it`, for the strongest lock at that time; empty when nothing is blocked. */
export function whileBlocked(statement: ReviewedStatement, table: ObjectId): string {
  const lock = lockDuring(statement, table);
  if (lock === null || !isAtLeast(lock.mode, "ShareLock")) return "";
  const since = lock.line === statement.statement.span.line ? "" : `, locked since line ${lock.line}`;
  return ` while ${blockWords(lock.mode)}${since}`;
}

/** A scan blocks as long as the table is large; where even reads wait, that is an outage. */
export function scanSeverity(statement: ReviewedStatement, scene: Scene, table: ObjectId): { severity?: Severity } {
  const lock = lockDuring(statement, table);
  const isOutage = lock !== null && isAtLeast(lock.mode, ACCESS_EXCLUSIVE);
  return isOutage && scene.sizes.isLarge(table) ? { severity: "error" } : {};
}

/** A rewrite of a small table is over before anyone notices much. */
export const rewriteSeverity = (scene: Scene, table: ObjectId): { severity?: Severity } =>
  scene.sizes.isSmall(table) ? { severity: "warning" } : {};

/** The lock that nothing else can be held beside. */
export const ACCESS_EXCLUSIVE: LockMode = "AccessExclusiveLock";
