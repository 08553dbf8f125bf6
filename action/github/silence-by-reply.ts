import type { Octokit } from "@octokit/rest";
import { at } from "./github-failure.ts";
import { ownThreads } from "./plan-review.ts";
import type { PullRequestState, Repository } from "./pull-request-state.ts";

/** A finding that somebody with write access left out by replying to its comment. */
export interface Silence {
  readonly fingerprint: string;
  readonly by: string;
  readonly reason: string;
}

/** `ignore because we run this at night`; without a reason it is no exception. */
const REPLY = /^\s*(?:@\S+\s+)?ignore because\s+(\S[^\n]{0,500})/i;

const MAY_SILENCE = new Set(["admin", "maintain", "write"]);

/**
 * The findings that replies leave out. Who may write to the repository may do so; of others the reply is only a reply.
 * Throws `ProblemError`.
 */
export async function silencesByReply(
  octokit: Octokit,
  { owner, name: repo }: Repository,
  { threads }: Pick<PullRequestState, "threads">,
): Promise<readonly Silence[]> {
  const asked = ownThreads(threads).flatMap(({ fingerprints, replies }) =>
    replies.flatMap(({ body, author, isOwn }) => {
      const reason = REPLY.exec(body)?.[1]?.trim();
      return reason === undefined || isOwn || author === "" ? [] : [{ fingerprints, author, reason }];
    }),
  );
  const doing = { what: "ask who may leave out a finding", needs: "contents: read" };
  const rights = new Map<string, boolean>();
  for (const author of new Set(asked.map((one) => one.author))) {
    const { data } = await at(doing, () =>
      octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: author }),
    );
    rights.set(author, MAY_SILENCE.has(data.permission));
  }
  return asked.flatMap(({ fingerprints, author, reason }) =>
    rights.get(author) === true ? fingerprints.map((fingerprint) => ({ fingerprint, by: author, reason })) : [],
  );
}
