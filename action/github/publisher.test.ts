import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Finding } from "#schemas/finding.ts";
import { findingExample } from "#schemas/json/finding.ts";
import { MIGRATION, publisherWorld, type PublisherWorld } from "#test/support/publisher-world.ts";
import { moveBranch } from "#test/support/fake-github/move-branch.ts";
import type { FileSet } from "./file-set.ts";

const PATH = "migrations/0002.sql";
const KEY = "||";

const finding = (line: number, fingerprint: string, facts: Partial<Finding> = {}): Finding => ({
  ...findingExample,
  span: { file: PATH, line, column: 1, endLine: line, endColumn: 40 },
  fingerprint,
  ...facts,
});
const FIRST = finding(1, "a".repeat(16));
const SECOND = finding(2, "b".repeat(16));

let world: PublisherWorld;
beforeEach(async () => {
  world = await publisherWorld();
});
afterEach(() => world.github.close());

const read = () => world.publisher.readPullRequest(world.pull.number);
const say = async (body: string | null) => world.publisher.comment(await read(), { key: KEY, body });
const review = async (findings: readonly Finding[]) =>
  world.publisher.review(await read(), { findings, commit: world.head(), textOf: () => MIGRATION });
const calls = () => world.github.log.map(({ call }) => call);

describe("the comment", () => {
  test("is made once, changed when its text is, and left alone when it is not", async () => {
    expect(await say("one")).toMatchObject({ did: "created" });
    expect(await say("two")).toMatchObject({ did: "updated" });
    expect(await say("two")).toMatchObject({ did: "unchanged" });
    expect(world.pull.comments.map(({ body }) => body.split("\n")[1])).toEqual(["two"]);
  });

  test("goes when there is nothing to say any more", async () => {
    await say("one");
    expect(await say(null)).toEqual({ id: null, did: "removed" });
    expect(world.pull.comments).toEqual([]);
    expect(await say(null)).toEqual({ id: null, did: "nothing" });
  });

  test("is found behind 250 others, and never taken from somebody who copied its marker", async () => {
    const add = (body: string, author: string, id: number) =>
      world.pull.comments.push({ id, body, author, isBot: false, createdAt: "2026-01-01T00:00:00Z", minimized: null });
    await say("one");
    const [own] = world.pull.comments.splice(0);
    for (let id = 1; id <= 250; id++) add(`${own?.body.split("\n")[0]}\nmine`, "mallory", id);
    if (own) world.pull.comments.push(own);
    expect(await say("two")).toMatchObject({ did: "updated", id: own?.id });
    expect(world.pull.comments).toHaveLength(251);
  });

  test("of two that runs made at once the older stays", async () => {
    await say("one");
    const [own] = world.pull.comments;
    if (own) world.pull.comments.push({ ...own, id: own.id + 1 });
    await say("two");
    expect(world.pull.comments.map(({ id }) => id)).toEqual([own?.id]);
  });

  test("of another folder is another comment", async () => {
    await say("one");
    await world.publisher.comment(await read(), { key: "billing/||", body: "other" });
    expect(world.pull.comments).toHaveLength(2);
  });
});

describe("the comments at the lines", () => {
  test("come in one review, at lines that the diff has", async () => {
    const result = await review([FIRST, SECOND, finding(900, "c".repeat(16))]);
    expect(result).toEqual({ commented: 2, minimized: 0, restored: 0, left: 1 });
    expect(world.pull.reviews).toHaveLength(1);
    expect(world.pull.threads.map(({ line }) => line)).toEqual([1, 2]);
  });

  test("are at most thirty, the gravest first", async () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      finding(1, at.toString(16).padStart(16, "0"), { severity: at < 35 ? "warning" : "error" }),
    );
    expect(await review(many)).toMatchObject({ commented: 30, left: 10 });
    expect(world.pull.threads.filter(({ comments }) => comments[0]?.body.includes("**error**"))).toHaveLength(5);
  });

  test("are not repeated, folded when the finding is gone and unfolded when it is back", async () => {
    await review([FIRST, SECOND]);
    expect(await review([FIRST, SECOND])).toMatchObject({ commented: 0, minimized: 0 });
    expect(await review([SECOND])).toMatchObject({ commented: 0, minimized: 1 });
    expect(world.pull.threads[0]?.comments[0]?.minimized).toBe("OUTDATED");
    expect(await review([FIRST, SECOND])).toMatchObject({ commented: 0, restored: 1 });
    expect(world.pull.threads).toHaveLength(2);
  });

  test("suggest a fix whose lines are all in the diff, in a fence that its text cannot close", async () => {
    const span = { file: PATH, line: 2, column: 1, endLine: 2, endColumn: 44 };
    await review([finding(2, "d".repeat(16), { fix: { span, replacement: "SELECT '```';" } })]);
    expect(world.pull.threads[0]?.comments[0]?.body).toContain("````suggestion\nSELECT '```';\n````");
  });

  test("say nothing that GitHub would take for a mention or markup", async () => {
    await review([finding(1, "e".repeat(16), { message: "@everyone <img src=x> [x](https://evil.example)" })]);
    const body = world.pull.threads[0]?.comments[0]?.body ?? "";
    expect(body).not.toContain("@everyone");
    expect(body).not.toMatch(/(?<!\\)<img|(?<!\\)\[x\]/);
    expect(body).not.toContain("https://evil");
  });
});

const files = (count: number, bytes = 10): FileSet => ({
  additions: Array.from({ length: count }, (_, at) => ({
    path: `docs/database/t${at}.md`,
    content: Buffer.from(`${at}`.padEnd(bytes, "x")),
  })),
  deletions: [],
});

/** What a commit's tree lacks. */
const missing =
  (set: FileSet) =>
  async (commit: string): Promise<FileSet> => ({
    deletions: set.deletions.filter((path) => world.repository.bare.read(commit, path) !== null),
    additions: set.additions.filter(
      ({ path, content }) => world.repository.bare.read(commit, path) !== Buffer.from(content).toString(),
    ),
  });

const commit = (set: FileSet, filesAt = missing(set)) =>
  world.publisher.commit(
    {
      branch: "main",
      head: world.repository.bare.resolve("main") ?? "",
      message: { headline: "Update", body: "QueryGenie-Digest: 1" },
      filesAt,
    },
    world.target,
  );

describe("a commit", () => {
  test("goes by the API when it is small and by git when it is large", async () => {
    expect(await commit(files(3))).toMatchObject({ kind: "committed", by: "api", files: 3 });
    expect(await commit(files(150))).toMatchObject({ kind: "committed", by: "git", files: 147 });
    expect(world.repository.bare.read("main", "docs/database/t149.md")).toBe("149xxxxxxx");
    expect(await commit(files(150))).toEqual({ kind: "nothing" });
  });

  test.each([3, 150])("of %i files goes on top of what others pushed meanwhile", async (count) => {
    const { bare } = world.repository;
    let isFirst = true;
    const set = files(count);
    const filesAt = async (at: string): Promise<FileSet> => {
      const found = await missing(set)(at);
      if (isFirst) {
        const sha = bare.commit({ parents: [at], message: "Theirs\n", changes: { "theirs.txt": "x" } });
        moveBranch(world.repository, { branch: "main", sha, force: true });
      }
      isFirst = false;
      return found;
    };
    expect(await commit(set, filesAt)).toMatchObject({ kind: "committed" });
    expect(bare.read("main", "theirs.txt")).toBe("x");
    expect(bare.read("main", "docs/database/t1.md")).toContain("1");
  });

  test("is left to the newer run when the schema moved on", async () => {
    const { bare } = world.repository;
    const outcome = await world.publisher.commit(
      {
        branch: "main",
        head: bare.resolve("main") ?? "",
        message: { headline: "Update", body: "" },
        filesAt: () => Promise.resolve(null),
      },
      world.target,
    );
    expect(outcome).toEqual({ kind: "superseded" });
  });

  test.each([3, 150])("of %i files to a protected branch is refused, and one pull request takes it", async (count) => {
    world.repository.protectedBranches.add("main");
    const set = files(count);
    expect(await commit(set)).toMatchObject({ kind: "protected" });
    const propose = (wanted: FileSet) =>
      world.publisher.commitByPullRequest(
        {
          branch: "main",
          head: world.repository.bare.resolve("main") ?? "",
          message: { headline: "Update", body: "QueryGenie-Digest: 1" },
          filesAt: missing(wanted),
          title: "Update",
          text: "…",
        },
        world.target,
      );
    const first = await propose(set);
    expect(first).toMatchObject({ kind: "proposed", number: 2, files: count });
    // A second run finds its pull request; a person's commit on its branch stays.
    const branch = "querygenie/docs/main";
    const { bare } = world.repository;
    expect(await propose(files(count + 1))).toMatchObject({ kind: "proposed", number: 2 });
    const person = bare.commit({
      parents: [bare.resolve(branch) ?? ""],
      message: "Mend a word\n",
      changes: { "NOTES.md": "mine" },
    });
    moveBranch(world.repository, { branch, sha: person, force: true });
    expect(await propose(files(count + 2))).toMatchObject({ kind: "proposed", number: 2, files: 1 });
    expect(bare.read(branch, "NOTES.md")).toBe("mine");
    expect(bare.git(["for-each-ref", "--format=%(refname)", "refs/heads/querygenie"]).trim()).toBe(
      `refs/heads/${branch}`,
    );
  });

  test("says which setting is missing when Actions may not open pull requests, and leaves the branch", async () => {
    world.repository.allowsActionsPullRequests = false;
    const proposed = world.publisher.commitByPullRequest(
      {
        branch: "main",
        head: world.repository.bare.resolve("main") ?? "",
        message: { headline: "Update", body: "QueryGenie-Digest: 1" },
        filesAt: missing(files(2)),
        title: "Update",
        text: "…",
      },
      world.target,
    );
    await expect(proposed).rejects.toMatchObject({
      problems: [{ code: "QG809", help: expect.stringContaining("Allow GitHub Actions to create") }],
    });
    expect(world.repository.bare.read("querygenie/docs/main", "docs/database/t1.md")).not.toBeNull();
  });
});

describe("labels", () => {
  test("are given and taken, others stay, and a token that may not label stops nothing", async () => {
    world.pull.labels.add("bug");
    await world.publisher.labels(await read(), ["database", "database: unsafe"]);
    await world.publisher.labels(await read(), ["database"]);
    expect([...world.pull.labels].sort()).toEqual(["bug", "database"]);
    expect(await world.as({ contents: "read" }).labels(await read(), ["database: unsafe"])).toBe(false);
  });
});

test("a reply that gives a reason counts from those who may write only", async () => {
  await review([FIRST, SECOND]);
  const reply = (thread: number, author: string, body: string) =>
    world.pull.threads[thread]?.comments.push({
      id: 1,
      body,
      author,
      isBot: false,
      createdAt: "2026-01-01T00:00:00Z",
      minimized: null,
    });
  reply(0, "ada", "ignore because it is empty");
  reply(1, "mallory", "ignore because I want to");
  reply(1, "ada", "we should not ignore because it matters");
  expect(await world.publisher.silences(await read())).toEqual([
    { fingerprint: FIRST.fingerprint, by: "ada", reason: "it is empty" },
  ]);
});

test("a dry run reads, says all it would send, and sends nothing that writes", async () => {
  const said: string[] = [];
  const dry = world.as({ contents: "write", pull_requests: "write" }, (call) => said.push(call));
  const state = await dry.readPullRequest(world.pull.number);
  await dry.comment(state, { key: KEY, body: "the words" });
  await dry.review(state, { findings: [FIRST], commit: world.head(), textOf: () => MIGRATION });
  await dry.labels(state, ["database"]);
  expect(said).toHaveLength(3);
  expect(said.join("\n")).toContain("the words");
  expect(calls().filter((call) => !call.startsWith("GET") && call !== "GRAPHQL PullRequestState")).toEqual([]);
  expect(world.pull.comments).toEqual([]);
});
