import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import type { SourceFile } from "#schemas/source.ts";
import type { FoundQuery } from "../review/query.ts";
import { looksLikeQuery } from "./code/code-language.ts";
import { toPositional } from "./code/placeholders.ts";

/** The queries of a file in the manner of sqlc, yesql and aiosql: each below a comment `-- name: …`. */
export function namedQueries(file: SourceFile): readonly FoundQuery[] {
  if (!file.text.includes("name:")) return [];
  return splitStatements(file).statements.flatMap((statement): FoundQuery[] => {
    const names = statement.leadingComments.flatMap(({ text }) => /^\s*name:\s*(\S+)/m.exec(text)?.[1] ?? []);
    const name = names.at(-1);
    if (name === undefined || !looksLikeQuery(statement.text)) return [];
    const { line, column } = statement.span;
    const sql = toPositional(statement.text, "question or name");
    return [
      {
        source: { kind: "file", name },
        origin: { file: file.path, line, column },
        sql,
        ...(sql === statement.text ? {} : { written: statement.text }),
      },
    ];
  });
}
