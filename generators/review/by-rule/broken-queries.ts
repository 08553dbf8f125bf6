import { resolveQuery } from "#schemas/languages/sql/query/resolve-query.ts";
import type { ResolvedQuery } from "#schemas/languages/sql/query/resolved-query.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { columnId } from "#schemas/object-id.ts";
import type { SavedQuery } from "../../generator.ts";
import type { Act } from "../acts/act.ts";
import { savedQuery } from "../../queries/saved-query.ts";
import type { QueryChange } from "../query-change.ts";
import type { ReviewedStatement } from "../statement.ts";

interface Before {
  readonly queries: readonly SavedQuery[];
  readonly statements: readonly ReviewedStatement[];
  readonly base: SchemaModel;
  readonly head: SchemaModel;
}

/** Saved queries whose names the schema had before the migration and has not after it. */
export function brokenQueries({ queries, statements, base, head }: Before): readonly QueryChange[] {
  return queries.flatMap((query): readonly QueryChange[] => {
    const before = resolveQuery(query.sql, base);
    // A query that was wrong before is not the migration's fault.
    if (before.problems.length > 0) return [];
    const [problem] = resolveQuery(query.sql, head).problems;
    const statement = problem && culprit(before, statements);
    if (!problem || !statement) return [];
    const { message, help, span } = problem;
    const line = query.origin.line + query.sql.slice(0, span.start).split("\n").length - 1;
    return [
      {
        kind: "broken",
        query: savedQuery(query),
        statement,
        message,
        line,
        ...(help === undefined ? {} : { hint: help }),
      },
    ];
  });
}

/** The first statement that takes away or renames what the query names; else the first that touches its tables. */
function culprit(
  { references, tables }: ResolvedQuery,
  statements: readonly ReviewedStatement[],
): ReviewedStatement | undefined {
  const columns = new Set(references.map(({ column }) => column));
  const breaks = (act: Act): boolean => {
    if (act.kind === "drop column" || act.kind === "rename column")
      return columns.has(columnId(act.table.id, act.column));
    return (act.kind === "drop table" || act.kind === "rename table") && tables.includes(act.table.id);
  };
  const touches = (act: Act): boolean => "table" in act && tables.includes(act.table.id);
  return (
    statements.find(({ acts }) => acts.some(breaks)) ??
    statements.find(({ acts }) => acts.some(touches)) ??
    statements[0]
  );
}
