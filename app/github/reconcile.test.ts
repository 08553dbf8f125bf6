import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { githubClient } from "#action/github/client.ts";
import { startFakeGithub, type FakeGithub } from "#test/support/fake-github/fake-github.ts";
import type { FakeDelivery } from "#test/support/fake-github/hook-deliveries.ts";
import { silentLog } from "../log.ts";
import type { Job } from "./job.ts";
import type { Accepted } from "./queue/queue.ts";
import { reconcile, type ReconcileOptions } from "./reconcile.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});
const NOW = Date.parse("2026-03-04T12:00:00Z");
const MINUTE = 60_000;
const deliveries: FakeDelivery[] = [];
let github: FakeGithub;
let options: ReconcileOptions;
let accepted: string[];
let answerOf: (delivery: string) => Accepted;
let now = NOW;

beforeAll(async () => {
  github = await startFakeGithub();
  const token = { login: "querygenie[bot]", isBot: true, permissions: {} };
  github.installApp({ publicKey, installation: 7, secret: "ghs_x", token, deliveries });
});
afterAll(() => github.close());
beforeEach(() => {
  deliveries.length = 0;
  github.log.length = 0;
  accepted = [];
  now = NOW;
  answerOf = () => "accepted";
  const notes = new Map<string, string>();
  const auth = createAppAuth({ appId: "12", privateKey });
  options = {
    octokit: async () => githubClient({ token: (await auth({ type: "app" })).token, apiUrl: github.apiUrl }),
    log: silentLog,
    now: () => now,
    queue: {
      async accept(delivery, jobs: readonly Job[]) {
        const isKnown = accepted.some((line) => line.startsWith(`${delivery} `));
        const result = isKnown ? "duplicate" : answerOf(delivery);
        if (result === "accepted") accepted.push(`${delivery} ${jobs.map(({ kind }) => kind).join()}`);
        return result;
      },
      note: async (name) => notes.get(name) ?? null,
      setNote: async (name, value) => void notes.set(name, value ?? ""),
    },
  };
});

let lastId = 0;
/** An attempt so many minutes ago; the newest stands first. */
function attempt(guid: string, minutes: number, status: number, more: Partial<FakeDelivery> = {}): void {
  const payload = {
    action: "opened",
    number: 3,
    installation: { id: 7 },
    repository: { name: "shop", owner: { login: "outdoor" }, default_branch: "main" },
  };
  const deliveredAt = new Date(NOW - minutes * MINUTE).toISOString();
  deliveries.push({ id: ++lastId, guid, deliveredAt, event: "pull_request", status, payload, ...more });
  deliveries.sort((a, b) => (a.deliveredAt < b.deliveredAt ? 1 : -1));
}
const reads = (): number => github.log.filter(({ call }) => /deliveries\/\d/.test(call)).length;

test("takes up what did not arrive, oldest first, and nothing that did", async () => {
  attempt("late", 5, 503);
  attempt("fine", 6, 202);
  attempt("unreached", 9, 0);
  attempt("star", 10, 502, { event: "star" });
  attempt("sent again", 30, 500);
  attempt("sent again", 8, 202);
  expect(await reconcile(options)).toBe(2);
  expect(accepted).toEqual(["unreached pull-request", "late pull-request"]);
});

test("looks at each once, over many pages, and no further back than it must", async () => {
  for (let index = 0; index < 250; index++) attempt(`d${index}`, 1 + index, index % 50 === 20 ? 500 : 202);
  expect(await reconcile(options)).toBe(5);
  const [first] = github.log.splice(0);
  expect(first?.call).toBe("GET /app/hook/deliveries");
  now += 20 * MINUTE;
  expect(await reconcile(options)).toBe(0);
  expect([github.log.length, reads()]).toEqual([1, 0]);
});

test("stops at a full queue and goes on there the next time", async () => {
  for (const [guid, minutes] of [
    ["a", 300],
    ["b", 200],
    ["c", 100],
  ] as const)
    attempt(guid, minutes, 503);
  answerOf = (delivery) => (delivery === "a" ? "accepted" : "full");
  expect(await reconcile(options)).toBe(1);
  answerOf = () => "accepted";
  expect(await reconcile(options)).toBe(2);
  expect(accepted.map((line) => line[0])).toEqual(["a", "b", "c"]);
});

test("takes up no more than it may at a time", async () => {
  for (let index = 0; index < 230; index++) attempt(`d${index}`, 1 + index, 0);
  expect(await reconcile(options)).toBe(200);
  expect(await reconcile(options)).toBe(30);
});

test("leaves out a payload of another form, and keeps its place when GitHub cannot be asked", async () => {
  attempt("odd", 3, 500, { payload: {} });
  attempt("good", 2, 500);
  github.faults.push({ on: /deliveries$/, times: 1, what: { status: 404, json: { message: "gone" } } });
  await expect(reconcile(options)).rejects.toThrow("gone");
  expect(await reconcile(options)).toBe(1);
  expect(accepted).toEqual(["good pull-request"]);
});
