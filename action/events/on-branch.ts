import { generators } from "#generators/registry.ts";
import { shownProblem } from "#generators/review/report/review-view.ts";
import type { Problem } from "#schemas/problem.ts";
import { openAi } from "../ai/open-ai.ts";
import { makeBaseline } from "../make-baseline.ts";
import { commitPublisher, type Outcome } from "../github/commit-publisher.ts";
import type { Project } from "../project.ts";
import { isChanged } from "../publisher.ts";
import { buildState, runBuild, type BuildResult } from "../run-build.ts";
import type { BranchEvent } from "../runner/run-event.ts";
import { emptyReport, nothingToDo, type ActionContext, type RunResult } from "./action-context.ts";
import { attemptInto } from "./attempt.ts";
import { findDrift } from "./find-drift.ts";
import { openCheckout } from "./open-checkout.ts";

/** Brings the committed files of the default branch up to date with its schema. */
export async function onBranch(context: ActionContext, event: BranchEvent): Promise<RunResult> {
  if (!event.isDefault)
    return nothingToDo(`${event.branch} is not the default branch; its files follow when it is merged.`);
  const undelivered: Problem[] = [];
  const attempt = attemptInto(undelivered);
  const project = await openCheckout(context, { offline: false });
  const { before, digest } = await buildState(project);
  const isFirst = before === null;
  const { mode } = project.config.publish;
  const isIntroduced = isFirst && mode !== "none" && context.inputs["publish-mode"] === undefined;
  const publisher = commitPublisher(context, {
    project,
    branch: event.branch,
    head: event.head,
    digest,
    mode: isIntroduced ? "pull-request" : mode,
    ...(isFirst && mode !== "none" ? { extras: await baselineOf(project, context) } : {}),
    ...(isIntroduced ? { proposal: introduction } : {}),
  });
  // Keys come by the workflow's environment; without one nobody is asked.
  const ai = await openAi(project);
  const built = await attempt(() => runBuild(project, { publisher, generators, ai }));
  const outcome = publisher.outcome();
  const found = event.looksAtDrift ? await findDrift(project, context) : null;
  const problems = (built?.problems ?? []).filter(({ severity }) => severity !== "info").map(shownProblem);
  const differences = (found?.drift ?? []).reduce((sum, { changes }) => sum + changes.length, 0);
  return {
    report: {
      ...emptyReport(),
      databases: project.databases.map(({ settings }) => ({ id: settings.id, review: null, problems: [] })),
      files: built ? { state: "current" } : { state: "stale", paths: [], follows: false },
      ...(found ? { drift: found.drift } : {}),
      ...(built?.texts ? { usage: built.texts.usage } : {}),
      problems: [...problems, ...(found?.failures ?? []).map(shownProblem)],
    },
    findings: [],
    undelivered,
    outputs: {
      changed: built === null || isChanged(built.published),
      drift: found === null || found.drift.length === 0 ? "" : differences,
      "commit-sha": outcome?.kind === "committed" || outcome?.kind === "proposed" ? outcome.sha : "",
      "pull-request-number": outcome?.kind === "proposed" ? outcome.number : "",
    },
    // The files are the whole result of this run: when they reach nobody, the run has failed. Of drift nobody hears
    // unless the run is red.
    failed: undelivered.length > 0 || differences > 0 || (found?.failures.length ?? 0) > 0,
    said: inWords(built, outcome, event.branch),
  };
}

const introduction = {
  title: "Document this database with QueryGenie",
  text: [
    "QueryGenie ran here for the first time. This pull request holds what it keeps about your database:",
    "",
    "- documents and diagrams in the folder `docs/database`, which GitHub shows as they are;",
    "- fixtures that were loaded with every constraint on;",
    "- a baseline, so that pull requests are told about new findings only, not about those of years ago.",
    "",
    "After it is merged, changes of the schema are followed by commits. Nothing else in the repository is touched. " +
      "`querygenie.yml` sets other folders, or `publish.mode: none`.",
  ].join("\n"),
};

/** What was there before must not be told again with the first pull request. */
async function baselineOf(project: Project, { runner }: ActionContext) {
  const path = project.config.review.baseline;
  if (await project.workspace.exists(path)) return [];
  runner.say("First run in this repository: what is there already becomes the baseline.");
  return [await makeBaseline(project)];
}

function inWords(built: BuildResult | null, outcome: Outcome | null, branch: string): string {
  if (!built) return "The files were made and could not be brought to the repository.";
  if (built.upToDate) return "The committed files are up to date.";
  switch (outcome?.kind) {
    case "committed":
      return `${outcome.files} files committed to ${branch}${outcome.by === "git" ? " (by git, so not signed)" : ""}.`;
    case "proposed":
      return `${outcome.files} files in pull request ${outcome.number}.`;
    case "superseded":
      return `${branch} has a newer schema; the run of its commit writes the files.`;
    default:
      return isChanged(built.published)
        ? "The files were written into the checkout."
        : "The committed files are up to date.";
  }
}
