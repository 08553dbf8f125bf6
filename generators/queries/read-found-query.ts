import type { NameProblem, QueryReader } from "#schemas/languages/sql/query-reader.ts";
import { resolveQuery, type ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import { walkQuery } from "#schemas/languages/sql/walk-query.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { Problem } from "#schemas/problem.ts";
import type { SourceRef } from "#schemas/source.ts";
import type { FoundQuery, ReviewedQuery } from "../review/query.ts";

/** What is known of a query without an engine; a problem when it does not parse, null when it is no query. */
export function readFoundQuery(
  found: FoundQuery,
  reader: QueryReader,
  index: ModelIndex,
): ReviewedQuery | Problem | null {
  const outcome = reader.read(found.sql);
  if (outcome.kind === "none") return null;
  // What is put together in code may leave a hole that no value can stand in; that it is put together is known.
  if (outcome.kind === "failure" && found.source.kind === "code") return null;
  if (outcome.kind === "failure") {
    return {
      code: "QG750",
      severity: "warning",
      message: `This query does not parse: ${outcome.message}`,
      help: "It is left out of the review. Correct it, or leave its file out with `queries`.",
      origin: placeInQuery(found, outcome.at ?? 0),
    };
  }
  const { tree, syntax } = outcome;
  const resolved = resolveQuery(tree, {
    index,
    searchPath: reader.searchPath(index.model),
    fold: reader.fold,
    isSystemTable: reader.isSystemTable,
    systemColumns: reader.systemColumns,
  });
  const nameProblems = reader.nameProblems?.(found.sql, index.model) ?? resolvedProblems(resolved);
  return { ...found, tree, resolved, nameProblems, ...(syntax ? { syntax } : {}) };
}

/** What the resolver finds wrong with names. */
function resolvedProblems({ tree, columnOf, unknownTables }: ResolvedQuery): readonly NameProblem[] {
  const problems: NameProblem[] = unknownTables.map(({ schema, name, at }) => ({
    kind: "unknown table",
    message: `unknown table ${[...(schema === undefined ? [] : [schema]), name].join(".")}`,
    at,
  }));
  walkQuery(tree, {
    expression(value) {
      if (value.kind !== "column") return;
      const found = columnOf(value);
      const name = [...value.qualifier, value.name].join(".");
      if (found.kind === "unknown")
        problems.push({ kind: "unknown column", message: `unknown column ${name}`, at: value.at });
      if (found.kind === "ambiguous") {
        const message = `the column ${name} is ambiguous: ${found.sources.join(" and ")} have it`;
        problems.push({ kind: "ambiguous column", message, at: value.at });
      }
    },
  });
  return problems;
}

export const isReviewedQuery = (value: ReviewedQuery | Problem | null): value is ReviewedQuery =>
  value !== null && "tree" in value;

/** The place of a part of a query in its file. Where the text was changed on the way, the line alone is true. */
export function placeInQuery({ origin, sql, written }: FoundQuery, at: number): SourceRef {
  const before = sql.slice(0, at);
  const lines = before.split("\n");
  const line = origin.line + lines.length - 1;
  const inLine = lines.at(-1)?.length ?? 0;
  if (written !== undefined && written !== sql)
    return { file: origin.file, line, column: lines.length > 1 ? 1 : origin.column };
  return { file: origin.file, line, column: lines.length > 1 ? inLine + 1 : origin.column + inLine };
}
