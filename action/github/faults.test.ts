/** Every call of the publisher with everything that can go wrong: a message that says what to do, and a second run that heals. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ProblemError } from "#schemas/problem.ts";
import { findingExample } from "#schemas/json/finding.ts";
import { secondaryLimit, type Fault } from "#test/support/fake-github/fake-github.ts";
import { answer } from "#test/support/fake-github/fake-state.ts";
import { MIGRATION, publisherWorld, type PublisherWorld } from "#test/support/publisher-world.ts";

let world: PublisherWorld;
beforeAll(async () => {
  world = await publisherWorld({ timeoutMs: 1500 });
});
afterEach(() => {
  world.github.faults.length = 0;
});
afterAll(() => world.github.close());

const graphqlError = (type: string) => answer(200, { data: null, errors: [{ type, message: `${type} happened` }] });

const FAULTS: readonly (readonly [name: string, what: Fault["what"], codes: readonly string[]])[] = [
  ["401", answer(401, { message: "Bad credentials" }), ["QG802"]],
  ["403", answer(403, { message: "Resource not accessible by integration" }), ["QG801", "QG809", "QG818"]],
  ["404", answer(404, { message: "Not Found" }), ["QG803", "QG818"]],
  ["409", answer(409, { message: "Conflict" }), ["QG808"]],
  ["422", answer(422, { message: "Validation Failed" }), ["QG806"]],
  ["429", answer(429, { message: "Too many requests" }, { "retry-after": "600" }), ["QG804"]],
  ["a secondary limit", secondaryLimit(600), ["QG804"]],
  ["500", answer(500, { message: "Server Error" }), ["QG805"]],
  ["502 with a page", answer(502, "<html>Bad gateway</html>"), ["QG805"]],
  ["a cut connection", "cut", ["QG805"]],
  ["no answer", "silence", ["QG805"]],
  ["a forbidden mutation", graphqlError("FORBIDDEN"), ["QG801"]],
  ["a mutation on a stale head", graphqlError("STALE_DATA"), ["QG808"]],
];

const PATH = "migrations/0002.sql";
const span = { file: PATH, line: 1, column: 1, endLine: 1, endColumn: 40 };
const finding = { ...findingExample, span, fingerprint: "a".repeat(16) };
const state = () => world.publisher.readPullRequest(world.pull.number);
const clean = () => {
  world.pull.comments.length = 0;
  world.pull.threads.length = 0;
  world.pull.labels.clear();
};

interface Work {
  readonly name: string;
  readonly on: RegExp;
  readonly isGraphql: boolean;
  /** What must hold after a run without faults. */
  readonly prepare?: () => Promise<unknown>;
  readonly run: () => Promise<unknown>;
  readonly holds: () => boolean;
}

const comment = async (body: string) => world.publisher.comment(await state(), { key: "||", body });
const review = async (findings: readonly (typeof finding)[]) =>
  world.publisher.review(await state(), { findings, commit: world.head(), textOf: () => MIGRATION });
const filesAt = () => Promise.resolve({ additions: [{ path: "docs/a.md", content: Buffer.from("a") }], deletions: [] });
const head = () => world.repository.bare.resolve("main") ?? "";
const message = { headline: "Update", body: "QueryGenie-Digest: 1" };

const WORKS: readonly Work[] = [
  { name: "reading the state", on: /PullRequestState/, isGraphql: true, run: state, holds: () => true },
  {
    name: "making the comment",
    on: /POST .*comments/,
    isGraphql: false,
    run: () => comment("one"),
    holds: () => world.pull.comments.length === 1,
  },
  {
    name: "changing the comment",
    on: /PATCH .*comments/,
    isGraphql: false,
    prepare: () => comment("one"),
    run: () => comment("two"),
    holds: () => world.pull.comments.length === 1 && world.pull.comments[0]?.body.endsWith("two") === true,
  },
  {
    name: "reading the diff",
    on: /GET .*files/,
    isGraphql: false,
    run: () => review([finding]),
    holds: () => world.pull.threads.length === 1,
  },
  {
    name: "commenting at the lines",
    on: /POST .*reviews/,
    isGraphql: false,
    run: () => review([finding]),
    holds: () => world.pull.threads.length === 1,
  },
  {
    name: "folding a comment",
    on: /MinimizeComment/,
    isGraphql: true,
    prepare: () => review([finding]),
    run: () => review([]),
    holds: () => world.pull.threads[0]?.comments[0]?.minimized === "OUTDATED",
  },
  {
    name: "uploading findings",
    on: /sarifs/,
    isGraphql: false,
    run: () => world.publisher.uploadSarif({ sarif: "{}", commit: world.head(), ref: "refs/pull/1/merge" }),
    holds: () => world.repository.sarif.length > 0,
  },
  {
    name: "finding the pull request",
    on: /GET .*pulls$/,
    isGraphql: false,
    run: () => world.publisher.findPullRequest({ owner: "outdoor", branch: "change", head: world.head() }),
    holds: () => true,
  },
  {
    name: "committing",
    on: /CreateCommitOnBranch/,
    isGraphql: true,
    run: () => world.publisher.commit({ branch: "main", head: head(), message, filesAt }, world.target),
    holds: () => world.repository.bare.read("main", "docs/a.md") === "a",
  },
];

describe.each(WORKS)("$name", ({ on, isGraphql, prepare, run, holds }) => {
  // GitHub's client reads 409 at a list as an empty one: so an empty repository answers.
  const isList = String(on).includes("files");
  const faults = FAULTS.filter(([name]) => (isGraphql || !name.includes("mutation")) && !(isList && name === "409"));

  test.each(faults)("meets %s: says what to do, and does it when it runs again", async (_, what, codes) => {
    clean();
    await prepare?.();
    world.github.faults.push({ on, times: 20, what });
    const failure: unknown = await run().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    if (!(failure instanceof ProblemError)) return;
    expect(failure.problems).toHaveLength(1);
    expect(codes).toContain(failure.problems[0]?.code);
    expect(failure.problems[0]?.help).toMatch(/\w{3}/);
    world.github.faults.length = 0;
    await run();
    expect(holds()).toBe(true);
  });
});

test("what passes by itself is waited for", async () => {
  clean();
  world.github.faults.push({ on: /POST .*comments/, times: 1, what: secondaryLimit(0) });
  world.github.faults.push({ on: /PullRequestState/, times: 1, what: answer(502, { message: "Bad gateway" }) });
  await comment("one");
  expect(world.pull.comments).toHaveLength(1);
});

test("a comment whose answer is lost is not made twice", async () => {
  clean();
  const { github } = world;
  github.faults.push({ on: /POST .*comments/, times: 1, what: answer(502, { message: "Bad gateway" }) });
  await expect(comment("one")).rejects.toThrow(ProblemError);
  expect(github.log.filter(({ call }) => /POST .*comments/.test(call)).length).toBeGreaterThan(0);
  expect(world.pull.comments).toHaveLength(0);
});

test("a read-only token is told which permission it lacks", async () => {
  clean();
  const reader = world.as({ contents: "read", pull_requests: "read" });
  const failure = reader.comment(await reader.readPullRequest(world.pull.number), { key: "||", body: "x" });
  await expect(failure).rejects.toMatchObject({
    problems: [{ code: "QG801", help: expect.stringContaining("pull-requests: write") }],
  });
});

test("a force-push between reading and writing leaves no comment on a commit that is gone", async () => {
  clean();
  const { bare } = world.repository;
  const old = world.head();
  const push = () => {
    const sha = bare.commit({ parents: [head()], message: "Anew\n", changes: { [PATH]: "SELECT 1;\n" } });
    bare.setRef(`refs/pull/${world.pull.number}/head`, sha);
  };
  const before = await state();
  push();
  const reviewed = world.publisher.review(before, { findings: [finding], commit: old, textOf: () => MIGRATION });
  await expect(reviewed).rejects.toMatchObject({ problems: [{ code: "QG806" }] });
  expect(world.pull.threads).toEqual([]);
});
