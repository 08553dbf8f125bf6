import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildDatabase, type BuiltDatabase } from "#app/query/build-database.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { engineFiles } from "./engine-files.ts";
import { tarEntries } from "./tar-entries.ts";

const MEGABYTE = 1_000_000;

let folder = "";
let database: BuiltDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "querygenie-engine-"));
  const text = "create table orders (id integer primary key); insert into orders select generate_series(1, 30000);";
  const files = [{ path: "migrations/1.sql", version: "1", transaction: "file" as const, text }];
  database = await buildDatabase({ files, fixturesSql: "" }, { cacheDir: testCacheDir });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("keeps no write-ahead log that the next start does not read", async () => {
  const log = tarEntries(await readFile(database.path)).filter(({ name }) => /pg_wal\/[0-9A-F]{24}$/.test(name));
  expect(log.length).toBeGreaterThan(0);
  expect(log.length).toBeLessThanOrEqual(2);
});

it("packs the state of a database once, for every build of its site", async () => {
  const first = await engineFiles(database, folder);
  const [name = ""] = await readdir(folder);
  const { mtimeMs } = await stat(join(folder, name));
  const second = await engineFiles(database, folder);
  expect(second.engine).toEqual(first.engine);
  expect(await readdir(folder)).toEqual([name]);
  expect((await stat(join(folder, name))).mtimeMs).toBe(mtimeMs);
  expect(tarEntries(gunzipSync(await readFile(join(folder, name)))).length).toBeGreaterThan(100);
});

it("leaves the engine below what a site may carry", async () => {
  const outDir = join(folder, "out");
  await (await engineFiles(database, folder)).write(outDir);
  const entries = await readdir(join(outDir, "engine"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  // A thousand tables add 4 MB of state to it; 22 are the budget.
  expect(sizes.reduce((sum, size) => sum + size, 0) / MEGABYTE).toBeLessThanOrEqual(18);
});
