import { queryReaderOf } from "#schemas/dialects/query-readers.ts";
import type { SplitStatement } from "#schemas/languages/sql/postgres/split.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { lintQueries, type LintQueriesInput, type QueryLint } from "./lint-queries.ts";
import type { LintChoice } from "./lint-model.ts";
import type { FoundQuery } from "./query.ts";
import type { ReviewedStatement } from "./statement.ts";

interface FileWithStatements {
  readonly file: MigrationFile;
  readonly statements: readonly { readonly statement: SplitStatement }[];
}

/**
 * The queries of files under review that hold nothing else and belong to no history, by file: what a person gave to be
 * judged. They are no migrations.
 */
export async function queriesOfFiles(
  files: readonly FileWithStatements[],
  { dialect }: Pick<SchemaModel, "dialect">,
): Promise<ReadonlyMap<string, readonly FoundQuery[]>> {
  const reader = await queryReaderOf(dialect);
  const found = new Map<string, readonly FoundQuery[]>();
  for (const { file, statements } of files) {
    // A file that is named and not part of the history has its path for a version.
    if (!reader || file.version !== file.path || statements.length === 0) continue;
    if (!statements.every(({ statement }) => reader.read(statement.text).kind === "query")) continue;
    found.set(
      file.path,
      statements.map(({ statement }) => ({
        source: { kind: "file" },
        origin: statement.span,
        sql: statement.text,
        comments: [...statement.leadingComments, ...statement.trailingComments],
      })),
    );
  }
  return found;
}

interface ReviewQueriesInput extends LintQueriesInput {
  /** Of the files under review themselves, by file. */
  readonly own: ReadonlyMap<string, readonly FoundQuery[]>;
  /** How many files are under review. */
  readonly files: number;
  readonly statements: readonly ReviewedStatement[];
  /** Whether a query is new or was changed; absent when nothing is compared with: all are judged. */
  readonly isChanged?: (query: FoundQuery) => boolean;
}

/**
 * What the query rules say in a review: about the queries under review, and about those of the repository that are new,
 * were changed, or use what the migration changes. Where files of queries alone are reviewed, about those alone.
 */
export function reviewQueries(
  { own, files, statements, isChanged, ...input }: ReviewQueriesInput,
  choice: LintChoice,
): Promise<QueryLint> {
  const given = [...own.values()].flat();
  const others = files > 0 && own.size === files ? [] : input.queries;
  const touched = new Set(statements.flatMap(({ acts }) => acts.flatMap(tableOf)));
  return lintQueries(
    {
      ...input,
      queries: [...given, ...others],
      isWanted: (query) =>
        isChanged === undefined ||
        given.some(({ origin }) => origin === query.origin) ||
        isChanged(query) ||
        query.resolved.relations.some(({ id }) => touched.has(id)),
    },
    choice,
  );
}

const tableOf = (act: ReviewedStatement["acts"][number]): readonly ObjectId[] =>
  "table" in act && act.table !== undefined ? [act.table.id] : [];
