import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { githubClient } from "#action/github/client.ts";
import { commentMarker } from "#action/github/sticky-comment.ts";
import { publisherWorld, type PublisherWorld } from "../publisher-world.ts";
import { commentableLines } from "./bare-repository.ts";
import { signedWebhook } from "./fake-github.ts";

test("signs a webhook as GitHub's documentation has it", () => {
  const { "x-hub-signature-256": signature } = signedWebhook("push", "Hello, World!", "It's a Secret to Everybody");
  expect(signature).toBe("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
});

test("takes comments on the lines that a patch shows of the new side", () => {
  const patch = "@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n@@ -10 +10,2 @@\n+e\n f\n\\ No newline at end of file";
  expect([...commentableLines(patch)]).toEqual([1, 2, 3, 10, 11]);
});

describe("a second witness", () => {
  let world: PublisherWorld;
  let other: Emulator;
  const token = "ghp_second000000000000000000000000000";
  beforeAll(async () => {
    world = await publisherWorld();
    other = await createEmulator({
      service: "github",
      port: 0,
      seed: {
        tokens: { [token]: { login: "outdoor", scopes: ["repo"] } },
        github: {
          users: [{ login: "outdoor", name: "Outdoor" }],
          repos: [{ owner: "outdoor", name: "shop", default_branch: "main", private: false }],
        },
      },
    });
  });
  afterAll(async () => {
    await other.close();
    await world.github.close();
  });

  test("agrees with the double about the comments of an issue", async () => {
    const place = { owner: "outdoor", repo: "shop" };
    const theirs = githubClient({ token, apiUrl: other.url }).rest.issues;
    const { data: issue } = await theirs.create({ ...place, title: "Change" });
    const { data: mine } = await world.publisher
      .readPullRequest(world.pull.number)
      .then((state) => world.publisher.comment(state, { key: "", body: "one" }))
      .then(() => ({ data: world.github.log.at(-1)?.answer }));
    const body = `${commentMarker("")}\none`;
    const { data: made } = await theirs.createComment({ ...place, issue_number: issue.number, body });
    expect(Object(mine).body).toBe(made.body);
    const common = Object.keys(Object(mine)).filter((key) => !(key in made));
    expect(common).toEqual([]);
    const { data: listed } = await theirs.listComments({ ...place, issue_number: issue.number, per_page: 100 });
    expect(listed.map((comment) => comment.body)).toEqual([body]);
  });
});
