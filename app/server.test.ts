import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeConnection } from "#test/support/fake-connection.ts";
import { createHandler } from "./query/handler.ts";
import { closeOnSignal } from "./serve.ts";
import { startServer, type RunningServer } from "./server.ts";

const script = "document.documentElement.dataset.theme = 'dark';";
const page = `<!doctype html><title>The shop</title><script>${script}</script><script src="/x.js"></script><p style="--a:1">Orders</p>`;
const connection = fakeConnection();
const told: string[] = [];
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
  server = await startServer({ port: 0, siteDir: join(folder, "site"), handler, tell: (line) => told.push(line) });
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

test("takes the next port when one is in use, and says so", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const lines: string[] = [];
  const handler = createHandler({ connections: [] });
  const next = await startServer({ port, siteDir: folder, handler, tell: (line) => lines.push(line) });
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
