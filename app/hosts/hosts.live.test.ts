import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import * as entry from "./function.ts";
import { toAnswer, toRequest, type LambdaEvent } from "./lambda-event.ts";
import type * as published from "./published.d.ts";
import { queryFunction } from "./query-function.ts";

test("the published types are those of the code", () => {
  expectTypeOf<typeof entry>().toExtend<typeof published>();
  expectTypeOf<keyof typeof entry>().toEqualTypeOf<keyof typeof published>();
  expect(Object.keys(entry).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "lambdaFunction",
    "netlifyFunction",
    "queryFunction",
    "vercelFunction",
  ]);
});

const TOKEN = "0123456789abcdef0123456789abcdef";
const HOST = "functions.example.org";
const real = await postgresCase("debian");

/** An event as AWS documents it for a function URL. */
function lambdaEvent(path: string, sent: { readonly body?: string; readonly headers?: object } = {}): LambdaEvent {
  const [rawPath = "", rawQueryString = ""] = path.split("?");
  const method = sent.body === undefined ? "GET" : "POST";
  const event = {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    cookies: ["one=1", "two=2"],
    headers: {
      host: HOST,
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-proto": "https",
      "content-type": "application/json",
      authorization: `Bearer ${TOKEN}`,
      ...sent.headers,
    },
    requestContext: {
      accountId: "anonymous",
      domainName: HOST,
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "203.0.113.9", userAgent: "curl/8" },
      stage: "$default",
      timeEpoch: 1583348638390,
    },
    // As it does for whatever it takes for bytes.
    ...(sent.body === undefined ? {} : { body: Buffer.from(sent.body).toString("base64") }),
    isBase64Encoded: sent.body !== undefined,
  };
  return event;
}

const webRequest = (path: string, body?: object, headers: Record<string, string> = {}): Request =>
  new Request(`https://${HOST}${path}`, {
    headers: { host: HOST, authorization: `Bearer ${TOKEN}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });

const ASKED = { sql: "select count(*)::int as orders, '→' as arrow from orders", connection: "production" };
const rowsOf = (text: string): unknown => Reflect.get(Object(JSON.parse(text)), "rows");

describe.skipIf(real.isMissing)(`functions on PostgreSQL ${real.title}`, () => {
  let server: PostgresServer;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres({ from: real.from });
    await server.client.query(`
      create table orders (id int); insert into orders select generate_series(1, 7);
      create role reader login; grant select on orders to reader;`);
    await server.client.query("create database store");
    folder = mkdtempSync(join(tmpdir(), "querygenie-function-"));
    const { host, port } = server.connection;
    url = `postgres://reader@${host}:${port}/postgres?sslmode=disable`;
    writeFileSync(join(folder, "querygenie.yml"), "connections:\n  production: { urlFrom: SHOP_URL }\n");
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    vi.stubEnv("SHOP_URL", url);
    vi.stubEnv("QUERYGENIE_HOSTS", HOST);
    vi.stubEnv("QUERYGENIE_CONNECTIONS", "production");
    vi.stubEnv("QUERYGENIE_TOKEN", TOKEN);
  });
  afterEach(() => vi.unstubAllEnvs());

  test("Vercel's handler of web requests answers, and limits by who its proxy says asks", async () => {
    vi.stubEnv("QUERYGENIE_RATE", "2");
    const { fetch } = entry.vercelFunction({ cwd: folder });
    const from = (address: string) => fetch(webRequest("/api/query", ASKED, { "x-real-ip": address }));
    const answer = await from("203.0.113.1");
    expect([answer.status, rowsOf(await answer.text())]).toEqual([200, [[7, "→"]]]);
    const more = [await from("203.0.113.1"), await from("203.0.113.1"), await from("203.0.113.2")];
    expect(more.map(({ status }) => status)).toEqual([200, 429, 200]);
  });

  test("Netlify's handler with a context answers, and tells nobody without the token that the connection exists", async () => {
    const handle = entry.netlifyFunction({ cwd: folder });
    const listed = await handle(webRequest("/api/connections"), { ip: "203.0.113.1" });
    expect(await listed.json()).toMatchObject([{ name: "production", engine: "postgres", ready: true }]);
    const headers = { authorization: "Bearer wrong" };
    const refused = [ASKED, { ...ASKED, connection: "nowhere" }].map((body) =>
      handle(webRequest("/api/query", body, headers), {}),
    );
    const texts = await Promise.all((await Promise.all(refused)).map((one) => one.text()));
    expect(texts[0]).toContain("QG121");
    expect(texts[0]?.replaceAll("production", "nowhere")).toBe(texts[1]);
  });

  test("a Lambda's event of version 2.0 becomes a request, and its answer is one of version 2.0", async () => {
    const handler = entry.lambdaFunction({ cwd: folder });
    const answer = await handler(lambdaEvent("/api/query", { body: JSON.stringify(ASKED) }));
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: false, cookies: [] });
    expect(answer.headers["content-type"]).toContain("application/json");
    expect(rowsOf(answer.body)).toEqual([[7, "→"]]);
    expect(await handler(lambdaEvent("/livez?x=1"))).toMatchObject({ statusCode: 200 });
    expect(await handler(lambdaEvent("/api/query", { body: "{" }))).toMatchObject({ statusCode: 400 });
    const elsewhere = { headers: { origin: "https://evil.example" }, body: JSON.stringify(ASKED) };
    expect(await handler(lambdaEvent("/api/query", elsewhere))).toMatchObject({ statusCode: 403 });
    expect(await handler(lambdaEvent("/api/query", { body: `"${"x".repeat(300_000)}"` }))).toMatchObject({
      statusCode: 413,
    });
  });

  test("an answer stays below what hosts take", async () => {
    const handler = entry.lambdaFunction({ cwd: folder });
    const sql = `select repeat('"', 100000) from generate_series(1, 500)`;
    const answer = await handler(lambdaEvent("/api/query", { body: JSON.stringify({ sql }) }));
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('"truncated":true');
    expect(Buffer.byteLength(answer.body)).toBeLessThan(4_500_000);
  });

  test("signs in with a store, and has written the audit when it answers: the process may be frozen then", async () => {
    const { host, port } = server.connection;
    const sha = createHash("sha256").update(TOKEN).digest("hex");
    vi.stubEnv("QUERYGENIE_TOKEN", undefined);
    for (const [name, value] of Object.entries({
      QUERYGENIE_TOKENS: `nightly:write:${sha}`,
      GITHUB_CLIENT_ID: "Iv1.0123456789abcdef",
      GITHUB_CLIENT_SECRET: "secret",
      QUERYGENIE_SECRET: TOKEN,
      QUERYGENIE_URL: `https://${HOST}`,
      QUERYGENIE_REPOSITORY: "outdoor/shop",
      DATABASE_URL: `postgres://postgres@${host}:${port}/store`,
    }))
      vi.stubEnv(name, value);
    const handler = queryFunction({ cwd: folder });
    expect((await handler.fetch(webRequest("/api/query", ASKED))).status).toBe(200);
    const { Client } = await import("pg");
    const client = new Client({ ...server.connection, database: "store" });
    await client.connect();
    const { rows } = await client.query("select who, status from querygenie.audit");
    await client.end();
    expect(rows).toEqual([{ who: "machine:nightly", status: "ok" }]);
    const login = await toAnswer(await handler.fetch(toRequest(lambdaEvent("/auth/login"))));
    expect([login.statusCode, login.headers["location"]]).toEqual([302, expect.stringContaining("github.com/login")]);
    expect(login.cookies).toEqual([expect.stringMatching(/HttpOnly.*Secure|Secure.*HttpOnly/)]);
    expect(login.headers).not.toHaveProperty("set-cookie");
    await handler.close();
  });

  test.each([
    ["without a connection", { QUERYGENIE_CONNECTIONS: undefined }, "QUERYGENIE_CONNECTIONS"],
    ["without the connection's URL", { SHOP_URL: undefined }, "SHOP_URL"],
    ["with a name that is not configured", { QUERYGENIE_CONNECTIONS: "staging" }, "staging"],
    ["with a setting that cannot be used", { QUERYGENIE_RATE: "often" }, "QUERYGENIE_RATE"],
    [
      "with a sign-in whose sessions would be lost",
      {
        GITHUB_CLIENT_ID: "x",
        GITHUB_CLIENT_SECRET: "x",
        QUERYGENIE_SECRET: TOKEN,
        QUERYGENIE_URL: "https://a.example",
        QUERYGENIE_REPOSITORY: "outdoor/shop",
      },
      "DATABASE_URL",
    ],
  ])("says in its log why it cannot start %s, and starts once it can", async (_what, wrong, named) => {
    const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    for (const [name, value] of Object.entries(wrong)) vi.stubEnv(name, value);
    const handler = queryFunction({ cwd: folder });
    const answer = await handler.fetch(webRequest("/api/query", ASKED));
    const text = await answer.text();
    expect([answer.status, text]).toEqual([503, expect.stringContaining("QG608")]);
    expect(text).not.toContain(named);
    expect(log.mock.calls.join("")).toContain(named);
    log.mockRestore();
    for (const name of Object.keys(wrong)) vi.stubEnv(name, undefined);
    vi.stubEnv("SHOP_URL", url);
    vi.stubEnv("QUERYGENIE_CONNECTIONS", "production");
    expect((await handler.fetch(webRequest("/api/query", ASKED))).status).toBe(200);
    await handler.close();
  });
});
