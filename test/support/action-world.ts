import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { FileChanges } from "./fake-github/bare-repository.ts";
import { actionsToken, startFakeGithub, type FakeGithub } from "./fake-github/fake-github.ts";
import type { FakePull, FakeRepository } from "./fake-github/fake-state.ts";
import { moveBranch } from "./fake-github/move-branch.ts";
import { pullRequestStep, pushStep, runAction, type ActionRun, type ActionStep } from "./run-action.ts";
import { shopFolder } from "./shop.ts";

/** What a workflow gives the token in our examples. */
export const TOKEN = "ghs_workflowtoken0000000000000000000000";

export interface ActionWorld {
  readonly github: FakeGithub;
  readonly repository: FakeRepository;
  /** Commits to a branch as a person does; a new branch starts at main. Returns the commit. */
  commit(branch: string, changes: FileChanges, message?: string): string;
  /** Replaces a branch by one commit on another. */
  forcePush(branch: string, changes: FileChanges, from?: string): string;
  openPull(branch: string): FakePull;
  onPull(pull: FakePull, step?: Partial<ActionStep>): Promise<ActionRun>;
  onPush(step?: Partial<ActionStep>): Promise<ActionRun>;
  /** Merges a pull request with a merge commit. */
  merge(pull: FakePull): string;
  close(): Promise<void>;
}

/** A foreign repository at the double of GitHub: the first migrations of the shop and the workflow, nothing else. */
export async function actionWorld(
  action: string,
  options: { migrations?: number; isPrivate?: boolean } = {},
): Promise<ActionWorld> {
  const github = await startFakeGithub();
  const repository = github.addRepository({ isPrivate: options.isPrivate ?? false });
  const { bare } = repository;
  github.addToken(TOKEN, actionsToken({ contents: "write", pull_requests: "write", security_events: "write" }));
  repository.collaborators.set("ada", "write");
  const first = bare.commit({
    parents: [],
    message: "Start the shop\n",
    changes: shopMigrations(options.migrations ?? 4),
  });
  bare.setRef("refs/heads/main", first);

  const tip = (branch: string): string => bare.resolve(`refs/heads/${branch}`) ?? bare.resolve("refs/heads/main") ?? "";
  const move = (branch: string, sha: string): string => {
    moveBranch(repository, { branch, sha, force: true });
    return sha;
  };
  const shared = { github, repository, action, token: TOKEN };
  return {
    github,
    repository,
    commit: (branch, changes, message = "Change the schema") =>
      move(branch, bare.commit({ parents: [tip(branch)], message: `${message}\n`, changes })),
    forcePush: (branch, changes, from = "main") =>
      move(branch, bare.commit({ parents: [tip(from)], message: "Change the schema\n", changes })),
    openPull: (branch) => github.openPull(repository, { head: branch }),
    onPull: (pull, step = {}) => runAction({ ...shared, ...pullRequestStep(repository, pull), ...step }),
    onPush: (step = {}) => runAction({ ...shared, ...pushStep(repository), ...step }),
    merge(pull) {
      const { sha } = pullRequestStep(repository, pull);
      pull.state = "closed";
      pull.merged = true;
      return move(pull.baseRef, sha);
    },
    close: () => github.close(),
  };
}

function shopMigrations(count: number): FileChanges {
  const folder = join(shopFolder, "migrations");
  const names = readdirSync(folder).sort().slice(0, count);
  return Object.fromEntries(names.map((name) => [`migrations/${name}`, readFileSync(join(folder, name), "utf8")]));
}
