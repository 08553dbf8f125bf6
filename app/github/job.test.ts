import { describe, expect, test } from "vitest";
import { isEvent, toJobs } from "./job.ts";

const place = { installation: 7, owner: "outdoor", repo: "shop" };
const common = {
  installation: { id: 7 },
  repository: { name: "shop", owner: { login: "outdoor" }, default_branch: "main", private: false },
};
const sha = "a".repeat(40);
const ada = { login: "ada", type: "User" };
const comment = (more: object = {}, of: object = {}) => ({
  ...common,
  action: "created",
  issue: { number: 3, user: { login: "bob", type: "User" }, pull_request: { url: "x" } },
  comment: { id: 99, body: "/querygenie review", user: ada, ...more },
  ...of,
});
const command = {
  kind: "command",
  ...place,
  number: 3,
  comment: 99,
  user: "ada",
  author: "bob",
  text: "/querygenie review",
};
const check = (more: object) => ({
  ...common,
  sender: ada,
  check_run: { name: "QueryGenie", head_sha: sha, pull_requests: [{ number: 3 }] },
  ...more,
});

const installed = { installation: { id: 7, account: { login: "outdoor" } } };
const onboard = (repo: string) => ({ kind: "onboard", ...place, repo });

describe("a delivery becomes", () => {
  test.each([
    [
      "a proposal for each repository of a new installation",
      "installation",
      { ...installed, action: "created", repositories: [{ name: "shop" }, { name: "depot" }] },
      [onboard("shop"), onboard("depot")],
    ],
    ["nothing when it ends", "installation", { ...installed, action: "deleted", repositories: [{ name: "shop" }] }, []],
    [
      "a proposal for each repository that joins",
      "installation_repositories",
      { ...installed, action: "added", repositories_added: [{ name: "shop" }], repositories_removed: [] },
      [onboard("shop")],
    ],
    [
      "nothing for those that leave",
      "installation_repositories",
      { ...installed, action: "removed", repositories_added: [], repositories_removed: [{ name: "shop" }] },
      [],
    ],
    [
      "a review of an opened pull request",
      "pull_request",
      { ...common, action: "opened", number: 3 },
      [{ kind: "pull-request", ...place, number: 3 }],
    ],
    [
      "a review of new commits",
      "pull_request",
      { ...common, action: "synchronize", number: 3 },
      [{ kind: "pull-request", ...place, number: 3 }],
    ],
    ["nothing for a label", "pull_request", { ...common, action: "labeled", number: 3 }, []],
    [
      "files of the default branch",
      "push",
      { ...common, ref: "refs/heads/main", deleted: false },
      [{ kind: "branch", ...place, branch: "main" }],
    ],
    ["nothing for another branch", "push", { ...common, ref: "refs/heads/x", deleted: false }, []],
    ["nothing for a tag", "push", { ...common, ref: "refs/tags/main", deleted: false }, []],
    ["nothing for a branch that is gone", "push", { ...common, ref: "refs/heads/main", deleted: true }, []],
    [
      "a check of the merge queue",
      "merge_group",
      { ...common, action: "checks_requested", merge_group: { base_sha: sha, head_sha: sha } },
      [{ kind: "merge-group", ...place, base: sha, head: sha }],
    ],
    ["a command", "issue_comment", comment(), [command]],
    ["nothing for other words", "issue_comment", comment({ body: "please /querygenie review" }), []],
    ["nothing for a name that begins alike", "issue_comment", comment({ body: "/querygenies review" }), []],
    ["nothing for an edit", "issue_comment", comment({}, { action: "edited" }), []],
    ["nothing for a bot", "issue_comment", comment({ user: { login: "x[bot]", type: "Bot" } }), []],
    ["nothing for what an App wrote", "issue_comment", comment({ performed_via_github_app: { id: 1 } }), []],
    ["nothing on an issue", "issue_comment", comment({}, { issue: { number: 3, user: ada } }), []],
    [
      "a review by Re-run",
      "check_run",
      check({ action: "rerequested" }),
      [{ kind: "pull-request", ...place, number: 3 }],
    ],
    [
      "files by the button",
      "check_run",
      check({ action: "requested_action", requested_action: { identifier: "docs" } }),
      [{ kind: "docs", ...place, number: 3, user: "ada" }],
    ],
    [
      "fixes by the button, for the commit of its check",
      "check_run",
      check({ action: "requested_action", requested_action: { identifier: "fixes" } }),
      [{ kind: "fixes", ...place, number: 3, user: "ada", head: sha }],
    ],
    [
      "nothing by another button",
      "check_run",
      check({ action: "requested_action", requested_action: { identifier: "x" } }),
      [],
    ],
    [
      "nothing for another's check",
      "check_run",
      check({ action: "rerequested", check_run: { name: "CI", head_sha: sha, pull_requests: [{ number: 3 }] } }),
      [],
    ],
    [
      "a review of each pull request of a suite",
      "check_suite",
      { ...common, action: "rerequested", check_suite: { pull_requests: [{ number: 3 }, { number: 4 }] } },
      [
        { kind: "pull-request", ...place, number: 3 },
        { kind: "pull-request", ...place, number: 4 },
      ],
    ],
  ] as const)("%s", (_what, event, payload, jobs) => {
    expect(toJobs(event, payload)).toEqual(jobs);
  });

  test.each([[null], [{}], [[]], ["x"], [{ ...common, action: "opened" }], [{ ...common, action: 1, number: "3" }]])(
    "nothing that can be read, from %j",
    (payload) => {
      expect(toJobs("pull_request", payload)).toBeNull();
    },
  );
});

test("other events mean nothing here", () => {
  expect(["pull_request", "star", "__proto__", "toString", ""].filter(isEvent)).toEqual(["pull_request"]);
});

test("no more of a comment is kept than a command may have", () => {
  const [job] = toJobs("issue_comment", comment({ body: `/querygenie ask ${"x".repeat(60_000)}` })) ?? [];
  expect(job).toMatchObject({ text: expect.stringMatching(/^.{4096}$/) });
});

test("looks at no more repositories of an installation than it may", () => {
  const repositories = Array.from({ length: 500 }, (_, index) => ({ name: `shop-${index}` }));
  expect(toJobs("installation", { ...installed, action: "created", repositories })).toHaveLength(200);
});
