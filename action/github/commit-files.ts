import type { Octokit } from "@octokit/rest";
import { ProblemError } from "#schemas/problem.ts";
import { isEmpty, fitsTheApi, type FileSet } from "./file-set.ts";
import { at, graphqlTypes } from "./github-failure.ts";
import { pushFiles, type PushTarget } from "./push-files.ts";
import type { Repository } from "./pull-request-state.ts";

export interface CommitMessage {
  readonly headline: string;
  readonly body: string;
}

export interface CommitRequest {
  readonly branch: string;
  /** Commit that the branch is expected at. */
  readonly head: string;
  readonly message: CommitMessage;
  /**
   * What differs from the tree of a commit. Null when that commit was made from other input: the run of that commit has
   * other files to write.
   */
  readonly filesAt: (commit: string) => Promise<FileSet | null>;
}

export type CommitOutcome =
  | { readonly kind: "committed"; readonly sha: string; readonly files: number; readonly by: "api" | "git" }
  | { readonly kind: "nothing" }
  /** A newer commit has other input. */
  | { readonly kind: "superseded" }
  /** The branch takes no direct commits. `why` is what GitHub said. */
  | { readonly kind: "protected"; readonly why: string };

const ATTEMPTS = 5;

const doing = { what: "commit to the branch", needs: "contents: write" };

/** Commits onto a branch that others may push to at the same time, without ever undoing their work. Throws `ProblemError`. */
export async function commitFiles(
  octokit: Octokit,
  repository: Repository,
  request: CommitRequest,
  target: PushTarget,
): Promise<CommitOutcome> {
  let { head } = request;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const files = await request.filesAt(head);
    if (files === null) return { kind: "superseded" };
    if (isEmpty(files)) return { kind: "nothing" };
    const made = fitsTheApi(files)
      ? await commitByApi(octokit, repository, { ...request, head, files })
      : await pushFiles(target, { ...request, head, files, force: false });
    if (made.kind !== "moved") return made;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 500 * attempt));
    head = await headOfBranch(octokit, repository, request.branch);
  }
  const message = `QueryGenie could not commit to ${request.branch}: it moved ${ATTEMPTS} times meanwhile`;
  throw new ProblemError([{ code: "QG808", severity: "warning", message, help: "Run the job again." }], 3);
}

export interface ApiCommit extends Pick<CommitRequest, "branch" | "head" | "message"> {
  readonly files: FileSet;
}

/** One commit that GitHub signs. `moved` when the branch is not where it was expected. */
export async function commitByApi(
  octokit: Octokit,
  { owner, name }: Repository,
  { branch, head, message, files }: ApiCommit,
): Promise<CommitOutcome | { readonly kind: "moved" }> {
  const additions = files.additions.map(({ path, content }) => ({
    path,
    contents: Buffer.from(content).toString("base64"),
  }));
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${name}`, branchName: branch },
    expectedHeadOid: head,
    message,
    fileChanges: { additions, deletions: files.deletions.map((path) => ({ path })) },
  };
  try {
    const answer = await octokit.graphql<CommitAnswer>(COMMIT, { input });
    const sha = answer.createCommitOnBranch?.commit.oid ?? "";
    return { kind: "committed", sha, files: additions.length + files.deletions.length, by: "api" };
  } catch (error) {
    const types = graphqlTypes(error);
    if (types.includes("STALE_DATA")) return { kind: "moved" };
    if (types.includes("UNPROCESSABLE")) return { kind: "protected", why: reason(error) };
    return await at(doing, () => Promise.reject(error));
  }
}

export async function headOfBranch(
  octokit: Octokit,
  { owner, name: repo }: Repository,
  branch: string,
): Promise<string> {
  const { data } = await at(doing, () => octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` }));
  return data.object.sha;
}

function reason(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.replaceAll(/\s+/g, " ").trim().slice(0, 200);
}

interface CommitAnswer {
  /** Absent in a dry run. */
  readonly createCommitOnBranch?: { readonly commit: { readonly oid: string } };
}

export const COMMIT: string = `mutation CreateCommitOnBranch($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;
