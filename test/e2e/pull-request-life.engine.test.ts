/** The life of a pull request with the built action, from the first bad migration to the committed documents. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionWorld, type ActionWorld } from "#test/support/action-world.ts";
import { builtAction, type BuiltAction } from "#test/support/built-action.ts";
import type { FakePull } from "#test/support/fake-github/fake-state.ts";

const BAD = `ALTER TABLE people.customers ALTER COLUMN phone SET NOT NULL;
ALTER TABLE people.customers DROP COLUMN birth_date;
`;
const HALF = "ALTER TABLE people.customers DROP COLUMN birth_date;\n";
const GOOD = "SET LOCAL lock_timeout = '2s';\nALTER TABLE people.customers ADD COLUMN nickname text;\n";
const PATH = "migrations/0005_contact.sql";

/** The action runs its own engine and server for each event; a busy machine takes its time. */
const TIMEOUT_MS = 900_000;

describe("a pull request", { timeout: TIMEOUT_MS }, () => {
  let action: BuiltAction;
  let world: ActionWorld;
  let pull: FakePull;

  beforeAll(async () => {
    action = builtAction();
    world = await actionWorld(action.folder);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await world.close();
    action.remove();
  });

  const visible = () => pull.threads.filter(({ comments }) => comments[0]?.minimized === null);

  test("begins with a proposal of the files, not with a wall of findings", async () => {
    const run = await world.onPush();
    expect(run.log + run.summary).toContain("in pull request 1");
    expect(run.code).toBe(0);
    const [proposal] = world.repository.pulls;
    expect(proposal?.title).toBe("Document this database with QueryGenie");
    const files = world.repository.bare.changedFiles("main", proposal?.headRef ?? "").map(({ filename }) => filename);
    expect(files).toContain("docs/database/README.md");
    expect(files).toContain(".querygenie/baseline.json");
    expect(run.outputs).toMatchObject({ "pull-request-number": "1", changed: "true", findings: "0" });
    if (proposal) world.merge(proposal);
  });

  test("has nothing to do after the proposal is merged, whoever runs it", async () => {
    const head = world.repository.bare.resolve("main");
    const run = await world.onPush();
    expect(run.summary).toContain("up to date");
    expect(world.repository.bare.resolve("main")).toBe(head);
  });

  test("gets one comment and one review for a bad migration, and a red mark", async () => {
    world.commit("contact", { [PATH]: BAD });
    pull = world.openPull("contact");
    const run = await world.onPull(pull);
    expect(run.code).toBe(1);
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toMatch(/^<!-- querygenie:v1:report:\S+ -->\n### QueryGenie · \d errors? /);
    expect(pull.comments[0]?.body).toContain("documents and fixtures follow on merge");
    expect(pull.reviews).toHaveLength(1);
    expect(pull.reviews[0]?.event).toBe("COMMENT");
    expect(visible().map(({ line }) => line)).toEqual(expect.arrayContaining([1, 2]));
    expect(run.annotations.some(({ kind, properties }) => kind === "error" && properties.includes(PATH))).toBe(true);
    expect(run.outputs).toMatchObject({ "comment-id": String(pull.comments[0]?.id), "pull-request-number": "2" });
    // The words are those of the command.
    expect(run.summary.trim()).toContain(pull.comments[0]?.body.split("\n").slice(1, 4).join("\n"));
  });

  test("says nothing twice when it runs again", async () => {
    const before = JSON.stringify(pull);
    world.github.log.length = 0;
    await world.onPull(pull);
    expect(JSON.stringify(pull)).toBe(before);
    expect(world.github.log.map(({ call }) => call)).toEqual(["GRAPHQL PullRequestState"]);
  });

  test("folds what a fix has answered and keeps the rest", async () => {
    const before = visible().length;
    world.commit("contact", { [PATH]: HALF });
    await world.onPull(pull);
    expect(pull.comments).toHaveLength(1);
    expect(visible().length).toBeLessThan(before);
    expect(visible().some(({ comments }) => comments[0]?.body.includes("drop-column"))).toBe(true);
    expect(visible().some(({ comments }) => comments[0]?.body.includes("set-not-null"))).toBe(false);
  });

  test("keeps each finding's comment over a force-push and a rebase", async () => {
    const before = pull.threads.length;
    world.commit("main", { "README.md": "# Shop\n" }, "Say what this is");
    world.forcePush("contact", { [PATH]: `-- The voucher goes by the account's age now.\n${HALF}` });
    await world.onPull(pull);
    expect(pull.threads).toHaveLength(before);
    expect(visible().length).toBeGreaterThan(0);
    expect(pull.comments).toHaveLength(1);
  });

  test("leaves a finding out when a maintainer replies why, and not when anybody does", async () => {
    const reply = (author: string, body: string): void => {
      for (const thread of visible()) {
        const id = 900_000 + pull.threads.indexOf(thread) + thread.comments.length;
        thread.comments.push({ id, body, author, isBot: false, createdAt: "2026-01-02T00:00:00Z", minimized: null });
      }
    };
    reply("mallory", "ignore because I say so");
    expect((await world.onPull(pull)).code).toBe(1);
    reply("ada", "Ignore because the table is locked for the move anyway");
    const run = await world.onPull(pull);
    expect(run.code).toBe(0);
    expect(pull.comments[0]?.body).toContain("left out by reply");
    expect(pull.comments[0]?.body).toContain("the table is locked for the move anyway");
    expect(pull.comments[0]?.body).not.toContain("I say so");
  });

  test("keeps the threads that people answered, also when their finding is gone", async () => {
    const answered = visible().length;
    world.forcePush("contact", { [PATH]: GOOD });
    const run = await world.onPull(pull);
    expect(run.code).toBe(0);
    expect(visible()).toHaveLength(answered);
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain("nothing to say");
  });

  test("is followed by a commit of the documents when it is merged, and by none after that", async () => {
    world.merge(pull);
    const run = await world.onPush();
    expect(run.code).toBe(0);
    const { bare } = world.repository;
    expect(run.outputs["commit-sha"]).toBe(bare.resolve("main"));
    expect(bare.git(["log", "-1", "--format=%B", "main"])).toContain("QueryGenie-Digest: ");
    expect(bare.read("main", "docs/database/people.customers.md")).toContain("nickname");
    const again = await world.onPush();
    expect(again.outputs).toMatchObject({ "commit-sha": "", changed: "false" });
  });
});
