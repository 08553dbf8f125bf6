import type { Octokit } from "@octokit/rest";
import { statusOf } from "#action/github/github-failure.ts";
import { configPaths } from "#schemas/config/find.ts";

/** Repository of an owner whose files hold for all of theirs, as GitHub itself has it. */
const REPOSITORY = ".github";

interface Asking {
  readonly owner: string;
  /** Asks as the job does. */
  readonly octokit: Octokit;
  /** Asks with a token for the owner's repository; rejects where the App is not installed in it. */
  readonly ownerOctokit: (repo: string) => Promise<Octokit>;
}

/**
 * The configuration of an owner's repositories, from the default branch of `.github`; null where there is none. Rejects when
 * GitHub does not answer: without it, what it forbids would be allowed.
 */
export async function ownerDefaults({ owner, octokit, ownerOctokit }: Asking): Promise<string | null> {
  // A public one is read with any token.
  const asking = await ownerOctokit(REPOSITORY).catch((error: unknown) => {
    if (NOT_INSTALLED.has(statusOf(error) ?? 0)) return octokit;
    throw error;
  });
  for (const path of configPaths) {
    const text = await textAt(asking, { owner, path });
    if (text !== null) return text;
  }
  return null;
}

/** What GitHub answers to a token for a repository that the installation does not have. */
const NOT_INSTALLED: ReadonlySet<number> = new Set([404, 422]);

async function textAt(octokit: Octokit, { owner, path }: { owner: string; path: string }): Promise<string | null> {
  try {
    const { data } = await octokit.rest.repos.getContent({ owner, repo: REPOSITORY, path });
    if (Array.isArray(data) || data.type !== "file" || !("content" in data)) return null;
    return Buffer.from(data.content, "base64").toString();
  } catch (error) {
    if (NO_FILE.has(statusOf(error) ?? 0)) return null;
    throw error;
  }
}

const NO_FILE: ReadonlySet<number> = new Set([404]);
