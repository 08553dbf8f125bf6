import { z } from "zod";

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const repository = z.object({
  full_name: z.string(),
  default_branch: z.string(),
  private: z.boolean().optional(),
});
const pullRequest = z.object({
  number: z.int(),
  state: z.string().optional(),
  user: z.object({ login: z.string() }).nullish(),
  head: z.object({ sha, ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
  base: z.object({ sha, ref: z.string(), repo: z.object({ full_name: z.string() }) }),
});

/** The part of each event's payload that we read. */
const payloads = {
  pull_request: z.object({ action: z.string().optional(), pull_request: pullRequest, repository }),
  pull_request_review_comment: z.object({ action: z.string(), pull_request: pullRequest, repository }),
  push: z.object({ ref: z.string(), after: sha, deleted: z.boolean().optional(), repository }),
  merge_group: z.object({ merge_group: z.object({ base_sha: sha, head_sha: sha }), repository }),
  workflow_run: z.object({
    workflow_run: z.object({
      head_sha: sha,
      head_branch: z.string(),
      event: z.string(),
      conclusion: z.string().nullish(),
      head_repository: z.object({ owner: z.object({ login: z.string() }) }),
    }),
    repository,
  }),
  workflow_dispatch: z.object({ ref: z.string().optional(), repository }),
  schedule: z.object({ repository: repository.optional() }),
} as const;

export interface PullRequestEvent {
  readonly kind: "pull-request";
  readonly number: number;
  readonly head: string;
  readonly headBranch: string;
  readonly base: string;
  readonly baseBranch: string;
  /** From a fork or Dependabot: the token cannot write and the code is a stranger's. */
  readonly isRestricted: boolean;
  readonly isOpen: boolean;
}

export interface BranchEvent {
  readonly kind: "branch";
  readonly branch: string;
  readonly head: string;
  readonly isDefault: boolean;
  /** On a schedule or by hand: nothing was pushed, so the running database is looked at too. */
  readonly looksAtDrift: boolean;
}

/** What happened, in our words. */
export type RunEvent =
  | PullRequestEvent
  | BranchEvent
  | { readonly kind: "merge-group"; readonly base: string; readonly head: string }
  | {
      readonly kind: "finished-run";
      /** Event of the finished run. */
      readonly of: string;
      readonly head: string;
      readonly headBranch: string;
      readonly headOwner: string;
    }
  | { readonly kind: "other"; readonly name: string };

export interface EventSource {
  readonly name: string;
  readonly payload: unknown;
  /** `GITHUB_REF` and `GITHUB_SHA`, for events whose payload has neither. */
  readonly ref: string;
  readonly sha: string;
}

/** An event as the runner hands it over. One that we do not know, or whose payload is another, is `other`. */
export function readEvent({ name, payload, ref, sha: commit }: EventSource): RunEvent {
  switch (name) {
    case "pull_request":
    case "pull_request_review_comment": {
      const { data } = payloads[name].safeParse(payload);
      if (!data) return { kind: "other", name };
      const { number, head, base, user, state } = data.pull_request;
      const isFork = head.repo?.full_name !== base.repo.full_name;
      return {
        kind: "pull-request",
        number,
        head: head.sha,
        headBranch: head.ref,
        base: base.sha,
        baseBranch: base.ref,
        // Who opened it, not who started the run: that one can be made to look like a bot.
        isRestricted: isFork || user?.login === "dependabot[bot]",
        isOpen: state !== "closed" && data.action !== "closed",
      };
    }
    case "merge_group": {
      const { data } = payloads.merge_group.safeParse(payload);
      if (!data) return { kind: "other", name };
      return { kind: "merge-group", base: data.merge_group.base_sha, head: data.merge_group.head_sha };
    }
    case "workflow_run": {
      const { data } = payloads.workflow_run.safeParse(payload);
      if (!data) return { kind: "other", name };
      const { head_sha: head, head_branch: headBranch, event: of, head_repository: from } = data.workflow_run;
      return { kind: "finished-run", of, head, headBranch, headOwner: from.owner.login };
    }
    case "push":
    case "workflow_dispatch":
    case "schedule": {
      const { data } = payloads[name].safeParse(payload);
      if (!data || !ref.startsWith("refs/heads/") || ("deleted" in data && data.deleted === true)) {
        return { kind: "other", name };
      }
      const branch = ref.slice("refs/heads/".length);
      // A schedule runs on the default branch only.
      const isDefault = name === "schedule" || data.repository?.default_branch === branch;
      return { kind: "branch", branch, head: commit, isDefault, looksAtDrift: name !== "push" };
    }
    default:
      return { kind: "other", name };
  }
}
