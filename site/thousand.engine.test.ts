import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSchema } from "../bench/schema/generate-schema.ts";
import { buildSite } from "../action/site/build-site.ts";
import { collectSiteData } from "#generators/site-data/collect-site-data.ts";
import { lintDatabase } from "#generators/lint/lint-database.ts";
import { configSchema } from "#schemas/config/schema.ts";
import { readModel } from "#schemas/replay/read-model.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopSiteData } from "./test-support/shop-site-data.ts";
import { writeSiteData } from "./test-support/write-site-data.ts";

const MEGABYTE = 1_000_000;
const KILOBYTE = 1000;

describe("the site of a thousand tables", () => {
  let folder = "";
  let files: readonly { readonly path: string; readonly bytes: number }[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "querygenie-thousand-"));
    await writeSiteData(await thousandTables(), join(folder, "data"));
    const outDir = join(folder, "out");
    await buildSite({ dataDir: join(folder, "data"), outDir, cacheDir: join(folder, "cache"), quiet: true });
    files = await filesOf(outDir);
  }, 600_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("weighs 45 MB at most", () => {
    expect(sum(files) / MEGABYTE).toBeLessThanOrEqual(45);
  });

  it("has no page above 60 KB, however many tables refer to one", () => {
    const heavy = files.filter(({ path, bytes }) => path.endsWith(".html") && bytes > 60 * KILOBYTE);
    expect(heavy).toEqual([]);
  });

  it("has a page for each table and one for all references to a hub", () => {
    const pages = files.map(({ path }) => path);
    expect(pages.filter((path) => /^tables\/.*\.html$/.test(path))).toHaveLength(1000);
    expect(pages).toContain("referenced-by/identity/users/index.html");
  });

  it("loads no search index above 400 KB before somebody asks for columns", () => {
    const first = files.filter(({ path }) => /^data\/search(?:-names)?\.json$/.test(path));
    expect(first).toHaveLength(2);
    expect(first.filter(({ bytes }) => bytes > 400 * KILOBYTE)).toEqual([]);
  });
});

async function thousandTables() {
  const steps = generateSchema({ tables: 1000, seed: 1, history: false }).files.map(({ path, text }, at) => ({
    path: `migrations/${path}`,
    text,
    version: String(at),
    transaction: "file" as const,
  }));
  const { model, problems } = await readModel(steps, { cacheDir: testCacheDir });
  const config = configSchema.parse({
    name: "Thousand",
    databases: [{ id: "main", sources: [{ path: "migrations" }] }],
  });
  const [database] = config.databases;
  if (!database) throw new Error("The configuration above has one database.");
  const { info } = await shopSiteData(null);
  return collectSiteData({
    config,
    database,
    model,
    known: { texts: {}, words: {} },
    queries: [],
    answers: { queries: [], samples: {} },
    fixturesSql: "",
    guides: [],
    mermaid: info.mermaid ?? "",
    releases: [],
    problems,
    findings: lintDatabase(model, database, config, {}),
    commits: {},
    owners: { of: () => [] },
    usage: null,
    commitUrl: null,
    pullUrl: null,
    queryUrl: null,
    engine: null,
    newFileUrl: null,
    sourceUrl: null,
  });
}

async function filesOf(root: string): Promise<{ path: string; bytes: number }[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    paths.map(async (path) => ({ path: path.slice(root.length + 1), bytes: (await stat(path)).size })),
  );
}

const sum = (all: readonly { readonly bytes: number }[]): number => all.reduce((total, { bytes }) => total + bytes, 0);
