import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { fakeConnection } from "#test/support/fake-connection.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { mcpServer } from "./mcp-server.ts";

const orders = {
  id: "open-orders",
  path: "queries/open-orders.sql",
  title: "Open orders",
  question: "Which orders are open?",
  sql: "select order_no from sales.orders",
  origin: { file: "queries/open-orders.sql", line: 1, column: 1 },
  uses: ["sales.orders"],
};
let client: Client;
let opened = 0;

beforeEach(async () => {
  opened = 0;
  const server = await mcpServer({
    name: "Shop",
    version: "0.1.0",
    context: { model: shopModel, queries: [orders], descriptions: { "sales.orders": "What was bought." } },
    connection: async () => {
      opened += 1;
      return fakeConnection();
    },
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  client = new Client({ name: "agent", version: "1" });
  await Promise.all([server.connect(ours), client.connect(theirs)]);
});
afterEach(() => client.close());

const answer = z.object({ isError: z.boolean().optional(), content: z.array(z.object({ text: z.string() })) });

async function call(name: string, given: Record<string, unknown> = {}) {
  const { isError = false, content } = answer.parse(await client.callTool({ name, arguments: given }));
  const text = content.map((part) => part.text).join("");
  return { isError, text };
}

test("offers tools that only read, each with a form of its own", async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["search", "describe", "saved_queries", "ask", "explain", "query"]);
  for (const { annotations, description, inputSchema } of tools) {
    expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(description).toMatch(/\.$/);
    expect(inputSchema.type).toBe("object");
  }
  expect(client.getInstructions()).toContain("The schema of Shop.");
});

test("finds a table by its meaning, and tells all of it without starting a database", async () => {
  expect((await call("search", { words: "orders", limit: 3 })).text).toContain('"sales.orders"');
  const { text } = await call("describe", { id: "sales.orders" });
  expect(JSON.parse(text)).toMatchObject({
    id: "sales.orders",
    kind: "table",
    description: "What was bought.",
    columns: expect.arrayContaining([expect.objectContaining({ name: "status" })]),
    savedQueries: [{ id: "open-orders" }],
  });
  expect(text).not.toContain('"origin":');
  expect((await call("saved_queries")).text).toContain("Which orders are open?");
  expect(opened).toBe(0);
});

test("says what may have been meant by an object that is not there", async () => {
  expect(await call("describe", { id: "sales.order" })).toEqual({
    isError: true,
    text: "There is no object sales.order. Did you mean sales.orders?",
  });
});

test("runs and explains what the guard lets through, and refuses the rest", async () => {
  expect(JSON.parse((await call("query", { sql: "select 1" })).text)).toMatchObject({ rows: [[1, "shop"]] });
  expect(await call("query", { sql: "delete from sales.orders" })).toMatchObject({
    isError: true,
    text: expect.stringContaining("QG501"),
  });
  expect(await call("explain", { sql: "drop table sales.orders" })).toMatchObject({ isError: true });
  expect(await call("query", { sql: "select nothere" })).toMatchObject({
    isError: true,
    text: expect.stringContaining("QG201"),
  });
});

test("takes a saved query for its question", async () => {
  expect(JSON.parse((await call("ask", { question: "Which orders are open?" })).text)).toMatchObject({
    kind: "saved",
    sql: orders.sql,
  });
});

test.each([
  ["search", {}],
  ["search", { words: "orders", limit: 0 }],
  ["query", { sql: "" }],
  ["query", { sql: "select 1", limit: 100_000 }],
  ["nothing", {}],
])("refuses %s with %j", async (name, given) => {
  const outcome = await call(name, given).catch((error: unknown) => ({ isError: true, text: String(error) }));
  expect(outcome.isError).toBe(true);
});
