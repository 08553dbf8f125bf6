import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { plainEnvironment } from "../workspace/git-process.ts";
import { fetchCommit } from "../github/push-files.ts";
import type { PullRequestEvent } from "../runner/run-event.ts";
import type { ActionContext } from "./action-context.ts";

/**
 * The commit that the checkout of a pull request comes on top of. GitHub checks out the merge with the base as it is
 * now, which may be newer than the base that the event names. Fetched when a shallow clone lacks it.
 */
export async function baseOfCheckout(
  { target }: Pick<ActionContext, "target">,
  event: Pick<PullRequestEvent, "head" | "base">,
): Promise<string> {
  const parents = await parentsOfHead(target.cwd);
  const [first, second] = parents;
  const base = first !== undefined && second === event.head ? first : event.base;
  await fetchCommit(target, base);
  return base;
}

/** From the commit itself: a shallow clone knows its parents' names but denies that they exist. */
async function parentsOfHead(cwd: string): Promise<readonly string[]> {
  const options = { cwd, env: plainEnvironment() };
  const { stdout } = await promisify(execFile)("git", ["cat-file", "commit", "HEAD"], options).catch(() => ({
    stdout: "",
  }));
  return [...stdout.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, sha = ""]) => sha);
}
