import type { Octokit } from "@octokit/rest";
import { at } from "./github-failure.ts";

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** A comment as it stands on the pull request. */
export interface StandingComment {
  /** Id of REST calls. */
  readonly id: number;
  /** Id of GraphQL calls. */
  readonly nodeId: string;
  readonly body: string;
  readonly isMinimized: boolean;
  /** True when the token's own user wrote it: a marker alone can be forged. */
  readonly isOwn: boolean;
  readonly author: string;
}

export interface StandingThread {
  readonly path: string;
  readonly isResolved: boolean;
  /** The first comment and the replies. */
  readonly comments: readonly StandingComment[];
}

/** What stands on a pull request: everything a run must know before it writes. */
export interface PullRequestState {
  readonly number: number;
  /** Commit that the branch is at now. */
  readonly head: string;
  readonly isOpen: boolean;
  readonly labels: readonly string[];
  readonly comments: readonly StandingComment[];
  readonly threads: readonly StandingThread[];
}

/** Reads the whole state, all pages, usually with one call. Throws `ProblemError`. */
export async function readPullRequest(
  octokit: Octokit,
  { owner, name }: Repository,
  number: number,
): Promise<PullRequestState> {
  const doing = { what: "read the pull request", needs: "pull-requests: write" };
  const comments: StandingComment[] = [];
  const threads: StandingThread[] = [];
  let after: { comments: string | null; threads: string | null } = { comments: null, threads: null };
  for (;;) {
    const cursor = after;
    const { repository } = await at(doing, () =>
      octokit.graphql<Answer>(QUERY, { owner, repo: name, number, ...cursor }),
    );
    const pull = repository.pullRequest;
    // A list that has ended is asked for again with its last cursor, and has nothing more.
    comments.push(...pull.comments.nodes.map(standing));
    threads.push(
      ...pull.reviewThreads.nodes.map(({ path, isResolved, comments: { nodes } }) => ({
        path,
        isResolved,
        comments: nodes.map(standing),
      })),
    );
    after = {
      comments: pull.comments.pageInfo.endCursor ?? cursor.comments,
      threads: pull.reviewThreads.pageInfo.endCursor ?? cursor.threads,
    };
    if (pull.comments.pageInfo.hasNextPage || pull.reviewThreads.pageInfo.hasNextPage) continue;
    const labels = pull.labels.nodes.map((label) => label.name);
    return { number, head: pull.headRefOid, isOpen: pull.state === "OPEN", labels, comments, threads };
  }
}

const standing = (node: CommentNode): StandingComment => ({
  id: node.databaseId,
  nodeId: node.id,
  body: node.body,
  isMinimized: node.isMinimized,
  isOwn: node.viewerDidAuthor,
  author: node.author?.login ?? "",
});

interface CommentNode {
  readonly id: string;
  readonly databaseId: number;
  readonly body: string;
  readonly isMinimized: boolean;
  readonly viewerDidAuthor: boolean;
  /** Null when the account is gone. */
  readonly author: { readonly login: string } | null;
}

interface Connection<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly T[];
}

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string;
      readonly state: "OPEN" | "CLOSED" | "MERGED";
      readonly labels: { readonly nodes: readonly { readonly name: string }[] };
      readonly comments: Connection<CommentNode>;
      readonly reviewThreads: Connection<{
        readonly path: string;
        readonly isResolved: boolean;
        readonly comments: { readonly nodes: readonly CommentNode[] };
      }>;
    };
  };
}

const COMMENT = "id databaseId body isMinimized viewerDidAuthor author { login }";

/** Threads hold a first comment and replies; more replies than this say nothing new to us. */
export const QUERY: string = `query PullRequestState($owner: String!, $repo: String!, $number: Int!, $comments: String, $threads: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      headRefOid
      state
      labels(first: 50) { nodes { name } }
      comments(first: 100, after: $comments) { pageInfo { hasNextPage endCursor } nodes { ${COMMENT} } }
      reviewThreads(first: 50, after: $threads) {
        pageInfo { hasNextPage endCursor }
        nodes { path isResolved comments(first: 50) { nodes { ${COMMENT} } } }
      }
    }
  }
}`;
