/** Runs the built action as GitHub's runner does: a checkout, inputs and files by environment, commands on stdout. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { FakeGithub } from "./fake-github/fake-github.ts";
import type { FakePull, FakeRepository } from "./fake-github/fake-state.ts";
import { pullJson, repositoryJson } from "./fake-github/rest-json.ts";
import { testCacheDir } from "./cache-dir.ts";

export interface ActionStep {
  readonly github: FakeGithub;
  readonly repository: FakeRepository;
  /** Folder of the action. */
  readonly action: string;
  readonly token: string;
  readonly event: string;
  readonly payload: unknown;
  readonly ref: string;
  /** Commit that is checked out and that the run is about. */
  readonly sha: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** `fetch-depth` of the checkout; 0 is everything. Default 0. */
  readonly depth?: number;
  /** Called with the checkout before the step starts. */
  readonly prepare?: (workspace: string) => void;
  /** Keeps the checkout for what follows; the caller removes it. */
  readonly workspace?: string;
}

export interface ActionRun {
  readonly code: number | null;
  readonly log: string;
  /** `error`, `warning` and `notice` commands that the runner obeyed. */
  readonly annotations: readonly { readonly kind: string; readonly properties: string; readonly text: string }[];
  readonly masked: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Text of `report.json`; empty when none was written. */
  readonly report: string;
  readonly milliseconds: number;
  /** Until the first line of the log. */
  readonly firstOutput: number;
}

export async function runAction(step: ActionStep): Promise<ActionRun> {
  const folder = mkdtempSync(join(tmpdir(), "querygenie-step-"));
  const workspace = step.workspace ?? join(folder, "workspace");
  try {
    if (!existsSync(join(workspace, ".git"))) checkout(step, workspace);
    step.prepare?.(workspace);
    return await runStep(step, folder, workspace);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What actions/checkout leaves behind without keeping the credentials. It is copied from the disk: the server is ours. */
export function checkout({ github, repository, sha, depth = 0 }: ActionStep, workspace: string): void {
  mkdirSync(workspace, { recursive: true });
  const env = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_CONFIG_GLOBAL: "/dev/null" };
  const git = (...words: readonly string[]) => execFileSync("git", [...words], { cwd: workspace, env, stdio: "pipe" });
  const from = `file://${repository.bare.path}`;
  const refs = depth === 0 ? ["+refs/heads/*:refs/remotes/origin/*"] : [];
  const shallow = depth === 0 ? [] : [`--depth=${depth}`];
  git("init", "--quiet");
  git("remote", "add", "origin", `${github.url}/${repository.owner}/${repository.name}`);
  git("fetch", "--quiet", "--no-tags", ...shallow, from, ...refs, `+${sha}:refs/remotes/run`);
  git("checkout", "--quiet", "--force", sha);
}

function runStep(step: ActionStep, folder: string, workspace: string): Promise<ActionRun> {
  const { github, repository, action, event, payload, ref, sha, token } = step;
  const files = ["event.json", "output", "summary", "env", "path", "state"].map((name) => join(folder, name));
  const [eventFile = "", output = "", summary = "", envFile = "", pathFile = "", state = ""] = files;
  for (const file of files) writeFileSync(file, "");
  writeFileSync(eventFile, JSON.stringify(payload));
  const temp = join(folder, "temp");
  mkdirSync(temp);
  const env: Record<string, string> = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    QUERYGENIE_CACHE_DIR: testCacheDir,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: eventFile,
    GITHUB_REPOSITORY: `${repository.owner}/${repository.name}`,
    GITHUB_REF: ref,
    GITHUB_SHA: sha,
    GITHUB_WORKSPACE: workspace,
    GITHUB_ACTION: "querygenie",
    GITHUB_ACTION_REPOSITORY: "querygenie/querygenie",
    GITHUB_ACTION_REF: "v0.1.0",
    GITHUB_SERVER_URL: github.url,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_ENV: envFile,
    GITHUB_PATH: pathFile,
    GITHUB_STATE: state,
    RUNNER_TEMP: temp,
    RUNNER_OS: "Linux",
    ...inputDefaults(action, token),
    ...Object.fromEntries(Object.entries(step.inputs ?? {}).map(([name, value]) => [inputName(name), value])),
    ...step.env,
  };
  const started = performance.now();
  let firstOutput = Number.NaN;
  const child = spawn(process.execPath, [join(action, "dist/main.js")], {
    cwd: workspace,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  const take = (chunk: Buffer): void => {
    if (log === "") firstOutput = performance.now() - started;
    log += chunk.toString("utf8");
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const outputs = readOutputs(readFileSync(output, "utf8"));
      const reportPath = outputs["report-path"] ?? "";
      resolve({
        code,
        ...readLog(log),
        outputs,
        summary: readFileSync(summary, "utf8"),
        report: reportPath !== "" && existsSync(reportPath) ? readFileSync(reportPath, "utf8") : "",
        milliseconds: performance.now() - started,
        firstOutput,
      });
    });
  });
}

const inputName = (name: string): string => `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;

function inputDefaults(action: string, token: string): Record<string, string> {
  const metadata: unknown = parse(readFileSync(join(action, "action.yml"), "utf8"));
  const inputs: Readonly<Record<string, { readonly default?: string }>> = Object(Object(metadata).inputs);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [
      inputName(name),
      (input.default ?? "").replace("${{ github.token }}", token),
    ]),
  );
}

/** Obeys the commands in a log as the runner does: `stop-commands` switches them off until its token comes. */
export function readLog(log: string): Pick<ActionRun, "log" | "annotations" | "masked"> {
  const annotations: { kind: string; properties: string; text: string }[] = [];
  const masked: string[] = [];
  const kept: string[] = [];
  let stoppedBy: string | null = null;
  for (const line of log.split("\n")) {
    const [, name = "", properties = "", text = ""] = /^::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
    if (stoppedBy !== null) {
      if (line.trim() === `::${stoppedBy}::`) stoppedBy = null;
      else kept.push(line);
    } else if (name === "stop-commands") stoppedBy = text;
    else if (name === "add-mask") masked.push(text);
    else if (name === "error" || name === "warning" || name === "notice") {
      annotations.push({ kind: name, properties: unescape(properties), text: unescape(text) });
    } else kept.push(line);
  }
  return { log: kept.join("\n"), annotations, masked };
}

const unescape = (text: string): string =>
  text
    .replaceAll("%0A", "\n")
    .replaceAll("%0D", "\r")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");

function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [, name, end] = /^([\w-]+)<<(.+)$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined) continue;
    const value: string[] = [];
    while (lines[++at] !== end && at < lines.length) value.push(lines[at] ?? "");
    outputs[name] = value.join("\n");
  }
  return outputs;
}

/** A `pull_request` run, checked out at the merge as GitHub does. */
export function pullRequestStep(
  repository: FakeRepository,
  pull: FakePull,
  action = "synchronize",
): Pick<ActionStep, "event" | "payload" | "ref" | "sha"> {
  const { bare } = repository;
  const base = bare.resolve(`refs/heads/${pull.baseRef}`) ?? "";
  const head = bare.resolve(`refs/pull/${pull.number}/head`) ?? "";
  const [tree = ""] = bare.git(["merge-tree", "--write-tree", base, head]).split("\n");
  const sha = bare.git(["commit-tree", tree, "-p", base, "-p", head], { input: "Merge\n" }).trim();
  bare.setRef(`refs/pull/${pull.number}/merge`, sha);
  const payload = {
    action,
    number: pull.number,
    pull_request: pullJson(repository, pull),
    repository: repositoryJson(repository),
  };
  return { event: "pull_request", payload, ref: `refs/pull/${pull.number}/merge`, sha };
}

/** A `push` run of a branch. */
export function pushStep(
  repository: FakeRepository,
  branch = "main",
): Pick<ActionStep, "event" | "payload" | "ref" | "sha"> {
  const sha = repository.bare.resolve(`refs/heads/${branch}`) ?? "";
  const ref = `refs/heads/${branch}`;
  return { event: "push", payload: { ref, after: sha, repository: repositoryJson(repository) }, ref, sha };
}
