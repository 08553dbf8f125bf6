import type { Finding, Severity } from "#schemas/finding.ts";
import type { SourceSpan } from "#schemas/source.ts";
import { placeInQuery } from "../queries/read-found-query.ts";
import { fingerprint, oneLine } from "./fingerprint.ts";
import type { QueryScene, ReviewedQuery } from "./query.ts";
import type { QueryDraft, QueryRule } from "./rule.ts";

interface JudgeInput {
  readonly queries: readonly ReviewedQuery[];
  readonly rules: readonly QueryRule[];
  readonly scene: QueryScene;
  readonly severity: Readonly<Record<string, Severity | "off">>;
}

/** A finding with the query that it is about. */
interface Judged {
  readonly query: ReviewedQuery;
  readonly finding: Finding;
}

/** What the query rules say about queries as they are, in the order of the queries and of their text. */
export function judgeQueries({ queries, rules, scene, severity }: JudgeInput): readonly Judged[] {
  const seen = new Map<string, number>();
  return queries.flatMap((query) => {
    const judged = rules.flatMap((rule) =>
      rule.check(query, scene).map((draft): Judged => {
        const chosen = severity[rule.id];
        const finding: Finding = {
          rule: rule.id,
          severity: chosen === undefined || chosen === "off" ? (draft.severity ?? rule.severity) : chosen,
          span: spanOf(query, draft),
          message: draft.message,
          ...(draft.help === undefined ? {} : { help: draft.help }),
          objects: draft.objects,
          evidence: draft.evidence ?? (rule.needs === undefined ? "rule" : "planned"),
          ...(draft.rewrite
            ? { rewrite: { title: draft.rewrite.title, steps: draft.rewrite.steps.map((sql) => ({ sql })) } }
            : {}),
          fingerprint: uniqueName(seen, rule.id, draft, query),
        };
        return { query, finding };
      }),
    );
    return judged.toSorted(
      ({ finding: { span: a } }, { finding: { span: b } }) => a.line - b.line || a.column - b.column,
    );
  });
}

function spanOf(query: ReviewedQuery, { at }: QueryDraft): SourceSpan {
  const { file, line, column } = placeInQuery(query, at ?? 0);
  return { file, line, column, endLine: line, endColumn: column + 1 };
}

function uniqueName(seen: Map<string, number>, rule: string, draft: QueryDraft, query: ReviewedQuery): string {
  const name = fingerprint(rule, draft.objects.join(), query.origin.file, oneLine(query.sql));
  const times = seen.get(name) ?? 0;
  seen.set(name, times + 1);
  return times === 0 ? name : fingerprint(name, String(times));
}
