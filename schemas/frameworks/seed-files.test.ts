import { expect, test } from "vitest";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { detectSources } from "./detect-sources.ts";
import { listFiles } from "./listing.ts";

const ROWS = 'COPY "public"."orders" ("id") FROM stdin;\n1\n\\.\n';
const files = {
  "db/0001_orders.sql": "CREATE TABLE orders (id int PRIMARY KEY);",
  "db/0002_total.sql": "ALTER TABLE orders ADD total int;",
  "rows/001_public.orders.sql": ROWS,
  "rows/002_public.lines.sql": ROWS,
  "rows/003_public.notes.sql": ROWS,
  "rows/0004_mine.sql": "CREATE TABLE mine (id int);",
};
const SEEDS = ["001_public.orders.sql", "002_public.lines.sql", "003_public.notes.sql"];

async function found(list: string | null): Promise<{ readonly paths: readonly string[]; readonly sources: unknown }> {
  const workspace = memoryWorkspace({ ...files, ...(list !== null && { "rows/querygenie-seed.json": list }) });
  const listing = await listFiles(workspace, { fileMegabytes: 1 });
  const { value } = await detectSources({ listing, engine: "postgres" });
  return { paths: listing.paths, sources: value.map(({ path, files: count }) => `${path} ${count}`) };
}

test("takes numbered files of rows for no history when seed has listed them, and leaves all others", async () => {
  const { paths, sources } = await found(JSON.stringify({ version: 1, files: SEEDS }));
  expect(paths).toEqual(["db/0001_orders.sql", "db/0002_total.sql", "rows/0004_mine.sql", "rows/querygenie-seed.json"]);
  expect(sources).toEqual(["db 2"]);
});

test.each([null, "no JSON", '{"version":1}', "[]"])("reads every file where the list is %j", async (list) => {
  const { paths } = await found(list);
  expect(paths).toEqual(expect.arrayContaining(Object.keys(files)));
});
