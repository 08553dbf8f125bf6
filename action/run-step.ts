import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { actionMarkdown } from "#generators/review/report/action-markdown.ts";
import { sarifReport } from "#generators/review/report/sarif.ts";
import { rules } from "#generators/review/rules/registry.ts";
import type { Finding } from "#schemas/finding.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { ActionContext, RunResult } from "./events/action-context.ts";
import { attemptInto } from "./events/attempt.ts";
import { githubClient } from "./github/client.ts";
import { githubPublisher } from "./github/publisher.ts";
import { readInputs, type Inputs } from "./runner/inputs.ts";
import { noOutputs, type Outputs } from "./runner/outputs.ts";
import { problemMarkdown } from "./runner/problem-markdown.ts";
import { readEvent, type RunEvent } from "./runner/run-event.ts";
import type { Runner } from "./runner/runner.ts";
import { runnerTerminal } from "./runner/runner-terminal.ts";
import { toolVersion } from "./tool-version.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Names of variables that hold a secret, whoever reads them. */
const SECRETS = ["GEMINI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GITHUB_TOKEN"];

/** One step of a workflow: from its environment to what it leaves behind. Throws `ProblemError`. */
export async function runStep(
  environment: Environment,
  runner: Runner,
): Promise<{ readonly outputs: Outputs; readonly failed: boolean }> {
  const { value: inputs, problems } = readInputs(environment);
  if (problems.length > 0) throw new ProblemError(problems, 2);
  for (const secret of secrets(environment, inputs)) runner.mask(secret);
  const event = await eventOf(environment);
  const context = contextOf(environment, { inputs, runner, event });
  const result = await handle(context, event);
  return { outputs: await tell(context, result, environment), failed: result.failed };
}

/** Heavy parts load for the event that needs them. */
async function handle(context: ActionContext, event: RunEvent): Promise<RunResult> {
  switch (event.kind) {
    case "pull-request": {
      const { onPullRequest } = await import("./events/on-pull-request.ts");
      return await onPullRequest(context, event);
    }
    case "branch": {
      const { onBranch } = await import("./events/on-branch.ts");
      return await onBranch(context, event);
    }
    case "merge-group": {
      const { onMergeGroup } = await import("./events/on-merge-group.ts");
      return await onMergeGroup(context, event);
    }
    case "finished-run": {
      const { onFinishedRun } = await import("./events/on-finished-run.ts");
      return await onFinishedRun(context, event);
    }
    case "other": {
      const message = `the event ${JSON.stringify(event.name)} is not one that QueryGenie handles`;
      const help = "on: pull_request, push, merge_group, workflow_dispatch, schedule or workflow_run.";
      throw new ProblemError([{ code: "QG810", severity: "error", message, help }], 2);
    }
    default:
      return event satisfies never;
  }
}

function secrets(environment: Environment, inputs: Inputs): readonly string[] {
  const values = [...SECRETS.map((name) => environment[name]), inputs["github-token"]];
  return values.flatMap((value) => (value === undefined || value === "" ? [] : [value]));
}

async function eventOf(environment: Environment): Promise<RunEvent> {
  const path = environment["GITHUB_EVENT_PATH"];
  const payload: unknown = path === undefined ? null : JSON.parse(await readFile(path, "utf8"));
  return readEvent({
    name: environment["GITHUB_EVENT_NAME"] ?? "",
    payload,
    ref: environment["GITHUB_REF"] ?? "",
    sha: environment["GITHUB_SHA"] ?? "",
  });
}

interface Parts {
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly event: RunEvent;
}

function contextOf(environment: Environment, { inputs, runner, event }: Parts): ActionContext {
  const workspace = environment["GITHUB_WORKSPACE"] ?? process.cwd();
  const serverUrl = environment["GITHUB_SERVER_URL"] ?? "https://github.com";
  const token = inputs["github-token"] ?? "";
  const [owner = "", name = ""] = (environment["GITHUB_REPOSITORY"] ?? "").split("/");
  const repository = { owner, name };
  const root = resolve(workspace, inputs["working-directory"] ?? ".");
  const below = relative(workspace, root).replaceAll("\\", "/");
  if (below.startsWith("..")) {
    const message = "the input working-directory leaves the repository";
    throw new ProblemError([{ code: "QG811", severity: "error", message }], 2);
  }
  const dryRun = inputs["dry-run"] === true ? { dryRun: (call: string) => runner.say(`would send: ${call}`) } : {};
  const apiUrl = environment["GITHUB_API_URL"] ?? "https://api.github.com";
  const octokit = githubClient({ token, apiUrl, ...dryRun });
  const ruleUrl = ruleUrlOf(environment, serverUrl);
  return {
    inputs,
    runner,
    terminal: runnerTerminal(runner),
    publisher: githubPublisher(octokit, repository),
    target: { cwd: workspace, serverUrl, token, repository, ...dryRun },
    root,
    prefix: below === "" ? "" : `${below}/`,
    ...(ruleUrl ? { ruleUrl } : {}),
    ref: environment["GITHUB_REF"] ?? "",
    commit: event.kind === "pull-request" ? event.head : (environment["GITHUB_SHA"] ?? ""),
  };
}

/** Pages of the rules in the very version of the action that runs. */
function ruleUrlOf(environment: Environment, serverUrl: string): ((rule: string) => string) | null {
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = environment;
  if (!repository || !ref) return null;
  const base = `${serverUrl}/${repository}/blob/${encodeURIComponent(ref)}/generators/review/rules`;
  return (rule) => `${base}/${encodeURIComponent(rule)}.md`;
}

/** Brings a result to everyone who may look for it: files, outputs, marks at the lines, the page of the run, the log. */
async function tell(context: ActionContext, result: RunResult, environment: Environment): Promise<Outputs> {
  const { runner, ruleUrl, inputs } = context;
  const { report, findings } = result;
  const folder = join(environment["RUNNER_TEMP"] ?? tmpdir(), "querygenie", environment["GITHUB_ACTION"] ?? "run");
  await mkdir(folder, { recursive: true });
  const reportPath = join(folder, "report.json");
  const sarifPath = join(folder, "querygenie.sarif");
  const sarif = sarifText(context, findings);
  await writeFile(reportPath, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(sarifPath, sarif);
  const undelivered = [...result.undelivered];
  if (inputs["upload-sarif"] === true && report.reviewed) {
    const upload = { sarif, commit: context.commit, ref: context.ref };
    await attemptInto(undelivered)(() => context.publisher.uploadSarif(upload));
  }
  const text = actionMarkdown(report, { limit: 800_000, ...(ruleUrl ? { ruleUrl } : {}) });
  const trouble = undelivered.length > 0 ? `\n**Not delivered**\n\n${problemMarkdown(undelivered)}` : "";
  await runner.summary(`${text ?? `### QueryGenie\n\n${result.said}\n`}${trouble}`);
  runner.annotate(findings, undelivered);
  for (const { code, message, help } of undelivered) runner.say(`⚠ ${code}  ${message}${help ? `\n  ${help}` : ""}`);
  const counts = countBySeverity(findings);
  const reviewed = report.databases.filter(({ review }) => review !== null);
  runner.say(
    reviewed.length > 0 ? `${counts.error} errors, ${counts.warning} warnings, ${counts.info} notes` : result.said,
  );
  return {
    ...noOutputs,
    findings: findings.length,
    errors: counts.error,
    warnings: counts.warning,
    "report-path": reportPath,
    "sarif-path": sarifPath,
    ...result.outputs,
  };
}

function sarifText({ prefix }: ActionContext, findings: readonly Finding[]): string {
  const placed = findings.map((one) => ({ ...one, span: { ...one.span, file: prefix + one.span.file } }));
  return `${JSON.stringify(sarifReport({ review: { findings: placed }, rules, toolVersion: toolVersion() }), null, 2)}\n`;
}

function countBySeverity(findings: readonly Finding[]): Record<Finding["severity"], number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
