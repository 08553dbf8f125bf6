import type { Finding } from "#schemas/finding.ts";
import type { ActionReport } from "#schemas/json/action-report.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { actionMarkdown } from "#generators/review/report/action-markdown.ts";
import { generators } from "#generators/registry.ts";
import { commitPublisher } from "../github/commit-publisher.ts";
import { checkPublisher } from "../folder-publisher.ts";
import { ownLabels } from "../github/put-labels.ts";
import type { PullRequestState } from "../github/pull-request-state.ts";
import { MARKER_ROOM } from "../github/sticky-comment.ts";
import type { Project } from "../project.ts";
import { openAi } from "../ai/open-ai.ts";
import { usageLines } from "../ai/usage-file.ts";
import { buildState, runBuild } from "../run-build.ts";
import type { PullRequestEvent } from "../runner/run-event.ts";
import { emptyReport, nothingToDo, type ActionContext, type RunResult } from "./action-context.ts";
import { attemptInto, type Attempt } from "./attempt.ts";
import { openReviewed } from "./open-checkout.ts";
import { reviewDatabases, type ReviewedDatabases } from "./review-databases.ts";
import { verdict } from "./verdict.ts";
import { baseOfCheckout } from "./base-of-checkout.ts";

/** GitHub's limit of a comment, less the marker. */
const COMMENT_ROOM = 65_000 - MARKER_ROOM;

/** Says what a pull request does to the databases: in the run always, on the pull request where the token may. */
export async function onPullRequest(context: ActionContext, event: PullRequestEvent): Promise<RunResult> {
  if (!event.isOpen) return nothingToDo("The pull request is closed.");
  const undelivered: Problem[] = [];
  const attempt = attemptInto(undelivered);
  const revision = await baseOfCheckout(context, event);
  const { project } = await openReviewed(context, { revision, offline: event.isRestricted });
  const state = event.isRestricted ? null : await attempt(() => context.publisher.readPullRequest(event.number));
  const silences = state ? ((await attempt(() => context.publisher.silences(state))) ?? []) : [];
  // A fork's run is offline; its workflow has no key either.
  const ai = await openAi(project);
  const reviewed = await reviewDatabases(project, revision, { silences, ai: ai.router });
  await ai.remember();
  for (const { code, message } of ai.problems) context.runner.say(`⚠ ${code}  ${message}`);
  const files = await fileState({ context, event, project, attempt });
  const report: ActionReport = {
    ...emptyReport(),
    reviewed: { base: revision, head: event.head },
    databases: reviewed.databases,
    silenced: reviewed.silenced,
    files: files.state,
    usage: usageLines(ai.router.ledger.lines()),
    problems: [],
  };
  const told = state ? await tell({ context, event, project, state, report, reviewed, attempt }) : {};
  return {
    report,
    findings: reviewed.findings,
    undelivered,
    outputs: {
      "pull-request-number": event.number,
      changed: files.state.state === "stale",
      "commit-sha": files.commit,
      ...told,
    },
    failed: verdict(report, project.config.review.failOn),
    said: event.isRestricted
      ? "A run of a fork or of Dependabot: the report is here and in report.json, and nothing was written."
      : "Nothing to review: no migration and no query is new.",
  };
}

interface Telling {
  readonly context: ActionContext;
  readonly event: PullRequestEvent;
  readonly project: Project;
  readonly state: PullRequestState;
  readonly report: ActionReport;
  readonly reviewed: ReviewedDatabases;
  readonly attempt: Attempt;
}

async function tell({
  context,
  event,
  project,
  state,
  report,
  reviewed,
  attempt,
}: Telling): Promise<RunResult["outputs"]> {
  const { publisher, inputs, ruleUrl, prefix } = context;
  if (state.head !== event.head) {
    // A newer push has a run of its own, whose words must not be replaced by ours.
    await attempt(() => Promise.reject(overtaken(event.number)));
    return {};
  }
  const wanted = project.config.publish.comment;
  const hasFindings = reviewed.findings.length > 0;
  const isAsked = wanted === "always" || (wanted === "findings" && hasFindings);
  const body = actionMarkdown(report, { limit: COMMENT_ROOM, ...(ruleUrl ? { ruleUrl } : {}) });
  const comment = await attempt(() =>
    publisher.comment(state, { key: commentKey(context), body: isAsked ? body : null }),
  );
  if (inputs["line-comments"] !== false) {
    await attempt(() =>
      publisher.review(state, {
        findings: reviewed.findings.map((finding) => inRepository(finding, prefix)),
        commit: event.head,
        textOf: (path) => reviewed.texts.get(path.slice(prefix.length)) ?? null,
        ruleUrl,
      }),
    );
  }
  if (inputs.labels === true) {
    const unsafe = reviewed.findings.some(({ severity }) => severity === "error");
    const labels = [...(reviewed.hasChanges ? [ownLabels.changes] : []), ...(unsafe ? [ownLabels.unsafe] : [])];
    await attempt(() => publisher.labels(state, labels));
  }
  return { "comment-id": comment?.id ?? "" };
}

/** Runs of different folders or configurations have comments of their own. */
export const commentKey = ({ prefix, inputs }: Pick<ActionContext, "prefix" | "inputs">): string =>
  [prefix, inputs.config ?? "", inputs.database ?? ""].join("|");

/** A finding with its paths from the top of the repository, which is how GitHub names files. */
function inRepository(finding: Finding, prefix: string): Finding {
  const span = { ...finding.span, file: prefix + finding.span.file };
  const { fix } = finding;
  if (!fix) return { ...finding, span };
  return { ...finding, span, fix: { ...fix, span: { ...fix.span, file: prefix + fix.span.file } } };
}

interface FileInput {
  readonly context: ActionContext;
  readonly event: PullRequestEvent;
  readonly project: Project;
  readonly attempt: Attempt;
}

interface FileResult {
  readonly state: ActionReport["files"];
  readonly commit: string;
}

/** Whether the committed files are still true, and what is done about it. Costs no engine unless somebody must act. */
async function fileState({ context, event, project, attempt }: FileInput): Promise<FileResult> {
  const { before, isCurrent, digest } = await buildState(project);
  if (before === null) return { state: { state: "unknown" }, commit: "" };
  if (isCurrent) return { state: { state: "current" }, commit: "" };
  const { mode, onPullRequests } = project.config.publish;
  if (onPullRequests === "commit" && mode !== "none" && !event.isRestricted) {
    const publisher = commitPublisher(context, {
      project,
      branch: event.headBranch,
      head: event.head,
      digest,
      mode: "commit",
    });
    const built = await attempt(() => runBuild(project, { publisher, generators }));
    const outcome = publisher.outcome();
    if (built && outcome !== null && outcome.kind !== "superseded") {
      return { state: { state: "current" }, commit: outcome.kind === "committed" ? outcome.sha : "" };
    }
  }
  if (mode !== "none") return { state: { state: "stale", paths: [], follows: true }, commit: "" };
  const built = await attempt(() => runBuild(project, { publisher: checkPublisher(project.root), generators }));
  const paths = built ? [...built.published.written, ...built.published.removed].sort() : [];
  return { state: { state: "stale", paths, follows: false }, commit: "" };
}

function overtaken(number: number): ProblemError {
  const message = `the pull request ${number} has a newer commit than the one that was reviewed, so nothing was written to it`;
  const help = "The run of the newer commit reports it.";
  return new ProblemError([{ code: "QG808", severity: "info", message, help }], 3);
}
