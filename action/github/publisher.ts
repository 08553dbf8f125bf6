import type { Octokit } from "@octokit/rest";
import { commitByPullRequest, type PullRequestCommit, type PullRequestOutcome } from "./commit-by-pull-request.ts";
import { commitFiles, type CommitOutcome, type CommitRequest } from "./commit-files.ts";
import { findPullRequest, type PullRequestBranch } from "./find-pull-request.ts";
import { putLabels } from "./put-labels.ts";
import { putReview, type PutReview, type ReviewRequest } from "./put-review.ts";
import { readPullRequest, type PullRequestState, type Repository } from "./pull-request-state.ts";
import type { PushTarget } from "./push-files.ts";
import { silencesByReply, type Silence } from "./silence-by-reply.ts";
import { putComment, type CommentRequest, type PutComment } from "./sticky-comment.ts";
import { uploadSarif, type SarifUpload } from "./upload-sarif.ts";

/**
 * What the action and the App do at GitHub. Each call brings GitHub to a state and may be repeated: a second one finds
 * nothing to do. All throw `ProblemError` with what to do next; none has done a half when it throws.
 */
export interface GithubPublisher {
  readPullRequest(number: number): Promise<PullRequestState>;
  /** Number of the open pull request of a branch that is at this commit; null when there is none. */
  findPullRequest(branch: PullRequestBranch): Promise<number | null>;
  silences(state: PullRequestState): Promise<readonly Silence[]>;
  comment(state: Pick<PullRequestState, "number" | "comments">, request: CommentRequest): Promise<PutComment>;
  review(state: PullRequestState, request: ReviewRequest): Promise<PutReview>;
  /** False when the token may not label. */
  labels(state: PullRequestState, wanted: readonly string[]): Promise<boolean>;
  uploadSarif(upload: SarifUpload): Promise<void>;
  commit(request: CommitRequest, target: PushTarget): Promise<CommitOutcome>;
  commitByPullRequest(request: PullRequestCommit, target: PushTarget): Promise<PullRequestOutcome>;
}

export function githubPublisher(octokit: Octokit, repository: Repository): GithubPublisher {
  return {
    readPullRequest: (number) => readPullRequest(octokit, repository, number),
    findPullRequest: (branch) => findPullRequest(octokit, repository, branch),
    silences: (state) => silencesByReply(octokit, repository, state),
    comment: (state, request) => putComment(octokit, repository, state, request),
    review: (state, request) => putReview(octokit, repository, state, request),
    labels: (state, wanted) => putLabels(octokit, repository, state, wanted),
    uploadSarif: (upload) => uploadSarif(octokit, repository, upload),
    commit: (request, target) => commitFiles(octokit, repository, request, target),
    commitByPullRequest: (request, target) => commitByPullRequest(octokit, repository, request, target),
  };
}
