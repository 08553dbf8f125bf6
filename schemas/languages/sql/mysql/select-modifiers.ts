/** Words behind SELECT that say how MySQL and MariaDB work, and nothing about the rows. */
export const selectModifiers: ReadonlySet<string> = new Set([
  "HIGH_PRIORITY",
  "STRAIGHT_JOIN",
  "SQL_SMALL_RESULT",
  "SQL_BIG_RESULT",
  "SQL_BUFFER_RESULT",
  "SQL_NO_CACHE",
  "SQL_CACHE",
  "SQL_CALC_FOUND_ROWS",
]);
