import type { QueryReader } from "#schemas/languages/sql/query-reader.ts";
import type { SplitStatement } from "#schemas/languages/sql/postgres/split.ts";
import type { MigrationFile } from "#schemas/source.ts";
import type { FoundQuery } from "./query.ts";

interface FileWithStatements {
  readonly file: MigrationFile;
  readonly statements: readonly { readonly statement: SplitStatement }[];
}

/** The queries of files under review that hold nothing else and belong to no history: what a person gave to be judged. */
export function queriesOfFiles(files: readonly FileWithStatements[], reader: QueryReader): readonly FoundQuery[] {
  return files.flatMap(({ file, statements }): readonly FoundQuery[] => {
    // A file that is named and not part of the history has its path for a version.
    if (file.version !== file.path || statements.length === 0) return [];
    const outcomes = statements.map(({ statement }) => reader.read(statement.text));
    if (!outcomes.every(({ kind }) => kind === "query")) return [];
    return statements.map(({ statement }) => ({
      source: { kind: "file" },
      origin: statement.span,
      sql: statement.text,
      comments: [...statement.leadingComments, ...statement.trailingComments],
    }));
  });
}
