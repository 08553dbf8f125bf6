import { commentsBetween } from "#schemas/dialects/comments-between.ts";
import type { Grammar } from "#schemas/languages/sql/query/ast.ts";
import { queryTokens } from "#schemas/languages/sql/query/query-tokens.ts";
import { resolveQuery } from "#schemas/languages/sql/query/resolve-query.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import type { SourceFile } from "#schemas/source.ts";
import type { SavedQuery } from "../generator.ts";
import { toSavedQuery } from "./saved-query.ts";

/** A saved query of MySQL or SQL Server from its file, as `readSavedQuery` does for PostgreSQL. */
export function readSavedQueryByRule(
  file: SourceFile,
  model: SchemaModel,
  grammar: Grammar,
): WithProblems<SavedQuery | null> {
  const { path, text } = file;
  const tokens = queryTokens(text, grammar).filter(({ key }, index, all) => key !== ";" || index < all.length - 1);
  const [first] = tokens;
  const last = tokens.at(-1);
  if (!first || !last) {
    const message = `${path} has no statement; a saved query is one`;
    const problem: Problem = {
      code: "QG403",
      severity: "warning",
      message,
      origin: { file: path, line: 1, column: 1 },
    };
    return { value: null, problems: [problem] };
  }
  const above = text.slice(0, first.start);
  const { leading, trailing } = commentsBetween(above, 1, { hash: grammar === "mysql" });
  const line = above.split("\n").length;
  const column = first.start - (above.lastIndexOf("\n") + 1) + 1;
  const sql = text.slice(first.start, last.end);
  const { tables } = resolveQuery(sql, model);
  const notes = [...trailing, ...leading].flatMap((comment) => comment.text.split("\n"));
  return { value: toSavedQuery({ path, notes, sql, line, column, uses: tables }), problems: [] };
}
