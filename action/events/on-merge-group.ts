import { baseOfCheckout } from "./base-of-checkout.ts";
import { emptyReport, type ActionContext, type RunResult } from "./action-context.ts";
import { openReviewed } from "./open-checkout.ts";
import { reviewDatabases } from "./review-databases.ts";
import { verdict } from "./verdict.ts";

/** Reviews what a merge queue is about to merge. Its answer is the check; nobody reads comments there. */
export async function onMergeGroup(
  context: ActionContext,
  event: { readonly base: string; readonly head: string },
): Promise<RunResult> {
  const revision = await baseOfCheckout(context, event);
  const { project } = await openReviewed(context, { revision, offline: true });
  const { databases, findings } = await reviewDatabases(project, revision);
  const report = { ...emptyReport(), reviewed: event, databases };
  return {
    report,
    findings,
    undelivered: [],
    outputs: {},
    failed: verdict(report, project.config.review.failOn),
    said: "Nothing to review: no migration is new.",
  };
}
