import { githubClient } from "#action/github/client.ts";
import { githubPublisher, type GithubPublisher } from "#action/github/publisher.ts";
import type { PushTarget } from "#action/github/push-files.ts";
import { actionsToken, startFakeGithub, type FakeGithub } from "./fake-github/fake-github.ts";
import type { FakePull, FakeRepository, FakeToken } from "./fake-github/fake-state.ts";
import { moveBranch } from "./fake-github/move-branch.ts";

export interface PublisherWorld {
  readonly github: FakeGithub;
  readonly repository: FakeRepository;
  readonly pull: FakePull;
  readonly publisher: GithubPublisher;
  readonly target: PushTarget;
  /** Commit of the pull request's head. */
  head(): string;
  /** A publisher with another token, or one that only says what it would send. */
  as(permissions: FakeToken["permissions"], dryRun?: (call: string) => void): GithubPublisher;
}

export const MIGRATION = `ALTER TABLE sales.orders ALTER COLUMN status SET NOT NULL;
ALTER TABLE sales.orders DROP COLUMN state;
`;

/**
 * A repository with one pull request at the double of GitHub, and the real client in front of it. No engine. `timeoutMs`:
 * how long the client waits for an answer; default longer than a busy machine takes.
 */
export async function publisherWorld({
  timeoutMs = 20_000,
}: { readonly timeoutMs?: number } = {}): Promise<PublisherWorld> {
  const github = await startFakeGithub();
  const repository = github.addRepository();
  const { bare } = repository;
  const first = bare.commit({ parents: [], message: "Start\n", changes: { "README.md": "# Shop\n" } });
  bare.setRef("refs/heads/main", first);
  const head = bare.commit({ parents: [first], message: "Change\n", changes: { "migrations/0002.sql": MIGRATION } });
  moveBranch(repository, { branch: "change", sha: head, force: true });
  const pull = github.openPull(repository, { head: "change" });
  repository.collaborators.set("ada", "write");
  let count = 0;
  const as: PublisherWorld["as"] = (permissions, dryRun) => {
    const token = `ghs_${String((count += 1)).padStart(30, "0")}`;
    github.addToken(token, actionsToken(permissions));
    const octokit = githubClient({
      token,
      apiUrl: github.apiUrl,
      timeoutMs,
      firstWaitMs: 1,
      longestWaitMs: 50,
      ...(dryRun ? { dryRun } : {}),
    });
    return githubPublisher(octokit, repository);
  };
  const publisher = as({ contents: "write", pull_requests: "write", security_events: "write" });
  const token = `ghs_${String(count).padStart(30, "0")}`;
  return {
    github,
    repository,
    pull,
    publisher,
    target: { cwd: bare.path, serverUrl: github.url, token, repository },
    head: () => bare.resolve(`refs/pull/${pull.number}/head`) ?? "",
    as,
  };
}
