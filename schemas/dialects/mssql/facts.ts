/** What is fixed about SQL Server, for readers and writers of its SQL. */
export const mssqlFacts = {
  engine: "SQL Server",
  defaultSchema: "dbo",
  /** Batches end at a line of this word. */
  batchSeparator: "GO",
  /** Names compare without case under the collations a server is installed with by default. */
  isCaseSensitive: false,
  longestName: 128,
} as const;

/** A name as SQL Server's own scripting writes it. */
export const quoteName = (name: string): string => `[${name.replaceAll("]", "]]")}]`;
