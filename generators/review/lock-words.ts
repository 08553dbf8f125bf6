import type { LockMode } from "#schemas/finding.ts";

/** As PostgreSQL's manual writes it: `ACCESS EXCLUSIVE`. */
export function lockWords(mode: LockMode): string {
  return mode
    .replace(/Lock$/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();
}

/** What others cannot do meanwhile, to be put behind "while". Source: PostgreSQL 18 manual, table 13.2. */
export function blockWords(mode: LockMode): string {
  switch (mode) {
    case "AccessExclusiveLock":
      return "nothing can read or write it";
    case "ExclusiveLock":
    case "ShareRowExclusiveLock":
    case "ShareLock":
      return "nothing can write to it";
    case "ShareUpdateExclusiveLock":
      return "reads and writes go on";
    case "RowExclusiveLock":
    case "RowShareLock":
    case "AccessShareLock":
      return "only schema changes wait";
    default:
      return mode satisfies never;
  }
}
