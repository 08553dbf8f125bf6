import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileURLToPath } from "node:url";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopFolder } from "#test/support/shop.ts";

const program = fileURLToPath(new URL("../../bin/querygenie.mjs", import.meta.url));
const client = new Client({ name: "agent", version: "1" });

beforeAll(() =>
  client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [program, "mcp", "--offline"],
      cwd: shopFolder,
      env: { PATH: process.env["PATH"] ?? "", QUERYGENIE_CACHE_DIR: testCacheDir },
      stderr: "ignore",
    }),
  ),
);
afterAll(() => client.close());

const textOf = async (name: string, given: Record<string, unknown>): Promise<string> =>
  JSON.stringify((await client.callTool({ name, arguments: given })).content);

test("an agent that starts the program finds, reads and queries the sample", async () => {
  expect(await textOf("search", { words: "shopping bag" })).toContain("sales.carts");
  expect(await textOf("describe", { id: "sales.orders" })).toContain("referencedBy");
  expect(await textOf("query", { sql: "select count(*) as n from sales.orders" })).toContain("20");
  expect(await textOf("query", { sql: "update sales.orders set note = 'x'" })).toContain("QG501");
});
