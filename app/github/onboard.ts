import type { Octokit } from "@octokit/rest";
import { statusOf } from "#action/github/github-failure.ts";
import { githubPublisher } from "#action/github/publisher.ts";
import { checkoutBranch } from "./checkout.ts";
import type { Workplace } from "./workplace.ts";

export interface OnboardRequest {
  readonly octokit: Octokit;
  readonly where: { readonly owner: string; readonly repo: string };
  readonly workplace: () => Promise<Workplace>;
  readonly token: string;
  readonly serverUrl: string;
}

/** Branch of the pull request that brings the configuration; whoever closed it is not asked again. */
export const SETUP_BRANCH = "querygenie/setup";
const CONFIG = "querygenie.yml";
/** What says that somebody has set it up already. */
const CONFIGS = [CONFIG, ".querygenie.yml", ".github/querygenie.yml", ".tbls.yml"];

/**
 * Proposes a configuration with what was found, once in the life of a repository. Nothing where there is a configuration,
 * no schema, or where the pull request was opened before, whatever became of it.
 */
export async function onboard({ octokit, where, workplace, token, serverUrl }: OnboardRequest): Promise<void> {
  const { data: repository } = await octokit.rest.repos.get(where);
  // An archived repository takes no pull request, and a fork's schema is another's.
  if (repository.archived || repository.fork) return;
  const { data: before } = await octokit.rest.pulls.list({
    ...where,
    head: `${where.owner}:${SETUP_BRANCH}`,
    state: "all",
  });
  if (before.length > 0) return;
  const base = repository.default_branch;
  const place = await workplace();
  // A repository without a commit has no branch either.
  const tip = await place.git(["ls-remote", "--exit-code", "--", place.url, `refs/heads/${base}`]);
  if (tip.code === NO_REF) return;
  const { commit } = await checkoutBranch(place.git, { url: place.url, branch: base });
  for (const path of CONFIGS) if ((await place.read(path)) !== null) return;
  const { code } = await place.command(["init"]);
  if (code === 2) return;
  const text = code === 0 ? await place.read(CONFIG) : null;
  if (text === null) throw new Error("The configuration could not be written.");
  await propose({ octokit, where, base, commit, text, target: { cwd: place.folder, serverUrl, token } });
}

/** What `git ls-remote --exit-code` says when nothing fits. */
const NO_REF = 2;

interface Proposal extends Pick<OnboardRequest, "octokit" | "where"> {
  readonly base: string;
  readonly commit: string;
  readonly text: string;
  readonly target: { readonly cwd: string; readonly serverUrl: string; readonly token: string };
}

/** Each step finds what an attempt before has done. */
async function propose({ octokit, where, base, commit, text, target }: Proposal): Promise<void> {
  const { owner, repo } = where;
  const repository = { owner, name: repo };
  const head = await branchAt(octokit, where, commit);
  const additions = [{ path: CONFIG, content: Buffer.from(text) }];
  if (head === commit) {
    await githubPublisher(octokit, repository).commit(
      {
        branch: SETUP_BRANCH,
        head,
        message: { headline: "Configure QueryGenie", body: "" },
        filesAt: async (at) => (at === commit ? { additions, deletions: [] } : null),
      },
      { ...target, repository },
    );
  }
  await octokit.rest.pulls.create({ ...where, base, head: SETUP_BRANCH, title: TITLE, body: BODY });
}

/** Makes the branch at a commit; where it is, when it is there already. */
async function branchAt(octokit: Octokit, where: OnboardRequest["where"], commit: string): Promise<string> {
  try {
    return (await octokit.rest.git.getRef({ ...where, ref: `heads/${SETUP_BRANCH}` })).data.object.sha;
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
  await octokit.rest.git.createRef({ ...where, ref: `refs/heads/${SETUP_BRANCH}`, sha: commit });
  return commit;
}

const TITLE = "Configure QueryGenie";
const BODY = [
  "QueryGenie was installed here and found the schema that `querygenie.yml` names.",
  "",
  "Nothing needs this file: pull requests are reviewed without it, with what is found each time. It fixes what is read, and is the place for settings.",
  "",
  "Close this pull request to keep things as they are; it is not opened again.",
].join("\n");
