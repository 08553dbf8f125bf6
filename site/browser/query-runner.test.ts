import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createServer, type Server } from "node:http";
import { httpRunner, NoQueryFunction } from "./http-runner.ts";
import { savedRunner } from "./query-runner.ts";
import { shopSiteData } from "../test-support/shop-site-data.ts";

describe("savedRunner", () => {
  const runner = savedRunner(async () => (await shopSiteData()).queries);
  it("answers a saved query whatever its white space", async () => {
    const query = (await shopSiteData()).queries.find(({ id }) => id === "best-sellers");
    const outcome = await runner.run({ sql: `  ${query?.sql.replaceAll("\n", "\n\n")} ;\n` });
    expect(outcome).toMatchObject({ kind: "rows", elapsedMs: null, rows: { rowCount: 4 } });
  });
  it("says plainly that it runs nothing else", async () => {
    expect(await runner.run({ sql: "select 1" })).toMatchObject({
      kind: "refusal",
      title: "Only saved queries have answers here",
    });
    expect(await runner.explain({ sql: "select 1" })).toMatchObject({ kind: "refusal" });
  });
});

describe("httpRunner", () => {
  let server: Server;
  let url = "";
  let reply: { status: number; body: string };
  beforeEach(async () => {
    server = createServer((_, response) => response.writeHead(reply.status).end(reply.body));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  });
  afterEach(() => new Promise((done) => server.close(done)));

  const answer = {
    columns: [{ name: "id", type: "int8" }],
    rows: [["1"]],
    rowCount: 1,
    truncated: false,
    elapsedMs: 2,
  };
  it("gives rows", async () => {
    reply = { status: 200, body: JSON.stringify(answer) };
    const { elapsedMs, ...rows } = answer;
    expect(await httpRunner(url).run({ sql: "select 1" })).toEqual({ kind: "rows", elapsedMs, rows });
  });
  it("turns a problem document into a refusal", async () => {
    reply = { status: 422, body: JSON.stringify({ title: "Not a query", detail: "DELETE changes data." }) };
    expect(await httpRunner(url).run({ sql: "delete" })).toEqual({
      kind: "refusal",
      title: "Not a query",
      detail: "DELETE changes data.",
    });
  });
  it.each([
    ["a page of a static host", { status: 404, body: "<h1>Not found</h1>" }],
    ["a page that pretends to be there", { status: 200, body: "<html></html>" }],
    ["another service", { status: 200, body: '{"ok":true}' }],
  ])("knows %s for no query function", async (_, given) => {
    reply = given;
    await expect(httpRunner(url).run({ sql: "select 1" })).rejects.toBeInstanceOf(NoQueryFunction);
  });
  it("knows a dead address for no query function", async () => {
    await expect(httpRunner("http://127.0.0.1:9").explain({ sql: "select 1" })).rejects.toBeInstanceOf(NoQueryFunction);
  });
});
