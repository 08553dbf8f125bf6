import type { Octokit } from "@octokit/rest";
import { githubClient } from "#action/github/client.ts";
import { statusOf } from "#action/github/github-failure.ts";
import { githubPublisher } from "#action/github/publisher.ts";
import type { ServerLog } from "../log.ts";
import type { CallerRate } from "../query/caller-rate.ts";
import { applyFixes, MOVED } from "./apply-fixes.ts";
import { cancelCheck, endCheck, startCheck } from "./check-run.ts";
import { checkoutBranch, checkoutGroup, checkoutPull } from "./checkout.ts";
import { GoneError } from "./gone-error.ts";
import { helpText, mayCommand, parseCommand, roleOf, type CommandName, type Role } from "./command.ts";
import type { Job } from "./job.ts";
import type { Queue } from "./queue/queue.ts";
import { ownerDefaults } from "./owner-defaults.ts";
import { onboard } from "./onboard.ts";
import { openWorkplace, type ActionResult, type Workplace } from "./workplace.ts";

export interface JobWorld {
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly cacheDir: string;
  /** Keys of models for the jobs of an owner's repositories. Default: none. */
  readonly keysFor?: (owner: string) => Readonly<Record<string, string>>;
  /** A token of an installation for one repository. */
  readonly tokenFor: (installation: number, repo: string) => Promise<string>;
  readonly notes: Pick<Queue, "note" | "setNote">;
  /** How often one person may give commands. */
  readonly rate: CallerRate;
  readonly log: ServerLog;
}

type Pull = Awaited<ReturnType<Octokit["rest"]["pulls"]["get"]>>["data"];
type Kind<K extends Job["kind"]> = Extract<Job, { readonly kind: K }>;

interface Doing<J extends Job = Job> {
  readonly job: J;
  readonly world: JobWorld;
  readonly octokit: Octokit;
  readonly where: { readonly owner: string; readonly repo: string };
  /** Opens a folder for this job; closed when the job ends. */
  readonly workplace: () => Promise<Workplace>;
}

/** Does one job with the action's own parts. May be done again: each of its writes finds what is there already. */
export async function runJob(job: Job, world: JobWorld, signal: AbortSignal): Promise<void> {
  const { owner, repo, installation } = job;
  const token = await world.tokenFor(installation, repo).catch((error: unknown) => {
    throw GONE.has(statusOf(error) ?? 0) ? new GoneError(error) : error;
  });
  const octokit = githubClient({ token, apiUrl: world.apiUrl });
  const opened: Workplace[] = [];
  const place = { owner, repo, token, ...world, keys: world.keysFor?.(owner) ?? {}, signal };
  const ownerOctokit = async (name: string): Promise<Octokit> =>
    githubClient({ token: await world.tokenFor(installation, name), apiUrl: world.apiUrl });
  const workplace = async (): Promise<Workplace> => {
    const made = await openWorkplace({ ...place, defaults: await ownerDefaults({ owner, octokit, ownerOctokit }) });
    opened.push(made);
    return made;
  };
  const shared = { world, octokit, where: { owner, repo }, workplace };
  try {
    switch (job.kind) {
      case "pull-request":
        await review({ job, ...shared }, { asked: false });
        return;
      case "docs":
        return await onButton({ job, ...shared });
      case "fixes":
        return await onFixes({ job, ...shared }, token);
      case "onboard":
        return await onboard({ ...shared, token, serverUrl: world.serverUrl });
      case "branch":
        return await onBranch({ job, ...shared });
      case "merge-group":
        return await onMergeGroup({ job, ...shared });
      case "command":
        return await onCommand({ job, ...shared });
      default:
        return job satisfies never;
    }
  } finally {
    await Promise.all(opened.map((one) => one.close()));
  }
}

/** What GitHub answers to a token for an installation that is suspended, is no more, or has not this repository. */
const GONE: ReadonlySet<number> = new Set([403, 404, 422]);

/** Where it is noted that a pull request is not reviewed. */
const pauseOf = ({ owner, repo, number }: { owner: string; repo: string; number: number }): string =>
  `paused ${owner}/${repo}#${number}`;

/** Reviews a pull request as it is now. `asked`: by a person, for whom a pause does not hold; `commits` the files too. */
async function review(
  { job, world, octokit, where, workplace }: Doing<Kind<"pull-request" | "docs" | "command">>,
  { asked, commits = false }: { readonly asked: boolean; readonly commits?: boolean },
): Promise<ActionResult | null> {
  if (!asked && (await world.notes.note(pauseOf(job))) !== null) return null;
  const { data: pull } = await octokit.rest.pulls.get({ ...where, pull_number: job.number });
  if (pull.state !== "open") return null;
  const { sha: head } = pull.head;
  const check = await startCheck(octokit, where, head);
  try {
    const result = await runPull(await workplace(), { pull, commits });
    // Nothing of what failed inside is lost by another attempt.
    if (result.code === 3) throw new Error("The run could not work.");
    await endCheck(octokit, where, { check, result, mayCommit: !isOfFork(pull) });
    return result;
  } catch (error) {
    await cancelCheck(octokit, where, check);
    throw error;
  }
}

const isOfFork = ({ head, base }: Pull): boolean => head.repo?.full_name !== base.repo.full_name;

async function runPull(
  place: Workplace,
  { pull, commits }: { readonly pull: Pull; readonly commits: boolean },
): Promise<ActionResult> {
  const { number, head, base } = pull;
  const { commit } = await checkoutPull(place.git, { url: place.url, number, baseBranch: base.ref, head: head.sha });
  const result = await place.action({
    event: "pull_request",
    payload: { action: "synchronize", number, pull_request: pull, repository: base.repo },
    ref: `refs/pull/${number}/merge`,
    sha: commit,
    // What a stranger's files say goes to no model that somebody else pays for.
    hasKeys: !isOfFork(pull),
    inputs: commits ? { "on-pull-requests": "commit", "publish-mode": "commit" } : {},
  });
  if (!isOfFork(pull) || (result.code !== 0 && result.code !== 1)) return result;
  // For a fork's token the action writes nothing. Ours may, and says what the report holds, as after a fork's run.
  await place.action({
    event: "workflow_run",
    payload: {
      workflow_run: {
        head_sha: head.sha,
        head_branch: head.ref,
        event: "pull_request",
        conclusion: "success",
        head_repository: { owner: { login: head.user?.login ?? "" } },
      },
      repository: base.repo,
    },
    ref: `refs/heads/${base.repo.default_branch}`,
    sha: commit,
    inputs: { report: result.reportPath },
  });
  return result;
}

async function onBranch({ job, octokit, where, workplace }: Doing<Kind<"branch">>): Promise<void> {
  const place = await workplace();
  const { commit } = await checkoutBranch(place.git, { url: place.url, branch: job.branch });
  const { data: repository } = await octokit.rest.repos.get(where);
  const ref = `refs/heads/${job.branch}`;
  const { code } = await place.action({
    event: "push",
    payload: { ref, after: commit, repository },
    ref,
    sha: commit,
    hasKeys: true,
  });
  if (code === 3 || code === null) throw new Error("The run of the branch could not work.");
}

async function onMergeGroup({ job, octokit, where, workplace }: Doing<Kind<"merge-group">>): Promise<void> {
  const check = await startCheck(octokit, where, job.head);
  try {
    const place = await workplace();
    await checkoutGroup(place.git, { url: place.url, base: job.base, head: job.head });
    const { data: repository } = await octokit.rest.repos.get(where);
    const group = { base_sha: job.base, head_sha: job.head };
    const result = await place.action({
      event: "merge_group",
      payload: { action: "checks_requested", merge_group: group, repository },
      ref: `refs/heads/${repository.default_branch}`,
      sha: job.head,
      hasKeys: true,
    });
    if (result.code === 3) throw new Error("The run of the merge queue could not work.");
    await endCheck(octokit, where, { check, result, mayCommit: false });
  } catch (error) {
    await cancelCheck(octokit, where, check);
    throw error;
  }
}

/** GitHub shows the button to everyone who may write, and tells who pressed it; we ask again. */
async function onButton(doing: Doing<Kind<"docs">>): Promise<void> {
  const role = await roleIn(doing, doing.job.user);
  if (!mayCommand("docs", { role, isAuthor: false })) return;
  await review(doing, { asked: true, commits: true });
}

/** Commits safe forms onto the commit whose check has the button, and says in a comment what came of it. */
async function onFixes(doing: Doing<Kind<"fixes">>, token: string): Promise<void> {
  const { job, world, octokit, where, workplace } = doing;
  const role = await roleIn(doing, job.user);
  if (!mayCommand("docs", { role, isAuthor: false })) return;
  const { data: pull } = await octokit.rest.pulls.get({ ...where, pull_number: job.number });
  if (pull.state !== "open" || isOfFork(pull)) return;
  const { serverUrl } = world;
  const isNew = pull.head.sha === job.head;
  const body = isNew ? await applyFixes({ octokit, place: await workplace(), pull, token, serverUrl }) : MOVED;
  await say(doing, { key: `fixes ${job.head}`, body });
}

async function roleIn({ octokit, where }: Pick<Doing, "octokit" | "where">, username: string): Promise<Role> {
  const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...where, username });
  return roleOf(data.role_name || data.permission);
}

async function onCommand(doing: Doing<Kind<"command">>): Promise<void> {
  const { job, octokit, where, world } = doing;
  const react = (content: "eyes" | "rocket" | "confused") =>
    octokit.rest.reactions.createForIssueComment({ ...where, comment_id: job.comment, content });
  const parsed = parseCommand(job.text);
  const isAuthor = job.user === job.author;
  const role = await roleIn(doing, job.user);
  // Whoever may not ask gets a sign and no words: the words would be a way to write here.
  const name = parsed.kind === "command" ? parsed.name : "help";
  if (!mayCommand(name, { role, isAuthor }) || world.rate.take(job.user) > 0) {
    await react("confused");
    return;
  }
  await react("eyes");
  if (parsed.kind === "unclear") {
    await reply(doing, `${parsed.message}\n\n${helpText()}`);
    await react("confused");
    return;
  }
  const answer = await obey(doing, parsed);
  if (answer.text !== null) await reply(doing, answer.text);
  await react(answer.isGood ? "rocket" : "confused");
}

interface Answered {
  /** Null where the run has said it already. */
  readonly text: string | null;
  readonly isGood: boolean;
}

async function obey(
  doing: Doing<Kind<"command">>,
  { name, argument }: { readonly name: CommandName; readonly argument: string },
): Promise<Answered> {
  const { job, world } = doing;
  switch (name) {
    case "help":
      return { text: helpText(), isGood: true };
    case "pause":
    case "resume":
      await world.notes.setNote(pauseOf(job), name === "pause" ? job.user : null);
      return { text: null, isGood: true };
    case "review": {
      const result = await review(doing, { asked: true });
      return { text: null, isGood: result !== null && result.code !== 2 };
    }
    case "docs":
    case "seed": {
      const result = await review(doing, { asked: true, commits: true });
      return { text: null, isGood: result !== null && result.code !== 2 };
    }
    case "explain":
    case "optimize":
      return await inTerminal(doing, [name, "-", "--offline"], argument);
    case "ask":
      return await inTerminal(doing, ["ask", "--offline", "--", argument], "");
    default:
      return name satisfies never;
  }
}

/** A command of the terminal on the pull request's schema, with what it printed as the answer. */
async function inTerminal(
  { job, octokit, where, workplace }: Doing<Kind<"command">>,
  words: readonly string[],
  input: string,
): Promise<Answered> {
  const { data: pull } = await octokit.rest.pulls.get({ ...where, pull_number: job.number });
  const place = await workplace();
  const { ref: baseBranch } = pull.base;
  await checkoutPull(place.git, { url: place.url, number: job.number, baseBranch, head: pull.head.sha });
  const { code, out, said } = await place.command(words, input);
  if (code === 3 || code === null) throw new Error(`querygenie ${words[0] ?? ""} could not work.`);
  return { text: codeBlock(code === 0 ? `${out}\n${said}` : said || out), isGood: code === 0 };
}

/** Characters of an answer. */
const LONGEST_ANSWER = 30_000;

/** A fence longer than any in the text: nothing inside is Markdown, and nobody is mentioned. */
function codeBlock(text: string): string {
  const kept = text.trim().slice(0, LONGEST_ANSWER);
  const longest = Math.max(2, ...[...kept.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${kept}\n${fence}`;
}

/** One answer a command: a second attempt finds the first one's. */
const reply = (doing: Doing<Kind<"command">>, body: string): Promise<void> =>
  say(doing, { key: `command ${doing.job.comment}`, body });

async function say(
  { job, octokit, where }: Doing<Kind<"command" | "fixes">>,
  comment: { readonly key: string; readonly body: string },
): Promise<void> {
  const publisher = githubPublisher(octokit, { owner: where.owner, name: where.repo });
  const state = await publisher.readPullRequest(job.number);
  await publisher.comment(state, comment);
}
