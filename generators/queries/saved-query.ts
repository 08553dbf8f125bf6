import { walk } from "#schemas/languages/sql/postgres/ast.ts";
import type { Parser } from "#schemas/languages/sql/postgres/parse.ts";
import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { objectId, type ObjectId } from "#schemas/object-id.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import type { SourceFile } from "#schemas/source.ts";
import type { SavedQuery } from "../generator.ts";
import type { FoundQuery } from "../review/query.ts";

/**
 * A saved query from its file: `-- title:` and `-- question:` in the leading comment, one statement after it. A file
 * with no statement, or with several, is a problem and no query.
 */
export function readSavedQuery(file: SourceFile, model: SchemaModel, parser: Parser): WithProblems<SavedQuery | null> {
  const { statements, problems } = splitStatements(file);
  const [statement] = statements;
  if (statement === undefined || statements.length > 1) {
    const found = statement === undefined ? "no statement" : `${statements.length} statements`;
    const message = `${file.path} has ${found}; a saved query is one`;
    const origin = { file: file.path, line: 1, column: 1 };
    const problem: Problem = { code: "QG403", severity: "warning", message, origin };
    return { value: null, problems: [...problems, problem] };
  }
  const notes = statement.leadingComments.flatMap((comment) => comment.text.split("\n"));
  const { line, column } = statement.span;
  const uses = relationsOf(statement.text, model, parser);
  return { value: toSavedQuery({ path: file.path, notes, sql: statement.text, line, column, uses }), problems };
}

interface QueryParts {
  readonly path: string;
  /** Lines of the comments above it. */
  readonly notes: readonly string[];
  readonly sql: string;
  readonly line: number;
  readonly column: number;
  readonly uses: readonly ObjectId[];
}

/** A saved query whose title and question stand in the comments above it. */
export function toSavedQuery({ path, notes, sql, line, column, uses }: QueryParts): SavedQuery {
  const id = path.slice(path.lastIndexOf("/") + 1).replace(/\.sql$/i, "");
  const question = note(notes, "question");
  return {
    id,
    path,
    title: note(notes, "title") ?? id.replaceAll(/[-_]+/g, " "),
    ...(question === undefined ? {} : { question }),
    sql,
    origin: { file: path, line, column },
    uses,
  };
}

/** A saved query as a query under review. */
export const savedQuery = ({ id, title, sql, origin }: SavedQuery): FoundQuery => ({
  source: { kind: "saved", id, title },
  origin,
  sql,
});

function note(lines: readonly string[], key: string): string | undefined {
  const prefix = `${key}:`;
  const line = lines.map((text) => text.trim()).find((text) => text.toLowerCase().startsWith(prefix));
  return line?.slice(prefix.length).trim();
}

/** Ids of the tables and views of the model that a statement names, sorted. */
export function relationsOf(sql: string, model: SchemaModel, parser: Parser): readonly ObjectId[] {
  const outcome = parser.parse(sql);
  if (!outcome.ok) return [];
  const byName = Map.groupBy([...model.tables, ...model.views], (relation) => relation.name);
  const found = new Set<ObjectId>();
  walk(outcome.tree, {
    RangeVar({ schemaname, relname }) {
      const candidates = byName.get(relname ?? "") ?? [];
      if (schemaname !== undefined) {
        const id = objectId(schemaname, relname ?? "");
        if (candidates.some((relation) => relation.id === id)) found.add(id);
        return;
      }
      // Without a schema it is the one in public, or the only one there is.
      const open =
        candidates.find((relation) => relation.schema === "public") ??
        (candidates.length === 1 ? candidates[0] : undefined);
      if (open) found.add(open.id);
    },
  });
  return [...found].sort();
}
