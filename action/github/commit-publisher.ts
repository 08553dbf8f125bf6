import type { Artifact } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { ActionContext } from "../events/action-context.ts";
import { folderPublisher } from "../folder-publisher.ts";
import { inputDigest } from "../manifest.ts";
import { openProject, type Project } from "../project.ts";
import type { Publisher } from "../publisher.ts";
import { queryPaths } from "../run-build.ts";
import { gitWorkspace } from "../workspace/git-workspace.ts";
import { TRAILER, type PullRequestOutcome } from "./commit-by-pull-request.ts";
import type { CommitOutcome, CommitRequest } from "./commit-files.ts";
import type { FileSet } from "./file-set.ts";
import { fetchCommit } from "./push-files.ts";

export interface CommitPublisherOptions {
  readonly project: Project;
  /** Branch that the files are for. */
  readonly branch: string;
  /** Commit that the checkout holds. */
  readonly head: string;
  /** Digest of the input that the files are made from. */
  readonly digest: string;
  readonly mode: "commit" | "pull-request" | "none";
  /** Written too, and afterwards the user's own. */
  readonly extras?: readonly Artifact[];
  /** Text of the pull request, when there will be one. */
  readonly proposal?: { readonly title: string; readonly text: string };
}

export type Outcome = CommitOutcome | PullRequestOutcome;

/** Publishes into the checkout, for the steps that follow, and from there to the branch at GitHub. */
export interface CommitPublisher extends Publisher {
  /** What became of the commit; null before and without one. */
  outcome(): Outcome | null;
}

const PROPOSAL = {
  title: "Update the database's documents and fixtures",
  text:
    "QueryGenie made these files from the schema on the base branch. Merging brings them up to date; the next change " +
    "of the schema updates this pull request.",
};

export function commitPublisher(context: ActionContext, options: CommitPublisherOptions): CommitPublisher {
  const { project, branch, head, digest, mode, extras = [], proposal = PROPOSAL } = options;
  let outcome: Outcome | null = null;
  return {
    outcome: () => outcome,
    async publish(artifacts, owned) {
      const all = [...artifacts, ...extras];
      const published = await folderPublisher(project.root).publish(all, owned);
      if (mode === "none") return published;
      const request: CommitRequest = {
        branch,
        head,
        message: { headline: proposal.title, body: `${TRAILER}: ${digest}` },
        filesAt: (commit) => filesAt({ context, project, digest, head, commit, artifacts: all, owned }),
      };
      const made = mode === "commit" ? await context.publisher.commit(request, context.target) : null;
      if (made !== null && made.kind !== "protected") {
        outcome = made;
        return published;
      }
      if (made) context.runner.say(`${branch} takes no direct commits (${made.why}); opening a pull request.`);
      outcome = await context.publisher.commitByPullRequest(
        { ...request, title: proposal.title, text: proposal.text },
        context.target,
      );
      return published;
    },
  };
}

interface FilesAt {
  readonly context: ActionContext;
  readonly project: Project;
  readonly digest: string;
  readonly head: string;
  readonly commit: string;
  readonly artifacts: readonly Artifact[];
  readonly owned: readonly string[];
}

/** What a commit's tree lacks of the files; null when that commit was made from another schema. */
async function filesAt({ context, project, digest, head, commit, artifacts, owned }: FilesAt): Promise<FileSet | null> {
  await fetchCommit(context.target, commit);
  const workspace = await gitWorkspace({ cwd: project.root, revision: commit });
  if (commit !== head && (await digestOf(project, workspace)) !== digest) return null;
  const additions: { path: string; content: Uint8Array }[] = [];
  for (const { path, content } of artifacts) {
    const bytes = Buffer.from(content);
    const present = await workspace.read(path);
    if (!present || !bytes.equals(present)) additions.push({ path: context.prefix + path, content: bytes });
  }
  const made = new Set(artifacts.map(({ path }) => path));
  const deletions: string[] = [];
  for (const path of owned) {
    if (!made.has(path) && (await workspace.exists(path))) deletions.push(context.prefix + path);
  }
  return { additions, deletions };
}

async function digestOf(project: Project, workspace: Project["workspace"]): Promise<string | null> {
  try {
    const configPath = project.configPath === null ? {} : { configPath: project.configPath };
    const opened = await openProject({ ...project, workspace }, configPath);
    return await inputDigest({ ...opened, config: project.config }, queryPaths(opened));
  } catch (error) {
    // A newer commit without a readable schema is other input.
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
