import { lstat, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { rules } from "#generators/review/rules/registry.ts";
import { actionMarkdown } from "#generators/review/report/action-markdown.ts";
import { actionReportSchema, type ActionReport } from "#schemas/json/action-report.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { RunEvent } from "../runner/run-event.ts";
import { nothingToDo, type ActionContext, type RunResult } from "./action-context.ts";
import { commentKey } from "./on-pull-request.ts";

/** A report of a large migration has some hundred kilobytes. */
const MOST_BYTES = 8_000_000;

const COMMENT_ROOM = 64_000;

/**
 * Comments with the report of a run that could not, such as one of a fork. Whoever opened the pull request may have
 * written that report, workflow and all: it is data of a known shape, shown through the escapers; which pull request it
 * belongs to is GitHub's word. Throws `ProblemError`.
 */
export async function onFinishedRun(
  context: ActionContext,
  event: Extract<RunEvent, { readonly kind: "finished-run" }>,
): Promise<RunResult> {
  if (event.of !== "pull_request") return nothingToDo(`The finished run was of ${event.of}, not of a pull request.`);
  const path = context.inputs.report;
  if (path === undefined) {
    throw new ProblemError(
      [unusable("the input report is empty", "Set it to the report.json of the finished run.")],
      2,
    );
  }
  const report = await readReport(resolve(context.target.cwd, path));
  const { headOwner: owner, headBranch: branch, head } = event;
  const number = await context.publisher.findPullRequest({ owner, branch, head });
  if (number === null) return nothingToDo("No open pull request is at the commit of the finished run any more.");
  const state = await context.publisher.readPullRequest(number);
  if (state.head !== head) return nothingToDo("The pull request has a newer commit; its own run is reported.");
  const { ruleUrl } = context;
  const body = actionMarkdown(report, {
    limit: COMMENT_ROOM,
    isOfStranger: true,
    ...(ruleUrl ? { ruleUrl } : {}),
  });
  const { id } = await context.publisher.comment(state, { key: commentKey(context), body });
  return {
    report,
    // Not ours to judge: the run of the pull request was red or green itself.
    findings: [],
    undelivered: [],
    outputs: { "pull-request-number": number, "comment-id": id ?? "" },
    failed: false,
    said: `Pull request ${number} has the report.`,
  };
}

async function readReport(path: string): Promise<ActionReport> {
  const facts = await lstat(path).catch(() => null);
  // A link in an artifact could name any file of this machine.
  if (!facts?.isFile()) throw new ProblemError([unusable(`${path} is no file`, "Download the artifact first.")], 2);
  if (facts.size > MOST_BYTES) {
    throw new ProblemError([unusable("the report is too large", `At most ${MOST_BYTES / 1e6} MB are read.`)], 2);
  }
  const parsed = actionReportSchema.safeParse(jsonOf(await readFile(path, "utf8")));
  if (parsed.success && isPlain(parsed.data)) return parsed.data;
  if (parsed.success)
    throw new ProblemError([unusable("it holds what no run of ours writes", "Nothing was shown.")], 2);
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new ProblemError(
    [unusable(`it is not a report of this version (${where})`, "Use one version in both workflows.")],
    2,
  );
}

/** Whether the few texts that are our own words, and so are not escaped as a user's, are what we would write. */
function isPlain({ databases }: ActionReport): boolean {
  const ids = new Set(rules.map(({ id }) => id));
  return databases.every(({ review }) => {
    if (review === null) return true;
    const { engine, forVersion = "", sizesOf = "" } = review.measured;
    return (
      [engine.name, engine.version, forVersion, sizesOf].every((text) => /^[\w .:-]{0,60}$/.test(text)) &&
      /^[\w ,]*$/.test(review.summary) &&
      review.findings.every(({ rule }) => ids.has(rule))
    );
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function unusable(why: string, help: string) {
  return {
    code: "QG813",
    severity: "error",
    message: `the report of the finished run cannot be used: ${why}`,
    help,
  } as const;
}
