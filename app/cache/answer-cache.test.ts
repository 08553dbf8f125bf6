import { describe, expect, test } from "vitest";
import { fakeConnection } from "#test/support/fake-connection.ts";
import type { Assistant } from "../query/assistant.ts";
import type { QueryConnection } from "../query/query-connection.ts";
import { layeredCache, memoryCache, type AnswerCache } from "./answer-cache.ts";
import { cachedAssistant } from "./cached-assistant.ts";
import { cachedConnection } from "./cached-connection.ts";

describe("memory", () => {
  test("keeps an answer until its time is over", async () => {
    let time = 1000;
    const cache = memoryCache({ maxBytes: 100_000, now: () => time });
    await cache.set("a", { text: "x", madeAt: 1000, until: 2000 });
    expect(await cache.get("a")).toEqual({ text: "x", madeAt: 1000, until: 2000 });
    time = 2000;
    expect([await cache.get("a"), cache.bytes()]).toEqual([null, 0]);
    await cache.set("b", { text: "x", madeAt: 1000, until: 2000 });
    expect(cache.bytes()).toBe(0);
  });

  test("never holds more than its bytes, and forgets what was not asked for longest", async () => {
    const maxBytes = 10_000;
    const cache = memoryCache({ maxBytes, now: () => 0 });
    const answer = (length: number) => ({ text: "x".repeat(length), madeAt: 0, until: 1000 });
    await cache.set("asked", answer(100));
    for (let index = 0; index < 1000; index++) {
      await cache.set(`key ${index}`, answer(index % 400));
      expect(await cache.get("asked")).not.toBeNull();
      expect(cache.bytes()).toBeLessThanOrEqual(maxBytes);
    }
    expect(await cache.get("key 0")).toBeNull();
    expect(await cache.get("key 999")).not.toBeNull();
    await cache.set("large", answer(maxBytes));
    expect(await cache.get("large")).toBeNull();
    await cache.set("key 999", answer(maxBytes));
    expect(await cache.get("key 999")).toBeNull();
  });
});

test("what another server has made keeps its age and its end", async () => {
  let time = 0;
  const far = memoryCache({ maxBytes: 100_000, now: () => time });
  const [one, other] = [1, 2].map(() => layeredCache(memoryCache({ maxBytes: 100_000, now: () => time }), far));
  await one?.set("a", { text: "x", madeAt: 0, until: 1000 });
  time = 900;
  expect(await other?.get("a")).toEqual({ text: "x", madeAt: 0, until: 1000 });
  expect(await other?.get("a")).toEqual({ text: "x", madeAt: 0, until: 1000 });
  time = 1000;
  expect(await other?.get("a")).toBeNull();
});

describe("a connection with a cache", () => {
  function world({
    engine = "postgres",
    revision = "one",
    cache,
  }: {
    readonly engine?: "postgres" | "embedded";
    /** Null when it is not known. */
    readonly revision?: string | null;
    readonly cache?: AnswerCache;
  } = {}) {
    const made = fakeConnection("production");
    const asked: string[] = [];
    const outcomes: string[] = [];
    const clock = { time: 0 };
    const connection: QueryConnection = {
      ...made,
      info: { ...made.info, engine },
      revision: revision ?? undefined,
      isRepeatable: async ({ sql }) => !sql.includes("random"),
      query: (request, how) => {
        asked.push(request.sql);
        return made.query(request, how);
      },
    };
    const cached = cachedConnection(connection, {
      cache: cache ?? memoryCache({ maxBytes: 100_000, now: () => clock.time }),
      seconds: 300,
      now: () => clock.time,
      count: (outcome) => outcomes.push(outcome),
    });
    return { cached, asked, outcomes, clock };
  }
  const ada = { caller: { id: "7", role: "write" } };

  test("answers again with the age, until five minutes are over", async () => {
    const { cached, asked, outcomes, clock } = world();
    const first = await cached.query({ sql: "select 1" }, ada);
    expect(first.ok && first.value.age).toBeUndefined();
    clock.time = 299_999;
    expect(await cached.query({ sql: "select 1" }, ada)).toMatchObject({ value: { rows: [[1, "shop"]], age: 299 } });
    clock.time = 300_000;
    await cached.query({ sql: "select 1" }, ada);
    expect([asked.length, outcomes]).toEqual([2, ["miss", "hit", "miss"]]);
  });

  test("gives nobody what was answered to another caller, role, value or limit", async () => {
    const { cached, asked } = world();
    const sql = "select $1::text";
    await cached.query({ sql, params: ["a"] }, ada);
    await cached.query({ sql, params: ["b"] }, ada);
    await cached.query({ sql, params: ["a"], limit: 1 }, ada);
    await cached.query({ sql, params: ["a"] }, { caller: { id: "8", role: "write" } });
    await cached.query({ sql, params: ["a"] }, { caller: { id: "7", role: "read" } });
    await cached.query({ sql, params: ["a"] });
    expect(asked).toHaveLength(6);
    await cached.query({ sql, params: ["a"] }, ada);
    expect(asked).toHaveLength(6);
  });

  test("shares the answers of the embedded database, which are the same for everybody", async () => {
    const { cached, asked } = world({ engine: "embedded" });
    await cached.query({ sql: "select 1" }, ada);
    await cached.query({ sql: "select 1" });
    expect(asked).toHaveLength(1);
  });

  test("is passed by for what changes, fails, is only checked or asked anew, and where nobody knows what answers", async () => {
    const { cached, asked } = world();
    for (const request of [{ sql: "select random()" }, { sql: "select nothere" }, { sql: "select 1", check: true }])
      for (let time = 0; time < 2; time++) await cached.query(request, ada);
    expect(asked).toHaveLength(6);
    await cached.query({ sql: "select 1" }, ada);
    await cached.query({ sql: "select 1" }, { ...ada, fresh: true });
    expect(asked).toHaveLength(8);
    const unknown = world({ revision: null });
    for (let time = 0; time < 2; time++) await unknown.cached.query({ sql: "select 1" }, ada);
    expect([unknown.asked.length, unknown.outcomes]).toEqual([2, ["bypass", "bypass"]]);
  });

  test("reads nothing from a cache that somebody else has written to", async () => {
    for (const text of [
      "",
      "null",
      "{}",
      '{"rows":[[1]]}',
      '{"columns":[],"rows":"x","rowCount":0,"truncated":false,"elapsedMs":0}',
    ]) {
      const cache: AnswerCache = {
        get: async () => ({ text, madeAt: 0, until: 1 }),
        set: async () => undefined,
        close: async () => undefined,
      };
      expect(await world({ cache }).cached.query({ sql: "select 1" }, ada)).toMatchObject({
        value: { rows: [[1, "shop"]] },
      });
    }
  });
});

describe("an assistant with a cache", () => {
  const answer = {
    kind: "model" as const,
    sql: "select 1",
    reading: "",
    tables: [],
    valid: true,
    unexplained: [],
    notes: [],
    timestamp: "2026-01-01T00:00:00.000Z",
  };
  test("asks no model twice for the same question about the same schema", async () => {
    const asked: string[] = [];
    let revision: string | undefined = "one";
    const assistant: Assistant = {
      async ask({ question, model = "anthropic/x" }) {
        asked.push(question);
        return { ok: true, value: { ...answer, model, valid: !question.includes("wobbles") } };
      },
      optimize: () => Promise.reject(new Error("not asked here")),
    };
    const cached = cachedAssistant(assistant, {
      cache: memoryCache({ maxBytes: 100_000, now: () => 0 }),
      revision: () => revision,
      now: () => 0,
    });
    const twice = async (request: { question: string; model?: string }): Promise<number> => {
      const before = asked.length;
      for (let time = 0; time < 2; time++) expect((await cached.ask(request, {})).ok).toBe(true);
      return asked.length - before;
    };
    expect(await twice({ question: "How many?" })).toBe(1);
    expect(await twice({ question: "How many?", model: "openai/y" })).toBe(1);
    expect(await twice({ question: "How many?", model: "offline" })).toBe(2);
    expect(await twice({ question: "What wobbles?" })).toBe(2);
    await cached.ask({ question: "How many?" }, { fresh: true });
    expect(asked).toHaveLength(7);
    revision = "two";
    expect(await twice({ question: "How many?" })).toBe(1);
    revision = undefined;
    expect(await twice({ question: "How many?" })).toBe(2);
  });
});
