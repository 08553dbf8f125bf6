import type { SourceRef } from "#schemas/source.ts";
import type { QueryChange } from "./query-change.ts";
import type { Draft, QueryChangeRule, Rule, StatementRule } from "./rule.ts";
import type { Scene } from "./scene.ts";
import type { FailedStatement, ReviewedStatement } from "./statement.ts";
import type { Said } from "./to-findings.ts";

/** What the rules over statements say. */
export function statementRemarks(
  statements: readonly ReviewedStatement[],
  rules: readonly Rule[],
  scene: Scene,
): readonly Said[] {
  const scoped = rules.filter((rule): rule is StatementRule => rule.scope === "statement");
  const once = new Set<string>();
  return statements.flatMap((statement) =>
    scoped.flatMap((rule) => {
      const key = `${rule.id} ${statement.file.path}`;
      if (rule.isOncePerFile && once.has(key)) return [];
      const drafts: readonly Draft[] = rule.check(statement, scene);
      if (drafts.length > 0) once.add(key);
      return drafts.map((draft) => ({ rule, statement, draft }));
    }),
  );
}

/** What they say about statements that the engine refused. */
export function failureRemarks(
  failed: readonly FailedStatement[],
  rules: readonly Rule[],
  scene: Scene,
): readonly Said[] {
  const scoped = rules.filter((rule): rule is StatementRule => rule.scope === "statement");
  return failed.flatMap((statement) =>
    scoped.flatMap((rule) =>
      (rule.checkFailed?.(statement, scene) ?? []).map((draft) => ({
        rule,
        statement,
        // The engine itself has said so.
        draft: { evidence: "measured" as const, ...draft },
      })),
    ),
  );
}

/** What rules over the schema say about objects that the statements have made. */
export function schemaRemarks(
  statements: readonly ReviewedStatement[],
  rules: readonly Rule[],
  { head, limits }: Scene,
): readonly Said[] {
  const byPlace = new Map(statements.map((statement) => [placeKey(statement.statement.span), statement]));
  return rules.flatMap((rule) => {
    if (rule.scope !== "schema") return [];
    return rule.check(head, limits).flatMap((draft) => {
      const origin = draft.about.origin ?? head.parentOf(draft.about)?.origin;
      const statement = origin && byPlace.get(placeKey(origin.created));
      return statement ? [{ rule, statement, draft: { evidence: "rule" as const, ...draft } }] : [];
    });
  });
}

const placeKey = ({ file, line, column }: SourceRef): string => `${file}:${line}:${column}`;

/** What they say about what becomes of queries. */
export function queryRemarks(changes: readonly QueryChange[], rules: readonly Rule[]): readonly Said[] {
  const scoped = rules.filter((rule): rule is QueryChangeRule => rule.scope === "query change");
  return changes.flatMap((change) =>
    scoped.flatMap((rule) => rule.check(change).map((draft) => ({ rule, statement: change.statement, draft }))),
  );
}
