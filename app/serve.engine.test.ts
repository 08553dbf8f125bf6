import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { askServer, crowd, openLoop, statusesOf } from "#test/support/load.ts";
import { shopFiles, shopModel } from "#test/support/shop.ts";
import { silentLog } from "./log.ts";
import { projectAssistant } from "./query/project-assistant.ts";
import { optimizeAnswer } from "./query/schemas.ts";
import { serve } from "./serve.ts";
import type { RunningServer } from "./server.ts";

let siteDir: string;
let server: RunningServer;
const told: string[] = [];

beforeAll(async () => {
  siteDir = await mkdtemp(join(tmpdir(), "querygenie-serve-"));
  await writeFile(join(siteDir, "index.html"), "<p>The shop</p>");
  const database = { files: shopFiles(), fixturesSql: "", cacheDir: testCacheDir, limits: { timeoutMs: 60_000 } };
  server = await serve({
    port: 0,
    siteDir,
    database,
    cacheSeconds: 300,
    log: { ...silentLog, warn: (line) => void told.push(line), error: (line) => void told.push(line) },
    assistant: (connection) =>
      projectAssistant({
        connection,
        context: { model: shopModel(), queries: [], descriptions: {} },
        models: () => Promise.resolve(undefined),
        clock: { now: () => new Date("2026-01-02T03:04:05Z"), elapsed: () => 0 },
      }),
  });
});
afterAll(async () => {
  await server.close();
  await rm(siteDir, { recursive: true });
});

const post = (path: string, body: object, signal?: AbortSignal): Promise<Response> =>
  fetch(`${server.url}api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
const ask = (sql: string, signal?: AbortSignal): Promise<Response> => post("query", { sql }, signal);

test("answers pages at once and queries when the database is there", async () => {
  expect(await (await fetch(server.url)).text()).toBe("<p>The shop</p>");
  const answer = await ask("select code from sales.currencies where code = 'EUR'");
  expect(await answer.json()).toMatchObject({ columns: [{ name: "code", type: "character(3)" }], rows: [["EUR"]] });
  expect((await fetch(`${server.url}readyz`)).status).toBe(200);
  expect(await (await fetch(`${server.url}api/connections`)).json()).toEqual([
    {
      name: "embedded",
      label: "PostgreSQL, embedded, with the rows of its migrations",
      isDefault: true,
      engine: "embedded",
      dialect: "postgres",
      ready: true,
    },
  ]);
});

test("answers the same again from the cache, and what changes anew", async () => {
  const sql = "select code from sales.currencies order by code";
  const first: unknown = await (await ask(sql)).json();
  const again = await ask(sql);
  expect([again.headers.get("cache-status"), await again.json()]).toEqual([
    "querygenie; hit",
    { ...Object(first), age: expect.any(Number) },
  ]);
  const changing = "select random() as a, count(*) from sales.currencies";
  const [one, other] = [await ask(changing), await ask(changing)];
  expect(other.headers.get("cache-status")).toBeNull();
  expect(await one.json()).not.toEqual(await other.json());
});

test("turns a question into a query that it then answers", async () => {
  const answer: unknown = await (await post("ask", { question: "How many currencies are there?" })).json();
  expect(answer).toMatchObject({
    kind: "rule",
    tables: ["sales.currencies"],
    valid: true,
    model: "offline",
    timestamp: "2026-01-02T03:04:05.000Z",
  });
  const { sql } = Object(answer);
  expect(await (await ask(String(sql))).json()).toMatchObject({ rows: [[expect.any(String)]] });
});

test("says of a question that nobody understands what it did not understand", async () => {
  const answer: unknown = await (await post("ask", { question: "Which flibbertigibbet wobbles?" })).json();
  expect(answer).toMatchObject({ valid: false, unexplained: expect.arrayContaining(["flibbertigibbet"]) });
});

test("looks for a cheaper query only where the database takes the one it was given", async () => {
  const sql = "select code from sales.currencies where code in (select code from sales.currencies)";
  expect(await (await post("optimize", { sql })).json()).toMatchObject({ original: sql });
  expect(await post("optimize", { sql: "delete from sales.currencies" })).toMatchObject({ status: 422 });
  expect(await post("optimize", { sql: "select nothere from sales.currencies" })).toMatchObject({ status: 422 });
});

test("tries the index that a query lacks, and answers on as before", async () => {
  const rows = async (): Promise<unknown> => (await ask("select count(*) from sales.currencies")).json();
  const before = await rows();
  const sql = "select id from sales.orders where customer_reference = 'PO-1'";
  const answer: unknown = await (await post("optimize", { sql })).json();
  expect(answer).toMatchObject({ original: sql, suggestions: [{ kind: "index" }] });
  const [suggestion] = optimizeAnswer.parse(answer).suggestions;
  expect(suggestion?.sql).toMatch(/^create index .*sales\.orders.*\(customer_reference\)/i);
  expect(suggestion?.costAfter).toBeLessThan((suggestion?.costBefore ?? 0) / 2);
  expect(await (await post("optimize", { sql: "select id from sales.orders where id = 1" })).json()).toMatchObject({
    suggestions: [],
  });
  expect(await rows()).toMatchObject({ rows: Reflect.get(Object(before), "rows") });
});

const ENDLESS = "select count(*) from generate_series(1, 2000000000) a, generate_series(1, 2000) b";

test("frees the query of a browser that left", async () => {
  const browser = new AbortController();
  const left = ask(ENDLESS, browser.signal);
  setTimeout(() => browser.abort(), 500);
  await expect(left).rejects.toThrow(/abort/i);
  // Without the abort this one would wait for a minute and be refused.
  expect((await ask("select 1")).status).toBe(200);
});

test("answers a steady load with rows, a crowd with rows or 429 and nothing else, and goes on as before", async () => {
  const send = () => askServer(server.url, "select code, random() from sales.currencies order by code limit 5");
  expect(statusesOf(await openLoop({ rate: 10, seconds: 1 }, send))).toEqual({ 200: 10 });
  const answers = await crowd(200, send);
  const { 200: answered = 0, 429: refused = 0, ...others } = statusesOf(answers);
  expect([others, answered + refused, answered > 0, refused > 0]).toEqual([{}, 200, true, true]);
  expect((await send()).status).toBe(200);
  expect(told).toEqual([]);
});
