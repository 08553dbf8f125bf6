import { askOffline, type Answer } from "#generators/ask/ask-offline.ts";
import type { SiteQuery } from "#generators/site-data/contract.ts";
import { cellOf } from "../view/cell.ts";
import type { AskData } from "../view/ask-data.ts";
import type { QueryRunner } from "./query-runner.ts";

/**
 * A query for a question by the same rules as `querygenie ask` without a model. Where something runs SQL, the query is
 * planned, and the values that the question names are looked up.
 */
export function askInWords(
  question: string,
  {
    data,
    queries,
    runner,
  }: { readonly data: AskData; readonly queries: readonly SiteQuery[]; readonly runner: QueryRunner | null },
): Promise<Answer> {
  return askOffline(question, {
    model: data.model,
    descriptions: data.descriptions,
    words: data.words,
    queries,
    ...(runner && {
      check: async (sql) => {
        const outcome = await runner.explain({ sql });
        return outcome.kind === "plan" ? null : [outcome.title, outcome.detail].join(": ");
      },
      read: async (sql) => {
        const outcome = await runner.run({ sql });
        return outcome.kind === "rows" ? outcome.rows.rows.map((row) => row.map((value) => cellOf(value).text)) : null;
      },
    }),
  });
}
