import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { actionWorld, type ActionWorld } from "#test/support/action-world.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { signedWebhook } from "#test/support/fake-github/fake-github.ts";
import { headOf, type FakePull } from "#test/support/fake-github/fake-state.ts";
import { startModelServer, type ModelServer } from "#test/support/model-server.ts";
import { pullJson, repositoryJson } from "#test/support/fake-github/rest-json.ts";
import { serverLog } from "../log.ts";
import { serve } from "../serve.ts";
import type { RunningServer } from "../server.ts";

const SECRET = "a secret of the shop";
const MODEL_KEY = "sk-of-outdoor-0123456789";
const TOKEN = "ghs_installation00000000000000000000000";
const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});
/** Several runs of the engine in one test. */
const REVIEWS_MS = 300_000;
const folder = mkdtempSync(join(tmpdir(), "querygenie-app-test-"));
const lines: string[] = [];
let world: ActionWorld;
let server: RunningServer;
let models: ModelServer;
let deliveries = 0;

beforeAll(async () => {
  vi.stubEnv("OUTDOOR_KEY", MODEL_KEY);
  models = await startModelServer();
  models.play({ kind: "answer", text: "{}" });
  world = await actionWorld("");
  const { github } = world;
  github.installApp({
    publicKey,
    installation: 7,
    secret: TOKEN,
    token: {
      login: "querygenie[bot]",
      isBot: true,
      // Those of deploy/app.yml.
      permissions: { contents: "write", pull_requests: "write", issues: "read", checks: "write" },
    },
  });
  const log = serverLog({
    level: "debug",
    format: "json",
    write: (line) => lines.push(line),
    now: () => new Date(0),
    clean: (text) => text,
  });
  server = await serve({
    port: 0,
    log,
    app: {
      id: "12",
      privateKey: privateKey.replaceAll("\n", "\\n"),
      secrets: [SECRET],
      serverUrl: github.url,
      apiUrl: github.apiUrl,
      dataDir: folder,
      cacheDir: testCacheDir,
      aiKeys: "outdoor/AI_ENDPOINT_API_KEY=OUTDOOR_KEY, acme/OPENAI_API_KEY=OUTDOOR_KEY",
    },
  });
});
beforeEach(() => {
  world.repository.checks.length = 0;
  lines.length = 0;
});
afterAll(async () => {
  await server.close();
  await world.close();
  await models.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A model of the owner's own, as the owner's defaults name it. */
const endpoint = (): string =>
  `ai: { endpoint: ${JSON.stringify(models.urls.chat)}, models: { endpoint: shop-model } }\n`;

async function deliver(event: string, payload: object): Promise<number> {
  const whole = { installation: { id: 7 }, repository: repositoryJson(world.repository), ...payload };
  const body = JSON.stringify(whole);
  const headers = signedWebhook(event, body, SECRET, `delivery-${++deliveries}`);
  return (await fetch(`${server.url}api/github/webhooks`, { method: "POST", headers, body })).status;
}

const opened = (pull: FakePull) => ({
  action: "opened",
  number: pull.number,
  pull_request: pullJson(world.repository, pull),
});

/** A comment as the person writes it, and its delivery. */
async function say(pull: FakePull, user: string, body: string): Promise<number> {
  const id = 900 + ++deliveries;
  pull.comments.push({ id, body, author: user, isBot: false, createdAt: "2026-01-02T03:04:05Z", minimized: null });
  await deliver("issue_comment", {
    action: "created",
    issue: { number: pull.number, user: { login: pull.user, type: "User" }, pull_request: { url: "x" } },
    comment: { id, body, user: { login: user, type: "User" } },
  });
  return id;
}

/** Resolves when the job that was accepted last has ended. */
const ended = () =>
  expect.poll(() => lines.filter((line) => /"Job (?:done|given up|superseded)/.test(line)).length, { timeout: 90_000 });
const reactionsTo = (comment: number): readonly string[] =>
  world.repository.reactions.filter((one) => one.comment === comment).map(({ content }) => content);
const own = (pull: FakePull): readonly string[] => pull.comments.filter(({ isBot }) => isBot).map(({ body }) => body);

const migration = (name: string, sql: string) => ({ [`migrations/${name}.sql`]: `${sql}\n` });
const RISKY = "ALTER TABLE people.customers DROP COLUMN email;";

test("reviews a pull request of a repository that has no workflow file", async () => {
  world.commit("risky", migration("0005_risky", RISKY));
  const pull = world.openPull("risky");
  expect(await deliver("pull_request", opened(pull))).toBe(202);
  await ended().toBe(1);
  expect(own(pull)).toHaveLength(1);
  expect(own(pull)[0]).toContain("email");
  const [check] = world.repository.checks;
  expect(check).toMatchObject({ name: "QueryGenie", status: "completed", conclusion: "failure" });
  expect(check?.head).toBe(headOf(world.repository, pull));
  expect(check?.actions).toMatchObject([{ identifier: "docs" }]);
  expect(lines.join("\n")).not.toMatch(/ghs_|PRIVATE KEY|a secret of the shop/);
  // Nothing that the same delivery says again is done again.
  const before = own(pull);
  expect(await deliver("pull_request", opened(pull))).toBe(202);
  await ended().toBe(2);
  expect(own(pull)).toEqual(before);
});

test(
  "goes by the owner's .github and the owner's key where the repository says nothing, and never by what a pull request proposes there",
  async () => {
    const { bare } = world.github.addRepository({ owner: "outdoor", name: ".github", isPrivate: true });
    const commit = (text: string) =>
      bare.commit({ parents: [], message: "Say\n", changes: { "querygenie.yml": text } });
    try {
      bare.setRef("refs/heads/main", commit(`review: { failOn: never }\n${endpoint()}`));
      bare.setRef("refs/heads/proposal", commit("review: { failOn: error }\n"));
      world.commit("by-owner", migration("0005_owner", RISKY));
      const pull = world.openPull("by-owner");
      await deliver("pull_request", opened(pull));
      await ended().toBe(1);
      expect(world.repository.checks.at(-1)).toMatchObject({ status: "completed", conclusion: "success" });
      expect(new Set(models.calls.map(({ key }) => key.replace("Bearer ", "")))).toEqual(new Set([MODEL_KEY]));
      const said = JSON.stringify([lines, own(pull), world.repository.checks]);
      expect(said).not.toContain(MODEL_KEY);
      bare.setRef("refs/heads/main", commit("review: { failOn: sometimes }\n"));
      await deliver("pull_request", opened(pull));
      await ended().toBe(2);
      const wrong = JSON.stringify(world.repository.checks.at(-1));
      expect(wrong).toContain("the owner's defaults, line 1");
    } finally {
      bare.setRef("refs/heads/main", commit(endpoint()));
    }
  },
  REVIEWS_MS,
);

test("reviews what a fork sends, never offers to commit to it, and asks no model with the owner's key", async () => {
  const before = models.calls.length;
  world.commit("from-fork", migration("0005_fork", "ALTER TABLE people.customers DROP COLUMN email;"));
  const pull = world.github.openPull(world.repository, {
    head: "from-fork",
    headRepo: "stranger/shop",
    user: "stranger",
  });
  await deliver("pull_request", opened(pull));
  await ended().toBe(1);
  expect(own(pull)[0]).toContain("email");
  expect(world.repository.checks).toMatchObject([{ conclusion: "failure", actions: [] }]);
  const keys = models.calls.slice(before).map(({ key }) => key);
  expect(keys.join()).not.toContain(MODEL_KEY);
});

test("explains a query to who may ask, and shows a stranger a sign only", async () => {
  world.commit("asked", migration("0005_asked", "CREATE TABLE people.visits (id int PRIMARY KEY);"));
  const pull = world.openPull("asked");
  const asked = await say(pull, "ada", "/querygenie explain select count(*) from people.visits -- ``` @everyone");
  await ended().toBe(1);
  expect(reactionsTo(asked)).toEqual(["eyes", "rocket"]);
  expect(own(pull)).toHaveLength(1);
  expect(own(pull)[0]).toMatch(/^<!-- [^\n]*command/);
  expect(own(pull)[0]).toContain("people.visits");
  const stranger = await say(pull, "mallory", "/querygenie explain select 1");
  await ended().toBe(2);
  expect(reactionsTo(stranger)).toEqual(["confused"]);
  expect(own(pull)).toHaveLength(1);
  const wrong = await say(pull, "ada", "/querygenie explain delete from people.visits");
  await ended().toBe(3);
  expect(reactionsTo(wrong)).toEqual(["eyes", "confused"]);
  expect(own(pull).at(-1)).toContain("QG501");
});

test("says what it can be asked for", async () => {
  world.commit("help", migration("0005_help", "CREATE TABLE people.notes (id int PRIMARY KEY);"));
  const pull = world.openPull("help");
  const unclear = await say(pull, "ada", "/querygenie deploy");
  await ended().toBe(1);
  expect(own(pull)[0]).toMatch(/There is no command `deploy`[\s\S]*\/querygenie review/);
  expect(reactionsTo(unclear)).toEqual(["eyes", "confused"]);
});

test("pauses for a pull request when a maintainer says so, and reviews it when asked", async () => {
  world.repository.collaborators.set("grace", "maintain");
  world.commit("paused", migration("0005_paused", RISKY));
  const pull = world.openPull("paused");
  const refused = await say(pull, "ada", "/querygenie pause");
  await ended().toBe(1);
  expect(reactionsTo(refused)).toEqual(["confused"]);
  const paused = await say(pull, "grace", "/querygenie pause");
  await ended().toBe(2);
  expect(reactionsTo(paused)).toEqual(["eyes", "rocket"]);
  await deliver("pull_request", opened(pull));
  await ended().toBe(3);
  expect([own(pull), world.repository.checks]).toEqual([[], []]);
  await say(pull, "ada", "/querygenie review");
  await ended().toBe(4);
  expect(own(pull)).toHaveLength(1);
  expect(readFileSync(join(folder, "webhooks.jsonl"), "utf8")).toMatch(/"paused [^"]*#\d+","value":"grace"/);
});

test("proposes the files of the default branch, and commits them to a pull request when somebody who may write asks", async () => {
  await deliver("push", { ref: "refs/heads/main", deleted: false });
  await ended().toBe(1);
  const proposal = world.repository.pulls.find(({ title }) => title.startsWith("Document this database"));
  expect(proposal).toBeDefined();
  if (proposal) world.merge(proposal);
  world.commit("documented", migration("0006_visits", "CREATE TABLE people.visitors (id int PRIMARY KEY);"));
  const pull = world.openPull("documented");
  const before = headOf(world.repository, pull);
  await say(pull, "mallory", "/querygenie docs");
  await ended().toBe(2);
  expect(headOf(world.repository, pull)).toBe(before);
  const asked = await say(pull, "ada", "/querygenie docs");
  await ended().toBe(3);
  expect(reactionsTo(asked)).toEqual(["eyes", "rocket"]);
  world.github.sync();
  const after = headOf(world.repository, pull);
  expect(after).not.toBe(before);
  expect(world.repository.bare.read(after, "docs/database/people.visitors.md")).toContain("visitors");
});

/** The button on a check, pressed. */
const press = (pull: FakePull, identifier: string, user: string, head = headOf(world.repository, pull)) =>
  deliver("check_run", {
    action: "requested_action",
    requested_action: { identifier },
    check_run: { name: "QueryGenie", head_sha: head, pull_requests: [{ number: pull.number }] },
    sender: { login: user, type: "User" },
  });

const CHECKED = "ALTER TABLE people.customers ADD CONSTRAINT email_long CHECK (length(email) > 3);";
const INDEXED = "CREATE INDEX customers_email_x ON people.customers (email);";

test(
  "commits the safe forms of a review when somebody who may write presses the button",
  async () => {
    // sqlx runs such a file without a transaction, so that its steps may stand in it.
    const path = "migrations/0007_fixable.sql";
    world.commit("fixable", {
      "Cargo.toml": '[dependencies]\nsqlx = "0.8"\n',
      [path]: `-- no-transaction\n${CHECKED}\n${INDEXED}\n`,
    });
    const pull = world.openPull("fixable");
    await deliver("pull_request", opened(pull));
    await ended().toBe(1);
    expect(world.repository.checks[0]?.actions).toMatchObject([{ identifier: "docs" }, { identifier: "fixes" }]);
    const before = headOf(world.repository, pull);
    await press(pull, "fixes", "mallory");
    await ended().toBe(2);
    expect(headOf(world.repository, pull)).toBe(before);
    await press(pull, "fixes", "ada");
    await ended().toBe(3);
    world.github.sync();
    const after = headOf(world.repository, pull);
    expect(after).not.toBe(before);
    expect(world.repository.bare.read(after, path)).toBe(
      [
        "-- no-transaction",
        `${CHECKED.slice(0, -1)} NOT VALID;`,
        "ALTER TABLE people.customers VALIDATE CONSTRAINT email_long;",
        "CREATE INDEX CONCURRENTLY customers_email_x ON people.customers (email);",
        "",
      ].join("\n"),
    );
    expect(own(pull).at(-1)).toContain("2 of 2 safe forms are applied");
    // A button of an older commit's check.
    await press(pull, "fixes", "ada", before);
    await ended().toBe(4);
    world.github.sync();
    expect(headOf(world.repository, pull)).toBe(after);
    expect(own(pull).at(-1)).toContain("The branch has moved since");
  },
  REVIEWS_MS,
);

test(
  "commits no safe form that cannot stand where its statement stands, and none to a fork",
  async () => {
    world.commit("unfixable", migration("0008_one", CHECKED));
    const pull = world.openPull("unfixable");
    const before = headOf(world.repository, pull);
    await press(pull, "fixes", "ada");
    await ended().toBe(1);
    world.github.sync();
    expect(headOf(world.repository, pull)).toBe(before);
    expect(own(pull).at(-1)).toContain("transactions of their own");
    const fork = world.github.openPull(world.repository, {
      head: "unfixable",
      headRepo: "stranger/shop",
      user: "stranger",
    });
    await press(fork, "fixes", "ada");
    await ended().toBe(2);
    expect(own(fork)).toEqual([]);
  },
  REVIEWS_MS,
);
