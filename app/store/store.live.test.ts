import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ProblemError } from "#schemas/problem.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { holdFolder } from "./hold-folder.ts";
import { openStore, type StoreSettings } from "./open-store.ts";
import type { AuditEntry, ServerStore, StoredSession, UsageEntry } from "./server-store.ts";

const at = (time: string): Date => new Date(`2026-11-${time}Z`);
const ada = { id: 7, login: "ada", name: "Ada Lovelace" };
const grace = { id: 8, login: "grace", name: null };
const session = (idHash: string, more: Partial<StoredSession> = {}): StoredSession => ({
  idHash,
  user: ada,
  sealedToken: "sealed",
  createdAt: at("01T10:00"),
  seenAt: at("01T10:00"),
  expiresAt: at("08T10:00"),
  ...more,
});
const entry = (asked: string, more: { readonly userId?: number; readonly askedAt?: Date } = {}) => ({
  userId: ada.id,
  askedAt: at("01T10:00"),
  route: "query",
  connection: "production",
  asked,
  status: "ok",
  rows: 3,
  milliseconds: 12,
  ...more,
});
const audited = (what: string, askedAt: Date = at("01T10:00")): AuditEntry => ({
  askedAt,
  who: "github:ada",
  address: "192.0.2.7",
  role: "write",
  route: "query",
  connection: "production",
  what,
  status: "ok",
  code: null,
  rows: 3,
  milliseconds: 12,
});
const used = (more: Partial<UsageEntry> = {}): UsageEntry => ({
  day: "2026-11-01",
  who: "github:ada",
  connection: "production",
  route: "query",
  requests: 1,
  rows: 3,
  milliseconds: 12,
  ...more,
});

const real = await postgresCase("npm");
const kinds: readonly { readonly title: string; readonly kind: StoreSettings["kind"]; readonly isMissing: boolean }[] =
  [
    { title: `PostgreSQL ${real.title}`, kind: "postgres", isMissing: real.isMissing },
    { title: "the embedded engine on disk", kind: "embedded", isMissing: false },
  ];

describe.each(kinds)("the store on $title", ({ kind, isMissing }) => {
  describe.skipIf(isMissing)("keeps its promises", () => {
    let server: PostgresServer | undefined;
    let folder: string;
    let settings: StoreSettings;
    let store: ServerStore;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "querygenie-store-"));
      if (kind === "postgres") {
        server = await startPostgres();
        const { host, port, user, database } = server.connection;
        settings = { kind, url: `postgres://${user}@${host}:${port}/${database}` };
      } else settings = { kind, folder: join(folder, "store") };
      store = await openStore(settings);
    }, 240_000);
    afterAll(async () => {
      await store.close();
      await server?.close();
      await rm(folder, { recursive: true });
    });

    test("gives a sign-in once, whoever asks", async () => {
      const signIn = {
        stateHash: "state",
        browserHash: "browser",
        verifier: "verifier",
        returnTo: "/playground/?sql=select%201",
        expiresAt: at("01T10:10"),
      };
      await store.signIns.begin(signIn);
      const taken = await Promise.all([1, 2, 3].map(() => store.signIns.take("state")));
      expect(taken.filter((one) => one !== null)).toEqual([signIn]);
      expect(await store.signIns.take("state")).toBeNull();
      expect(await store.signIns.take("' or true --")).toBeNull();
    });

    test("finds a session until it is over or was ended", async () => {
      await store.sessions.open(session("one"));
      await store.sessions.open(session("two", { user: { ...ada, login: "ada-l", name: null } }));
      // Who somebody is, is what GitHub told last.
      expect(await store.sessions.find("one", at("02T10:00"))).toEqual(
        session("one", { user: { ...ada, login: "ada-l", name: null } }),
      );
      await store.sessions.seen("one", at("02T10:00"));
      expect(await store.sessions.find("one", at("02T10:00"))).toMatchObject({ seenAt: at("02T10:00") });
      expect(await store.sessions.find("one", at("08T10:00"))).toBeNull();
      expect(await store.sessions.find("three", at("02T10:00"))).toBeNull();
      await store.sessions.end("one");
      expect(await store.sessions.find("one", at("02T10:00"))).toBeNull();
      expect(await store.sessions.find("two", at("02T10:00"))).not.toBeNull();
    });

    test("forgets a user with sessions and history, and keeps the audit", async () => {
      await store.sessions.open(session("hers", { user: grace }));
      await store.history.add([entry("select 1", { userId: grace.id })]);
      await store.audit.add([audited("select ?")]);
      await store.users.remove(grace.id);
      expect(await store.sessions.find("hers", at("02T10:00"))).toBeNull();
      expect(await store.history.list({ userId: grace.id, limit: 10 })).toEqual([]);
      expect(await store.audit.list(1)).toEqual([audited("select ?")]);
    });

    test("gives each user their own history, newest first and page by page", async () => {
      await store.sessions.open(session("ada"));
      await store.sessions.open(session("grace", { user: grace }));
      const mine = Array.from({ length: 5 }, (_, index) => entry(`select ${index + 1}`));
      await store.history.add([...mine, entry("select 'hers'", { userId: grace.id })]);
      // Somebody who was removed meanwhile costs the others nothing.
      await store.history.add([entry("select 'nobody'", { userId: 404 }), entry("select 6 -- '; drop table x")]);
      const first = await store.history.list({ userId: ada.id, limit: 4 });
      expect(first.map(({ asked }) => asked)).toEqual([
        "select 6 -- '; drop table x",
        "select 5",
        "select 4",
        "select 3",
      ]);
      const second = await store.history.list({ userId: ada.id, limit: 4, before: first.at(-1)?.id });
      expect(second.map(({ asked }) => asked)).toEqual(["select 2", "select 1"]);
      const { userId: _userId, ...told } = entry("select 1");
      expect(second.at(-1)).toEqual({ ...told, id: expect.any(Number) });
      await store.history.clear(ada.id);
      expect(await store.history.list({ userId: ada.id, limit: 4 })).toEqual([]);
      expect(await store.history.list({ userId: grace.id, limit: 4 })).toHaveLength(1);
    });

    test("adds usage up, in one call and in several at once", async () => {
      await store.usage.add([used(), used(), used({ route: "ask", rows: 0 })]);
      await Promise.all(Array.from({ length: 8 }, () => store.usage.add([used({ route: "ask", rows: 0 }), used()])));
      await store.usage.add([used({ who: "machine:nightly", day: "2026-11-02" })]);
      await store.usage.add([]);
      expect(await store.usage.list({ since: "2026-11-01" })).toEqual([
        used({ who: "machine:nightly", day: "2026-11-02" }),
        used({ route: "ask", rows: 0, requests: 9, milliseconds: 108 }),
        used({ requests: 10, rows: 30, milliseconds: 120 }),
      ]);
      expect(await store.usage.list({ who: "machine:nightly", since: "2026-11-01" })).toHaveLength(1);
      expect(await store.usage.list({ since: "2026-11-03" })).toEqual([]);
    });

    test("keeps installations as they were told last", async () => {
      const one = {
        id: 1,
        account: "outdoor",
        repositories: ["outdoor/shop"],
        suspendedAt: null,
        updatedAt: at("01T10:00"),
      };
      await store.installations.put(one);
      await store.installations.put({ ...one, id: 2, account: "indoor", repositories: [] });
      const later = { ...one, repositories: ["outdoor/shop", "outdoor/blog"], suspendedAt: at("02T10:00") };
      await store.installations.put(later);
      expect((await store.installations.list()).map(({ id }) => id)).toEqual([1, 2]);
      expect((await store.installations.list())[0]).toEqual(later);
      await store.installations.remove(2);
      expect(await store.installations.list()).toEqual([later]);
    });

    test("forgets what is over", async () => {
      await store.sessions.open(session("kept", { expiresAt: at("20T10:00") }));
      await store.sessions.open(session("over", { expiresAt: at("10T10:00") }));
      await store.history.add([entry("old"), entry("new", { askedAt: at("10T10:00") })]);
      await store.audit.add([audited("old"), audited("new", at("10T10:00"))]);
      await store.usage.add([used({ day: "2026-11-10", who: "github:new" })]);
      await store.signIns.begin({
        stateHash: "late",
        browserHash: "",
        verifier: "",
        returnTo: "/",
        expiresAt: at("01T10:10"),
      });
      await store.forget({ before: at("05T10:00"), now: at("11T10:00") });
      expect(await store.sessions.find("over", at("09T10:00"))).toBeNull();
      expect(await store.sessions.find("kept", at("09T10:00"))).not.toBeNull();
      expect((await store.history.list({ userId: ada.id, limit: 10 })).map(({ asked }) => asked)).toEqual(["new"]);
      expect((await store.audit.list(10)).map(({ what }) => what)).toEqual(["new"]);
      expect((await store.usage.list({ since: "2026-01-01" })).map(({ who }) => who)).toEqual(["github:new"]);
      expect(await store.signIns.take("late")).toBeNull();
    });

    test("holds what it was given when it is opened again", async () => {
      await store.sessions.open(session("again"));
      await store.close();
      store = await openStore(settings);
      expect(await store.sessions.find("again", at("02T10:00"))).toMatchObject({ user: ada });
    });
  });
});

test("a folder has one server at a time, and a killed one holds nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "querygenie-held-"));
  const letGo = await holdFolder(folder);
  await expect(openStore({ kind: "embedded", folder })).rejects.toThrow(ProblemError);
  await letGo();
  const hold = `require("net").createServer().listen(process.argv[1], () => console.log("held"))`;
  const child = spawn(process.execPath, ["-e", hold, join(folder, "held")], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await expect(holdFolder(folder)).rejects.toThrow(/another server uses/);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  await (
    await holdFolder(folder)
  )();
  await rm(folder, { recursive: true });
});

describe.skipIf(real.isMissing)(`two servers on PostgreSQL ${real.title}`, () => {
  test("start at once on an empty database", async () => {
    const server = await startPostgres();
    try {
      const { host, port, user, database } = server.connection;
      const url = `postgres://${user}@${host}:${port}/${database}`;
      const stores = await Promise.all([1, 2, 3].map(() => openStore({ kind: "postgres", url })));
      const { rows } = await server.client.query<{ tag: string }>("select tag from querygenie_migrations.done");
      expect(rows.map(({ tag }) => tag)).toEqual(["0000_start"]);
      await stores[0]?.sessions.open(session("shared"));
      expect(await stores[1]?.sessions.find("shared", at("02T10:00"))).toMatchObject({ user: ada });
      await Promise.all(stores.map((store) => store.close()));
    } finally {
      await server.close();
    }
  });

  test("say what is wrong with a database that they may not change", async () => {
    const server = await startPostgres();
    try {
      await server.client.query("create role guest login");
      const { host, port, database } = server.connection;
      const refusal = await openStore({ kind: "postgres", url: `postgres://guest@${host}:${port}/${database}` }).catch(
        (error: unknown) => error,
      );
      expect(refusal).toMatchObject({
        exitCode: 3,
        problems: [{ code: "QG604", message: expect.stringMatching(/permission denied/) }],
      });
    } finally {
      await server.close();
    }
  });
});
