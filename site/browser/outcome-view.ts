import { element } from "./element.ts";
import type { ExplainOutcome, OptimizeOutcome, Refusal, RunOutcome } from "./query-runner.ts";
import { planView, refusalView, rowsView } from "./result-view.ts";
import { suggestionsView } from "./suggestions-view.ts";

export type Outcome = RunOutcome | ExplainOutcome | OptimizeOutcome;

export const NOBODY_OPTIMIZES: Refusal = {
  kind: "refusal",
  title: "Nobody looks for faster forms here",
  detail: "The query function does. Without one, run querygenie optimize in the repository.",
};

export function outcomeView(outcome: Outcome, use: (sql: string) => void): HTMLElement {
  switch (outcome.kind) {
    case "rows":
      return rowsView(outcome.rows, outcome.elapsedMs);
    case "plan":
      return planView(outcome.plan);
    case "suggestions":
      return suggestionsView(outcome.suggestions, use);
    case "refusal":
      return refusalView(outcome);
    default:
      return element("p", { textContent: String(outcome satisfies never) });
  }
}

/** A query to begin with. */
export function firstQuery(table: string): string {
  return `select *\nfrom ${table}\nlimit 20`;
}
