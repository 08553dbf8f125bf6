import type { Octokit } from "@octokit/rest";
import { ProblemError } from "#schemas/problem.ts";
import { commitByApi, type CommitRequest } from "./commit-files.ts";
import { fitsTheApi, isEmpty, type FileSet } from "./file-set.ts";
import { at, statusOf } from "./github-failure.ts";
import { pushFiles, type PushTarget } from "./push-files.ts";
import type { Repository } from "./pull-request-state.ts";

export interface PullRequestCommit extends CommitRequest {
  readonly title: string;
  readonly text: string;
}

export type PullRequestOutcome =
  | { readonly kind: "proposed"; readonly number: number; readonly sha: string; readonly files: number }
  | { readonly kind: "nothing" }
  | { readonly kind: "superseded" };

/** Trailer of our commits; it tells them from a person's. */
export const TRAILER = "QueryGenie-Digest";

/**
 * Puts files into one pull request a base branch, updated in place. Commits of people on its branch stay: ours then goes
 * on top of them. Throws `ProblemError`.
 */
export async function commitByPullRequest(
  octokit: Octokit,
  repository: Repository,
  request: PullRequestCommit,
  target: PushTarget,
): Promise<PullRequestOutcome> {
  const branch = `querygenie/docs/${request.branch}`;
  const own = await ownBranch(octokit, repository, { branch, base: request.branch });
  const isOnTop = own !== null && own.hasCommitsOfOthers;
  const parent = isOnTop ? own.tip : request.head;
  const files = await request.filesAt(parent);
  if (files === null) return { kind: "superseded" };
  if (isEmpty(files)) return { kind: "nothing" };
  const sha = isOnTop
    ? await onTop(octokit, repository, { ...request, branch, head: parent, files }, target)
    : await anew(octokit, repository, { ...request, branch, head: parent, files, exists: own !== null }, target);
  const number = await openPullRequest(octokit, repository, { ...request, branch, base: request.branch });
  return { kind: "proposed", number, sha, files: files.additions.length + files.deletions.length };
}

interface OwnBranch {
  readonly tip: string;
  readonly hasCommitsOfOthers: boolean;
}

const writing = { what: "write the branch of its pull request", needs: "contents: write" };

async function ownBranch(
  octokit: Octokit,
  { owner, name: repo }: Repository,
  { branch, base }: { readonly branch: string; readonly base: string },
): Promise<OwnBranch | null> {
  let tip: string;
  try {
    tip = (await octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` })).data.object.sha;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    return await at(writing, () => Promise.reject(error));
  }
  const { data } = await at(writing, () =>
    octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${tip}` }),
  );
  return { tip, hasCommitsOfOthers: data.commits.some(({ commit }) => !commit.message.includes(`\n${TRAILER}: `)) };
}

interface BranchCommit extends Omit<PullRequestCommit, "filesAt"> {
  readonly files: FileSet;
}

async function onTop(
  octokit: Octokit,
  repository: Repository,
  commit: BranchCommit,
  target: PushTarget,
): Promise<string> {
  const made = fitsTheApi(commit.files)
    ? await commitByApi(octokit, repository, commit)
    : await pushFiles(target, { ...commit, force: false });
  return committed(made, commit.branch);
}

/** The branch as the base with one commit, made aside first: GitHub closes a pull request whose branch equals its base. */
async function anew(
  octokit: Octokit,
  repository: Repository,
  commit: BranchCommit & { readonly exists: boolean },
  target: PushTarget,
): Promise<string> {
  const { branch, head, files, exists } = commit;
  if (!fitsTheApi(files)) return committed(await pushFiles(target, { ...commit, force: true }), branch);
  const { owner, name: repo } = repository;
  const aside = exists ? `${branch}-${head.slice(0, 12)}` : branch;
  await at(writing, async () => {
    try {
      await octokit.rest.git.createRef({ owner, repo, ref: `refs/heads/${aside}`, sha: head });
    } catch (error) {
      // Left by a run that was stopped.
      if (statusOf(error) !== 422) throw error;
      await octokit.rest.git.updateRef({ owner, repo, ref: `heads/${aside}`, sha: head, force: true });
    }
  });
  const sha = committed(await commitByApi(octokit, repository, { ...commit, branch: aside }), branch);
  if (!exists) return sha;
  await at(writing, () => octokit.rest.git.updateRef({ owner, repo, ref: `heads/${branch}`, sha, force: true }));
  await at(writing, () => octokit.rest.git.deleteRef({ owner, repo, ref: `heads/${aside}` }));
  return sha;
}

function committed(made: Awaited<ReturnType<typeof commitByApi>>, branch: string): string {
  if (made.kind === "committed") return made.sha;
  const why = made.kind === "protected" ? made.why : "it moved meanwhile";
  const message = `QueryGenie could not write the branch ${branch}: ${why}`;
  const help = "Let GitHub Actions write branches that begin with querygenie/, or set publish.mode to none.";
  throw new ProblemError([{ code: "QG807", severity: "warning", message, help }], 3);
}

async function openPullRequest(
  octokit: Octokit,
  { owner, name: repo }: Repository,
  {
    branch,
    base,
    title,
    text,
  }: { readonly branch: string; readonly base: string } & Pick<PullRequestCommit, "title" | "text">,
): Promise<number> {
  const opening = { what: "open a pull request", needs: "pull-requests: write" };
  const { data } = await at(opening, () =>
    octokit.rest.pulls.list({ owner, repo, base, head: `${owner}:${branch}`, state: "open" }),
  );
  const [open] = Array.isArray(data) ? data : [];
  if (open) {
    if (open.body?.trim() !== text.trim() || open.title !== title) {
      await at(opening, () => octokit.rest.pulls.update({ owner, repo, pull_number: open.number, title, body: text }));
    }
    return open.number;
  }
  try {
    const made = await octokit.rest.pulls.create({ owner, repo, base, head: branch, title, body: text });
    return made.data.number ?? 0;
  } catch (error) {
    if (statusOf(error) !== 403) return await at(opening, () => Promise.reject(error));
    const message = `QueryGenie could not open a pull request; its files are on the branch ${branch}`;
    const help =
      "Open it yourself, or give the job pull-requests: write and tick Settings → Actions → General → " +
      '"Allow GitHub Actions to create and approve pull requests".';
    throw new ProblemError([{ code: "QG809", severity: "warning", message, help }], 3, error);
  }
}
