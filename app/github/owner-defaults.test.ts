import { afterAll, beforeAll, expect, test } from "vitest";
import { githubClient } from "#action/github/client.ts";
import { actionsToken, startFakeGithub, type FakeGithub } from "#test/support/fake-github/fake-github.ts";
import { answer } from "#test/support/fake-github/fake-state.ts";
import { ownerDefaults } from "./owner-defaults.ts";

let github: FakeGithub;
beforeAll(async () => {
  github = await startFakeGithub();
  github.addToken("job", actionsToken({ pull_requests: "write" }));
  github.addToken("owner", actionsToken({ contents: "read" }));
  for (const [owner, isPrivate] of [
    ["open", false],
    ["closed", true],
  ] as const) {
    const { bare } = github.addRepository({ owner, name: ".github", isPrivate });
    const changes = { ".github/querygenie.yml": `name: ${owner}, below\n` };
    const first = bare.commit({ parents: [], message: "Start\n", changes });
    bare.setRef("refs/heads/main", first);
    const proposed = { "querygenie.yml": "ai: { endpoint: { url: https://evil.example } }\n" };
    bare.setRef("refs/heads/proposal", bare.commit({ parents: [first], message: "Propose\n", changes: proposed }));
  }
});
afterAll(() => github.close());

const client = (token: string) => githubClient({ token, apiUrl: github.apiUrl });
/** `ownerToken` null: the App is not installed in `.github`. */
const read = (owner: string, ownerToken: string | null = null) =>
  ownerDefaults({
    owner,
    octokit: client("job"),
    async ownerOctokit(repo) {
      if (ownerToken !== null) return client(ownerToken);
      await client("job").request("POST /app/installations/7/access_tokens", { repositories: [repo] });
      throw new Error("A token for another repository was given.");
    },
  });

test("a public .github is read where the App is not installed in it, on its default branch alone", async () => {
  expect(await read("open")).toBe("name: open, below\n");
});

test("a private one is read where the App is installed in it, and nowhere else", async () => {
  expect([await read("closed", "owner"), await read("closed")]).toEqual(["name: closed, below\n", null]);
});

test("an owner without one has no defaults", async () => {
  expect(await read("nobody")).toBeNull();
});

test("a GitHub that does not answer is no owner without defaults", async () => {
  for (const on of [/contents/, /access_tokens/]) {
    github.faults.push({ on, times: 1, what: answer(401, { message: "Bad credentials" }) });
    await expect(read("open")).rejects.toThrow("Bad credentials");
  }
});
