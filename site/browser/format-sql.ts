import { formatDialect, postgresql } from "sql-formatter";

/** The query laid out; null when the formatter cannot read it. */
export function formatSql(sql: string): string | null {
  try {
    return formatDialect(sql, { dialect: postgresql, tabWidth: 2, keywordCase: "preserve" });
  } catch (error) {
    // Its own errors say only that the text is no SQL it knows; the text stays as it is.
    if (error instanceof Error) return null;
    throw error;
  }
}
