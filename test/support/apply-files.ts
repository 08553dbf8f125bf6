import type { Client } from "pg";
import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import type { MigrationFile } from "#schemas/source.ts";

export interface PreparedFile {
  readonly path: string;
  readonly isTransaction: boolean;
  readonly statements: readonly string[];
}

/** Splits the files before the clock runs: a server's client sends them as they are. */
export const prepare = (files: readonly MigrationFile[]): PreparedFile[] =>
  files.map((file) => ({
    path: file.path,
    isTransaction: file.transaction !== "none",
    statements: splitStatements(file).statements.map(({ text }) => text),
  }));

/** SQLSTATE of a statement that refuses to run in a transaction. */
const NOT_IN_TRANSACTION = "25001";

/** Applies a history as fast as a runner can: a file is one message, and only what refuses that goes one by one. */
export async function applyFiles(
  client: Client,
  files: readonly PreparedFile[],
): Promise<{ readonly failed: readonly string[] }> {
  const failed: string[] = [];
  for (const { path, isTransaction, statements } of files) {
    if (statements.length === 0) continue;
    try {
      await client.query(`${isTransaction ? "begin;" : ""}${statements.join(";\n")}${isTransaction ? ";commit" : ""}`);
    } catch (error) {
      await client.query("rollback");
      if (!isState(error, NOT_IN_TRANSACTION)) failed.push(`${path}: ${String(error)}`);
      for (const statement of statements) {
        // What a real server refuses here is what it lacks; the count is printed beside the figure.
        await client.query(statement).catch((refused: unknown) => failed.push(`${path}: ${String(refused)}`));
      }
    }
  }
  return { failed };
}

/** Applies files of which none may fail. */
export async function applyAll(client: Client, files: readonly MigrationFile[]): Promise<void> {
  const { failed } = await applyFiles(client, prepare(files));
  if (failed.length > 0) throw new Error(failed.join("\n"));
}

const isState = (error: unknown, state: string): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === state;
