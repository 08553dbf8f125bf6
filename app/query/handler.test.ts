import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fakeConnection } from "#test/support/fake-connection.ts";
import { openGate } from "../sign-in/gate.ts";
import { machineOf } from "../sign-in/machines.ts";
import type { Assistant } from "./assistant.ts";
import { createHandler, type HandlerOptions } from "./handler.ts";
import { openApiDocument } from "./openapi.ts";
import type { QueryConnection } from "./query-connection.ts";
import { routes } from "./routes.ts";

interface Call {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The part of an OpenAPI document that the test walks. */
interface Described {
  readonly paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, unknown> }> }>>;
}

const origin = "http://localhost:4000";

function request(path: string, { method, body, raw, headers = {} }: Call = {}): Request {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Request(`${origin}${path}`, {
    method: method ?? (content === undefined ? "GET" : "POST"),
    ...(content === undefined ? {} : { body: content }),
    headers: { ...(content === undefined ? {} : { "content-type": "application/json" }), ...headers },
  });
}

async function ask(path: string, call: Call = {}, options: Partial<HandlerOptions> = {}) {
  const { handle } = createHandler({ connections: [fakeConnection()], ...options });
  const response = await handle(request(path, call));
  return { response, status: response.status, body: await response.json().catch(() => null) };
}

const query = (sql: string, more: object = {}): Call => ({ body: { sql, ...more } });

test("answers a query", async () => {
  expect(await ask("/api/query", query("select 1"))).toMatchObject({
    status: 200,
    body: {
      columns: [
        { name: "id", type: "integer" },
        { name: "name", type: "text" },
      ],
      rows: [[1, "shop"]],
      rowCount: 1,
      truncated: false,
      elapsedMs: expect.any(Number),
    },
  });
});

describe("with someone who knows the schema", () => {
  const assistant: Assistant = {
    ask: async ({ question, model = "offline" }) =>
      model === "offline"
        ? { ok: true, value: { ...answer, reading: question } }
        : { ok: false, problem: { code: "QG120", severity: "error", message: `there is no model ${model}` } },
    optimize: async ({ sql }) => ({
      ok: true,
      value: { original: sql, optimized: sql, suggestions: [], estimatedImprovement: 0, verified: false },
    }),
  };
  const answer = {
    kind: "rule" as const,
    sql: "select 1",
    reading: "",
    model: "offline",
    tables: [],
    valid: true,
    unexplained: [],
    notes: [],
    timestamp: "2026-01-01T00:00:00.000Z",
  };
  const assistants = new Map([["embedded", assistant]]);

  test.each([
    ["/api/ask", { question: " How many? " }, 200, { ...answer, reading: "How many?" }],
    ["/api/ask", { question: "How many?", model: "nobody/none" }, 400, { code: "QG120" }],
    ["/api/ask", { question: "  " }, 400, { code: "QG510" }],
    ["/api/ask", { question: "x".repeat(2001) }, 400, { code: "QG510" }],
    ["/api/ask", { question: "How many?", connection: "production" }, 404, { code: "QG121" }],
    ["/api/optimize", { sql: "select 1" }, 200, { original: "select 1", verified: false }],
    ["/api/optimize", {}, 400, { code: "QG510" }],
  ])("%s answers %j with %i", async (path, body, status, expected) => {
    expect(await ask(path, { body }, { assistants })).toMatchObject({ status, body: expected });
  });

  test.each([
    ["who sits at the machine", openGate({ isLocal: true }), {}, true],
    ["a stranger", openGate(), {}, false],
    [
      "a program that may write",
      openGate({ machines: [machineOf("nightly", "write", "opened")] }),
      { authorization: "Bearer opened" },
      true,
    ],
    [
      "a program that may read",
      openGate({ machines: [machineOf("nightly", "read", "opened")] }),
      { authorization: "Bearer opened" },
      false,
    ],
  ])("models answer %s: %#", async (_, gate, headers, expected) => {
    let told: boolean | undefined;
    const asked: Assistant = {
      ...assistant,
      async ask(request, how) {
        told = how.mayUseModels;
        return assistant.ask(request, how);
      },
    };
    const call = { body: { question: "How many?" }, headers };
    expect(await ask("/api/ask", call, { assistants: new Map([["embedded", asked]]), gate })).toMatchObject({
      status: 200,
    });
    expect(told).toBe(expected);
  });

  test.each(["/api/ask", "/api/optimize"])("%s says so where nobody does", async (path) => {
    const body = path === "/api/ask" ? { question: "How many?" } : { sql: "select 1" };
    expect(await ask(path, { body })).toMatchObject({ status: 404, body: { code: "QG121" } });
  });
});

describe("models of the server", () => {
  const models = [{ id: "openai/small", provider: "openai" as const, model: "small", isDefault: true }];
  const assistant: Assistant = {
    models: ({ mayUseModels = false }) => (mayUseModels ? models : []),
    ask: async (_, { onEvent, signal }) => {
      onEvent?.({ kind: "text", delta: '{"sql":' });
      if (signal?.aborted === false)
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      throw new Error("left");
    },
    optimize: async () => ({ ok: false, problem: { code: "QG121", severity: "error", message: "" } }),
  };
  const assistants = new Map([["embedded", assistant]]);

  test.each([
    ["who sits at the machine", openGate({ isLocal: true }), {}, models],
    ["a stranger", openGate(), {}, []],
    [
      "a program that may read",
      openGate({ machines: [machineOf("nightly", "read", "opened")] }),
      { authorization: "Bearer opened" },
      [],
    ],
    [
      "a program that may write",
      openGate({ machines: [machineOf("nightly", "write", "opened")] }),
      { authorization: "Bearer opened" },
      models,
    ],
  ])("are listed for %s", async (_, gate, headers, expected) => {
    expect(await ask("/api/models", { headers }, { gate, assistants })).toMatchObject({ status: 200, body: expected });
  });

  test("are not listed where nobody knows the schema", async () => {
    expect(await ask("/api/models")).toMatchObject({ status: 200, body: [] });
  });

  test("stop when the reader of a stream leaves, and the next one is served", async () => {
    const { handle } = createHandler({ connections: [fakeConnection()], assistants, concurrency: 1 });
    const call = () =>
      handle(request("/api/ask", { body: { question: "How many?" }, headers: { accept: "text/event-stream" } }));
    for (let turn = 0; turn < 3; turn += 1) {
      const response = await call();
      expect(response.headers.get("content-type")).toBe("text/event-stream");
      const reader = response.body?.getReader();
      expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('"delta"');
      expect((await call()).status, "one at a time").toBe(429);
      await reader?.cancel();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
});

describe("tells what is wrong", () => {
  test.each([
    ["a change", query("drop table sales.orders"), 422, { code: "QG501", position: 1, line: 1, column: 1 }],
    ["a mistake in the query", query("select nothere"), 422, { code: "QG201", position: 8, hint: "Say there." }],
    ["too long a query", query("select slow"), 422, { code: "QG502" }],
    ["too much memory", query("select large"), 422, { code: "QG502" }],
    ["too many who wait", query("select busy"), 429, { code: "QG511" }],
    ["a database that does not start", query("select gone"), 503, { code: "QG301" }],
    ["missing values", query("select $1"), 400, { code: "QG510" }],
    ["an unknown connection", query("select 1", { connection: "production" }), 404, { code: "QG121" }],
    ["an unknown key", query("select 1", { url: "postgres://shop" }), 400, { code: "QG510" }],
    ["no query", { body: {} }, 400, { code: "QG510" }],
    ["a limit of none", query("select 1", { limit: 0 }), 400, { code: "QG510" }],
    ["a body that is no JSON", { raw: "sql=select 1" }, 400, { code: "QG510" }],
    [
      "a body that nests without end",
      { raw: `{"sql":"select $1","params":${"[".repeat(1e5)}${"]".repeat(1e5)}}` },
      400,
      {},
    ],
    ["a form", { raw: "{}", headers: { "content-type": "text/plain" } }, 415, { code: "QG510" }],
    ["a body over the limit", { raw: `"${"x".repeat(300_000)}"` }, 413, { code: "QG510" }],
  ] as const)("%s", async (_what, call, status, body) => {
    const answer = await ask("/api/query", call);
    expect(answer).toMatchObject({ status, body: { status, ...body } });
    expect(answer.response.headers.get("content-type")).toBe("application/problem+json");
  });

  test("what went wrong with us to us alone", async () => {
    const errors: unknown[] = [];
    const answer = await ask("/api/query", query("select bug"), { onError: (error) => errors.push(error) });
    expect(answer).toMatchObject({ status: 500, body: { code: "QG303" } });
    expect(JSON.stringify(answer.body)).not.toContain("secret");
    expect(errors).toMatchObject([{ message: "a secret of the server" }]);
  });

  test.each([
    ["/api/nothing", "GET", 404],
    ["/api/query", "GET", 405],
    ["/api/connections", "POST", 405],
    ["/api/query/", "POST", 404],
  ])("%s by %s", async (path, method, status) => {
    const body = method === "POST" ? { body: {} } : {};
    expect(await ask(path, { method, ...body })).toMatchObject({ status });
  });
});

describe("takes requests", () => {
  test.each([
    ["without an origin, as a program sends them", {}, 200],
    ["of its own pages", { origin }, 200],
    ["of its own pages behind TLS", { origin: "https://localhost:4000" }, 200],
    ["but not of another port's pages", { origin: "http://localhost:9999" }, 403],
    ["but not of other pages", { origin: "https://evil.example" }, 403],
    ["but not of sandboxed pages", { origin: "null" }, 403],
    ["but not of pages whose name was made to point here", { host: "evil.example:4000" }, 403],
    ["but not of such pages that tell their name", { host: "evil.example", origin: "http://evil.example" }, 403],
    ["but not under a name that begins like its own", { host: "localhost.evil.example" }, 403],
    ["but not under a name in a user's place", { host: "localhost@evil.example" }, 403],
    ["but not marked as cross-site", { "sec-fetch-site": "cross-site" }, 403],
    ["of the address bar", { "sec-fetch-site": "none" }, 200],
    ["under IPv6", { host: "[::1]:4000" }, 200],
    ["under a configured name", { host: "docs.shop.example" }, 200],
  ])("%s", async (_what, headers, status) => {
    const answer = await ask("/api/query", { ...query("select 1"), headers }, { hosts: ["docs.shop.example"] });
    expect(answer.status).toBe(status);
  });

  test("of health checks under any name", async () => {
    expect(await ask("/livez", { headers: { host: "10.0.0.7:4000" } })).toMatchObject({ status: 200 });
    expect(await ask("/api/connections", { headers: { host: "10.0.0.7:4000" } })).toMatchObject({ status: 403 });
  });

  test("no more than it may at a time", async () => {
    const connection = fakeConnection();
    const { handle } = createHandler({ connections: [connection], concurrency: 1 });
    const first = handle(request("/api/query", query("select wait")));
    await new Promise((resolve) => setImmediate(resolve));
    const second = await handle(request("/api/query", query("select 1")));
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "2"]);
    expect((await handle(request("/livez"))).status).toBe(200);
    connection.release();
    expect((await first).status).toBe(200);
    expect((await handle(request("/api/query", query("select 1")))).status).toBe(200);
  });

  test("below its base path only", async () => {
    expect(await ask("/shop/api/query", query("select 1"), { basePath: "/shop" })).toMatchObject({ status: 200 });
    expect(await ask("/api/query", query("select 1"), { basePath: "/shop" })).toMatchObject({ status: 404 });
    const { owns } = createHandler({ connections: [], basePath: "/shop" });
    const asked = ["/shop/api/x", "/shop/livez", "/shop/", "/api/query", "/shopping"];
    expect(asked.filter(owns)).toEqual(["/shop/api/x", "/shop/livez"]);
  });
});

const production = fakeConnection("production");
const live = { ...production, info: { ...production.info, engine: "postgres" as const } };

test("hides a connection from whom it does not admit, as if it were not there", async () => {
  const options: Partial<HandlerOptions> = {
    connections: [fakeConnection(), live],
    gate: openGate({ machines: [machineOf("nightly", "write", "opened")] }),
  };
  const opened = { headers: { authorization: "Bearer opened" } };
  const names = async (call: Call) =>
    z.array(z.object({ name: z.string() })).parse((await ask("/api/connections", call, options)).body);
  expect(await names({})).toMatchObject([{ name: "embedded" }]);
  expect(await names(opened)).toMatchObject([{ name: "embedded" }, { name: "production" }]);
  const refused = await ask("/api/query", query("select 1", { connection: "production" }), options);
  const unknown = await ask("/api/query", query("select 1", { connection: "producti0n" }), options);
  expect(JSON.stringify(refused.body).replace("production", "producti0n")).toBe(JSON.stringify(unknown.body));
  expect(
    await ask("/api/query", { ...query("select 1", { connection: "production" }), ...opened }, options),
  ).toMatchObject({ status: 200 });
});

test("tells the age of an answer that was kept, and asks anew for who wants no such one", async () => {
  const fake = fakeConnection();
  const kept: QueryConnection = {
    ...fake,
    async query(request, how) {
      const outcome = await fake.query(request, how);
      return outcome.ok && how?.fresh !== true ? { ok: true, value: { ...outcome.value, age: 17 } } : outcome;
    },
  };
  const asked = await ask("/api/query", query("select 1"), { connections: [kept] });
  expect(asked.body).toMatchObject({ age: 17 });
  expect([asked.response.headers.get("age"), asked.response.headers.get("cache-status")]).toEqual([
    "17",
    "querygenie; hit",
  ]);
  const anew = { ...query("select 1"), headers: { "cache-control": "no-cache" } };
  const { response } = await ask("/api/query", anew, { connections: [kept] });
  expect([response.headers.get("age"), response.headers.get("cache-status")]).toEqual([null, null]);
});

test("tells whether queries are answered at once", async () => {
  expect(await ask("/readyz")).toMatchObject({ status: 200 });
  expect(await ask("/readyz", {}, { connections: [fakeConnection("starting")] })).toMatchObject({ status: 503 });
});

describe("answers as its OpenAPI document describes", () => {
  // The parsed boundary: what is not there makes the test fail.
  const document: Described = JSON.parse(JSON.stringify(openApiDocument({ basePath: "", version: "1" })));
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(document, "api");

  test.each([
    ["/api/query", query("select 1", { params: [], limit: 5 })],
    ["/api/query", query("select id from sales.orders where id = $1", { check: true })],
    ["/api/query", query("select nothere")],
    ["/api/query", query("select busy")],
    ["/api/query", query("select gone")],
    ["/api/query", query("select 1", { connection: "none" })],
    ["/api/query", { raw: "" }],
    ["/api/query", { raw: "{}", headers: { "content-type": "text/plain" } }],
    ["/api/query", { raw: "[" }],
    ["/api/query", { ...query("select 1"), headers: { origin: "https://evil.example" } }],
    ["/api/query", { raw: `"${"x".repeat(300_000)}"` }],
    ["/api/explain", query("select id from sales.orders where id = $1")],
    ["/api/explain", query("select 1")],
    ["/api/explain", query("delete from sales.orders")],
    ["/api/connections", {}],
    ["/api/models", {}],
    ["/api/openapi.json", {}],
    ["/livez", {}],
    ["/readyz", {}],
  ])("%s to %j", async (path, call) => {
    const { response, status, body } = await ask(path, call);
    const method = Object.keys(call).length > 0 ? "post" : "get";
    const type = response.headers.get("content-type");
    const described = document.paths[path]?.[method]?.responses?.[status]?.content?.[type ?? ""];
    expect(described, `${status} ${type}`).toBeDefined();
    const pointer = ["paths", path, method, "responses", String(status), "content", type ?? "", "schema"];
    const validate = ajv.compile({
      $ref: `api#/${pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`,
    });
    validate(body);
    expect(validate.errors).toBeNull();
  });

  test("with no address left out", () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods ?? {}).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method.toLowerCase()} ${path}`).sort());
  });
});
