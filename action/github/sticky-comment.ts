import type { Octokit } from "@octokit/rest";
import { at } from "./github-failure.ts";
import type { PullRequestState, Repository, StandingComment } from "./pull-request-state.ts";

export interface CommentRequest {
  /** Tells runs apart that comment on the same pull request, such as two projects of a repository. */
  readonly key: string;
  /** Null when nothing is to be said: a comment that stands is then removed. */
  readonly body: string | null;
}

export interface PutComment {
  readonly id: number | null;
  readonly did: "created" | "updated" | "unchanged" | "removed" | "nothing";
}

/** Characters the marker may take of a comment's room. */
export const MARKER_ROOM = 400;

const doing = { what: "comment on the pull request", needs: "pull-requests: write" };

/**
 * One comment a key, however many runs there are. Two runs at once may both create one: the oldest stays, and the next
 * run deletes the others. Throws `ProblemError`.
 */
export async function putComment(
  octokit: Octokit,
  repository: Repository,
  state: Pick<PullRequestState, "number" | "comments">,
  { key, body }: CommentRequest,
): Promise<PutComment> {
  const place = { owner: repository.owner, repo: repository.name };
  const marker = commentMarker(key);
  const own = state.comments.filter((comment) => comment.isOwn && firstLine(comment) === marker);
  const [oldest, ...doubles] = own.toSorted((a, b) => a.id - b.id);
  for (const { id } of doubles) {
    await at(doing, () => octokit.rest.issues.deleteComment({ ...place, comment_id: id }));
  }
  if (body === null) {
    if (!oldest) return { id: null, did: "nothing" };
    await at(doing, () => octokit.rest.issues.deleteComment({ ...place, comment_id: oldest.id }));
    return { id: null, did: "removed" };
  }
  const text = `${marker}\n${body}`;
  if (!oldest) {
    const { data } = await at(doing, () =>
      octokit.rest.issues.createComment({ ...place, issue_number: state.number, body: text }),
    );
    return { id: data.id ?? null, did: "created" };
  }
  // GitHub stores line ends as they came and drops what is at the edges.
  if (oldest.body.trim() === text.trim()) return { id: oldest.id, did: "unchanged" };
  await at(doing, () => octokit.rest.issues.updateComment({ ...place, comment_id: oldest.id, body: text }));
  return { id: oldest.id, did: "updated" };
}

/** First line of our comments. The key is the user's, so it cannot end the HTML comment. */
export const commentMarker = (key: string): string =>
  `<!-- querygenie:v1:report:${encodeURIComponent(key)
    .replaceAll("-", "%2D")
    .slice(0, MARKER_ROOM - 40)} -->`;

const firstLine = ({ body }: StandingComment): string => body.split("\n", 1)[0]?.trim() ?? "";
