import { headOf, userJson, type FakePull, type FakeRepository } from "./fake-state.ts";

type Json = Readonly<Record<string, unknown>>;

/** The repository as the API and webhooks show it, as far as we read it. */
export function repositoryJson({ owner, name, isPrivate, defaultBranch }: FakeRepository): Json {
  return {
    id: 1,
    node_id: "R_1",
    name,
    full_name: `${owner}/${name}`,
    owner: userJson(owner, false),
    private: isPrivate,
    visibility: isPrivate ? "private" : "public",
    default_branch: defaultBranch,
    html_url: `https://github.invalid/${owner}/${name}`,
    fork: false,
  };
}

const LEVELS = ["pull", "triage", "push", "maintain", "admin"] as const;
const HIGHEST = { none: -1, read: 0, triage: 1, write: 2, maintain: 3, admin: 4 } as const;

/** What somebody may do, as the API shows it to them. */
export const permissionsJson = (level: keyof typeof HIGHEST): Json =>
  Object.fromEntries(LEVELS.map((name, index) => [name, index <= HIGHEST[level]]));

export function pullJson(repository: FakeRepository, pull: FakePull): Json {
  const head = headOf(repository, pull);
  const base = repository.bare.resolve(`refs/heads/${pull.baseRef}`) ?? "";
  const full = repositoryJson(repository);
  const headOwner = pull.headRepo.split("/")[0] ?? "";
  const isFork = pull.headRepo !== `${repository.owner}/${repository.name}`;
  return {
    id: pull.number,
    node_id: `PR_${pull.number}`,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    merged: pull.merged,
    draft: false,
    html_url: `https://github.invalid/${repository.owner}/${repository.name}/pull/${pull.number}`,
    user: userJson(pull.user, pull.user.endsWith("[bot]")),
    labels: [...pull.labels].map((name) => ({ name })),
    head: {
      label: `${headOwner}:${pull.headRef}`,
      ref: pull.headRef,
      sha: head,
      repo: { ...full, full_name: pull.headRepo, fork: isFork, owner: userJson(headOwner, false) },
      user: userJson(headOwner, false),
    },
    base: { label: `${repository.owner}:${pull.baseRef}`, ref: pull.baseRef, sha: base, repo: full },
  };
}
