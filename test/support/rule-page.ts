import { readFileSync } from "node:fs";
import type { MigrationFile } from "#schemas/source.ts";

/** One block of SQL of a rule's page. */
export interface PageBlock {
  readonly role: "setup" | "bad" | "good" | "query";
  readonly sql: string;
  /** The block says that its migration runs outside a transaction. */
  readonly isOutside: boolean;
}

/** What a rule's page shows, block by block. */
export function pageBlocks(rule: string): readonly PageBlock[] {
  const text = pageText(rule);
  return [...text.matchAll(/^```sql ([a-z-]+)( outside-transaction)?\n([\s\S]*?)^```$/gm)].map(
    ([, role = "", outside, sql = ""]) => {
      if (role !== "setup" && role !== "bad" && role !== "good" && role !== "query") {
        throw new Error(`${rule}.md has a block of the unknown kind ${role}`);
      }
      return { role, sql, isOutside: outside !== undefined };
    },
  );
}

export const pageText = (rule: string): string =>
  readFileSync(new URL(`../../generators/review/rules/${rule}.md`, import.meta.url), "utf8");

/** The migrations of a block: a line `-- next file` begins another one. */
export function pageFiles({ sql, isOutside }: PageBlock): readonly MigrationFile[] {
  return sql.split("-- next file\n").map((text, index) => ({
    path: `migrations/000${index + 2}_change.sql`,
    text,
    version: `000${index + 2}`,
    transaction: isOutside ? "none" : "file",
  }));
}
