import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeConnection } from "#test/support/fake-connection.ts";
import { silentLog } from "./log.ts";
import { openMetrics } from "./metrics.ts";
import { callerRate } from "./query/caller-rate.ts";
import { createHandler } from "./query/handler.ts";
import { closeOnSignal } from "./serve.ts";
import { startServer, type RunningServer } from "./server.ts";

const script = "document.documentElement.dataset.theme = 'dark';";
const page = `<!doctype html><title>The shop</title><script>${script}</script><script src="/x.js"></script><p style="--a:1">Orders</p>`;
const connection = fakeConnection();
let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "querygenie-server-"));
  const files: Record<string, string> = {
    "secret.txt": "secret",
    "site/index.html": page,
    "site/404.html": "<p>Nothing here</p>",
    "site/tables/sales.orders/index.html": "<p>Orders</p>",
    "site/_astro/theme.C4f3.css": "a{}",
    "site/x.js": "1",
    "site/search.wasm": "\0asm",
    "site/äpfel & co.json": "{}",
    "site/.env": "secret",
    "site/empty/readme.txt": "text",
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await symlink(join(folder, "secret.txt"), join(folder, "site", "link.txt"));
  await symlink(folder, join(folder, "site", "up"));
  const handler = createHandler({ connections: [connection] });
  server = await startServer({ port: 0, siteDir: join(folder, "site"), handler });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it is written: `fetch` would tidy the path. */
function ask(
  path: string,
  call: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
    readonly url?: string;
  } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(call.url ?? server.url);
  return new Promise((resolve, reject) => {
    const { method = "GET", headers = {}, body } = call;
    const sent = httpRequest({ hostname, port, path, method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("serves", () => {
  test.each([
    ["/", 200, "text/html; charset=utf-8"],
    ["/?q=1", 200, "text/html; charset=utf-8"],
    ["/tables/sales.orders/", 200, "text/html; charset=utf-8"],
    ["/_astro/theme.C4f3.css", 200, "text/css; charset=utf-8"],
    ["/x.js", 200, "text/javascript; charset=utf-8"],
    ["/search.wasm", 200, "application/wasm"],
    ["/%C3%A4pfel%20&%20co.json", 200, "application/json"],
    ["/nothing", 404, "text/html; charset=utf-8"],
    ["/empty/", 404, "text/html; charset=utf-8"],
    ["/empty", 404, "text/html; charset=utf-8"],
    ["/x.js/", 404, "text/html; charset=utf-8"],
    ["/livez", 200, "application/json"],
    ["/api/nothing", 404, "application/problem+json"],
  ])("%s with %i as %s", async (path, status, type) => {
    const answer = await ask(path);
    expect([answer.status, answer.headers["content-type"]]).toEqual([status, type]);
    expect(answer.headers["x-content-type-options"] ?? "nosniff").toBe("nosniff");
  });

  test("a folder under its name with a slash", async () => {
    expect(await ask("/tables/sales.orders")).toMatchObject({
      status: 308,
      headers: { location: "/tables/sales.orders/" },
    });
  });

  test("nothing again that the browser has", async () => {
    const { headers } = await ask("/");
    const tag = String(headers.etag);
    expect(await ask("/", { headers: { "if-none-match": `W/${tag}, "x"` } })).toMatchObject({ status: 304, body: "" });
    expect(await ask("/", { headers: { "if-none-match": '"x"' } })).toMatchObject({ status: 200, body: page });
    expect(headers["cache-control"]).toBe("no-cache");
    expect((await ask("/_astro/theme.C4f3.css")).headers["cache-control"]).toContain("immutable");
  });

  test("the head of a page alone", async () => {
    const { status, headers, body } = await ask("/", { method: "HEAD" });
    expect([status, headers["content-length"], body]).toEqual([200, String(page.length), ""]);
    expect(await ask("/livez", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });

  test("pages that run their own scripts and no others", async () => {
    const { headers } = await ask("/");
    const hash = createHash("sha256").update(script).digest("base64");
    expect(headers["content-security-policy"]).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'self';.*frame-ancestors 'none'$/);
    expect(String((await ask("/tables/sales.orders/")).headers["content-security-policy"])).not.toContain("sha256");
  });

  test("queries", async () => {
    const headers = { "content-type": "application/json" };
    const answer = await ask("/api/query", { method: "POST", headers, body: JSON.stringify({ sql: "select 1" }) });
    expect(answer).toMatchObject({ status: 200 });
    expect(JSON.parse(answer.body)).toMatchObject({ rows: [[1, "shop"]] });
  });
});

describe("gives nothing outside of the site for", () => {
  test.each([
    ["/../secret.txt"],
    ["/%2e%2e/secret.txt"],
    ["/..%2fsecret.txt"],
    ["/..%5csecret.txt"],
    ["/..\\secret.txt"],
    ["/tables/../../secret.txt"],
    ["/tables/%2e%2e/%2e%2e/secret.txt"],
    ["/%252e%252e/secret.txt"],
    ["//../secret.txt"],
    ["/.env"],
    ["/%2eenv"],
    ["/link.txt"],
    ["/up/secret.txt"],
    ["/up/site/x.js/../../secret.txt"],
    ["/x.js%00.html"],
    ["/%"],
    ["/%ff"],
    ["/c:/secret.txt"],
    [`/${"x".repeat(5000)}`],
    ["//evil.example/secret.txt"],
  ])("%s", async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain("secret");
  });

  test.each([
    ["an address of another server", "http://evil.example/", {}, 400],
    ["another server's name", "/", { host: "evil.example" }, 403],
    ["a name that is none", "/", { host: "a b" }, 400],
  ])("%s", async (_what, path, headers, status) => {
    expect((await ask(path, { headers })).status).toBe(status);
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])("%s", async (method) => {
    const { status, body } = await ask("/", { method });
    expect([400, 405]).toContain(status);
    expect(body).not.toContain("Orders");
  });
});

test("serves below a base path, and sends its root there", async () => {
  const handler = createHandler({ connections: [connection], basePath: "/shop" });
  const based = await startServer({ port: 0, siteDir: join(folder, "site"), handler, basePath: "/shop" });
  const { url } = based;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/shop\/$/);
  expect(await ask("/shop/", { url })).toMatchObject({ status: 200, body: page });
  expect(await ask("/shop/tables/sales.orders", { url })).toMatchObject({
    headers: { location: "/shop/tables/sales.orders/" },
  });
  expect(await ask("/shop", { url })).toMatchObject({ status: 308, headers: { location: "/shop/" } });
  expect(await ask("/", { url })).toMatchObject({ status: 308, headers: { location: "/shop/" } });
  expect(await ask("/x.js", { url })).toMatchObject({ status: 404 });
  expect(await ask("/shop/livez", { url })).toMatchObject({ status: 200 });
  await based.close();
});

test("reached by others, answers under its addresses and its names and under no other", async () => {
  const handler = createHandler({ connections: [connection], hosts: ["docs.shop.example"], takesAddresses: true });
  const options = { port: 0, host: "0.0.0.0", siteDir: join(folder, "site"), handler, hosts: ["docs.shop.example"] };
  const open = await startServer(options);
  const { port } = new URL(open.url);
  const statuses = async (host: string) =>
    Promise.all(
      ["/", "/api/connections"].map(async (path) => (await ask(path, { url: open.url, headers: { host } })).status),
    );
  expect(await statuses(`192.0.2.7:${port}`)).toEqual([200, 200]);
  expect(await statuses("[2001:db8::7]")).toEqual([200, 200]);
  expect(await statuses("docs.shop.example")).toEqual([200, 200]);
  expect(await statuses("192.0.2.7.evil.example")).toEqual([403, 403]);
  expect(await statuses("evil.example")).toEqual([403, 403]);
  await open.close();
});

describe("its figures", () => {
  const start = async (token?: string) => {
    const metrics = await openMetrics();
    const handler = createHandler({ connections: [connection], observe: (answered) => metrics.answered(answered) });
    const metricsRoute = { metrics, token };
    return await startServer({ port: 0, siteDir: join(folder, "site"), handler, metrics: metricsRoute });
  };

  test("count queries and requests by what they were and how they ended", async () => {
    const started = await start();
    const { url } = started;
    const headers = { "content-type": "application/json" };
    for (const sql of ["select 1", "drop table sales.orders", "select slow"])
      await ask("/api/query", { url, method: "POST", headers, body: JSON.stringify({ sql }) });
    await ask("/tables/sales.orders/?q=a-value", { url });
    const { body, headers: told } = await ask("/metrics", { url });
    expect(told["content-type"]).toContain("text/plain");
    const count = (name: string, labels: string) =>
      body
        .split("\n")
        .find((line) => line.startsWith(`${name}_count{${labels}}`))
        ?.split(" ")[1];
    const queries = "query_execution_duration_seconds";
    for (const status of ["ok", "refused", "stopped"])
      expect([status, count(queries, `database_type="embedded",status="${status}"`)]).toEqual([status, "1"]);
    expect(count("http_request_duration_seconds", 'method="POST",route="query",status="422"')).toBe("2");
    expect(count("http_request_duration_seconds", 'method="GET",route="site",status="200"')).toBe("1");
    expect(body).not.toContain("a-value");
    await started.close();
  });

  test.each([
    ["of this machine", undefined, {}, 200],
    ["of who came by a proxy", undefined, { "x-forwarded-for": "203.0.113.7" }, 404],
    ["of who has the token", "0123456789abcdef", { authorization: "Bearer 0123456789abcdef" }, 200],
    ["of who has another", "0123456789abcdef", { authorization: "Bearer 0123456789abcdeF" }, 404],
    ["of who has none", "0123456789abcdef", {}, 404],
  ])("are for the eyes %s", async (_who, token, headers, status) => {
    const started = await start(token);
    expect((await ask("/metrics", { url: started.url, headers })).status).toBe(status);
    await started.close();
  });
});

test("lets no caller ask more often than it may, and others go on", async () => {
  const rate = callerRate({ perMinute: 2, now: () => performance.now() });
  const handler = createHandler({ connections: [connection], rate });
  const limited = await startServer({ port: 0, siteDir: folder, handler, proxies: 1 });
  const query = (address: string) =>
    ask("/api/query", {
      url: limited.url,
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify({ sql: "select 1" }),
    });
  const answers = [await query("203.0.113.7"), await query("203.0.113.7"), await query("203.0.113.7")];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(Number(answers[2]?.headers["retry-after"])).toBeGreaterThan(20);
  expect((await query("203.0.113.8")).status).toBe(200);
  expect((await ask("/livez", { url: limited.url })).status).toBe(200);
  await limited.close();
});

test("takes the next port when one is in use, and says so", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const lines: string[] = [];
  const handler = createHandler({ connections: [] });
  const log = { ...silentLog, warn: (line: string) => void lines.push(line) };
  await expect(startServer({ port, isPortFixed: true, siteDir: folder, handler })).rejects.toThrow(
    `port ${port} of 127.0.0.1 is in use`,
  );
  const next = await startServer({ port, siteDir: folder, handler, log });
  expect(Number(new URL(next.url).port)).toBeGreaterThan(port);
  expect(lines).toEqual([`Port ${port} is in use; port ${new URL(next.url).port} serves instead.`]);
  await next.close();
  other.close();
});

test("lets a query end before it stops, and takes no other", async () => {
  const waiting = fakeConnection();
  const handler = createHandler({ connections: [waiting] });
  const draining = await startServer({ port: 0, siteDir: folder, handler });
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ sql: "select wait" });
  const { url } = draining;
  const begun = ask("/api/query", { method: "POST", headers, body, url });
  await expect.poll(() => waiting.isWaiting()).toBe(true);
  const signals = new EventEmitter();
  const closed = closeOnSignal(draining, signals);
  signals.emit("SIGTERM");
  await expect(ask("/livez", { url })).rejects.toThrow(/ECONNREFUSED/);
  waiting.release();
  expect((await begun).status).toBe(200);
  await closed;
});

test("tells who asks on a connection that is still open that it stops", async () => {
  const waiting = fakeConnection();
  const draining = await startServer({ port: 0, siteDir: folder, handler: createHandler({ connections: [waiting] }) });
  const { hostname, port } = new URL(draining.url);
  const socket = connect(Number(port), hostname);
  let received = "";
  socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
  const body = JSON.stringify({ sql: "select wait" });
  const head = `Host: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(`POST /api/query HTTP/1.1\r\n${head}${body}`);
  await expect.poll(() => waiting.isWaiting()).toBe(true);
  const closed = draining.close();
  socket.write("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  // The second request is read before the first is answered.
  await new Promise((resolve) => setTimeout(resolve, 50));
  waiting.release();
  await closed;
  await expect.poll(() => received).toContain("being stopped");
  expect(received.match(/^HTTP\/1\.1 \d+/gm)).toEqual(["HTTP/1.1 200", "HTTP/1.1 503"]);
  expect(received.toLowerCase()).toContain("connection: close");
});
