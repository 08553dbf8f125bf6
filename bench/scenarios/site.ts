import { cp, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browserMissing, launchBrowser } from "../../site/test-support/browser.ts";
import { serveSite } from "../../site/test-support/serve-site.ts";
import { measurePlayground, type PlaygroundTimes } from "../measure/playground.ts";
import type { Bench, CliPlace, Row, Scenario } from "../scenario.ts";
import { generateSchema } from "../schema/generate-schema.ts";

const TABLES = 1000;
const MEGABYTE = 1_000_000;
const shop = fileURLToPath(new URL("../../examples/shop", import.meta.url));

/** The site of a thousand tables from its sources to its last file, and what a reader of the sample's site waits for. */
export const site: Scenario = {
  name: "site",
  gives: ["site build", "playground"],
  about: "the site of 1,000 tables: time, memory and size; the playground of the sample in Chromium",
  isDefault: true,
  async run(bench) {
    return [...(await builds(bench)), ...(await playground(bench))];
  },
};

async function builds(bench: Bench): Promise<Row[]> {
  const cwd = await bench.folder();
  await mkdir(join(cwd, "migrations"));
  for (const { path, text } of generateSchema({ tables: TABLES, seed: 1, history: false }).files) {
    await writeFile(join(cwd, "migrations", path), text);
  }
  const place: CliPlace = { cwd, cacheDir: await bench.emptyCache() };
  const build = () => bench.cli(["site", "build", "--source", "migrations", "--quiet"], place);
  const cold = await build();
  bench.say(`first build, with the history: ${cold.seconds.toFixed(1)} s, ${String(cold.peakMegabytes)} MB`);
  const ours: number[] = [];
  const peaks: number[] = [];
  for (let run = 0; run < bench.runs; run++) {
    const built = await build();
    bench.say(`site: ${built.seconds.toFixed(1)} s`);
    ours.push(built.seconds);
    if (built.peakMegabytes !== null) peaks.push(built.peakMegabytes);
  }
  const files = await filesOf(join(cwd, "_site"));
  const engine = files.filter(({ path }) => path.startsWith("engine/"));
  const facts = `${files.length} files; the first build, which replays the schema and makes the engine's state, ${cold.seconds.toFixed(1)} s`;
  return [
    { name: "site build", unit: "s", ours, target: { most: 15, of: "ours" }, facts },
    {
      name: "site build, memory",
      unit: "MB",
      ours: [...peaks, cold.peakMegabytes ?? 0],
      target: { most: 1000, of: "ours" },
    },
    {
      name: "site, without engine",
      unit: "MB",
      ours: [megabytes(files) - megabytes(engine)],
      target: { most: 45, of: "ours" },
    },
    { name: "site, engine", unit: "MB", ours: [megabytes(engine)], target: { most: 22, of: "ours" } },
  ];
}

async function playground(bench: Bench): Promise<Row[]> {
  if (browserMissing !== null) {
    bench.say(`playground: ${browserMissing}`);
    return [];
  }
  const cwd = await bench.folder();
  await cp(shop, cwd, { recursive: true });
  await bench.cli(["site", "build", "--quiet"], { cwd, cacheDir: await bench.emptyCache() });
  const served = await serveSite(join(cwd, "_site"), "/");
  const times: PlaygroundTimes[] = [];
  try {
    for (let run = 0; run < bench.runs; run++) {
      // A browser of its own, whose cache is empty.
      const browser = await launchBrowser();
      try {
        const one = await measurePlayground(browser, served.url);
        bench.say(`playground: ${JSON.stringify(one)}`);
        times.push(one);
      } finally {
        await browser.close();
      }
    }
  } finally {
    await served.close();
  }
  const row = (name: string, key: keyof PlaygroundTimes, most?: number): Row => ({
    name: `playground, ${name}`,
    unit: "ms",
    ours: times.map((one) => one[key]),
    ...(most !== undefined && { target: { most, of: "ours" as const } }),
  });
  const most = (key: "mostRows" | "longestStep"): number => Math.max(...times.map((one) => one[key]));
  const scroll = `100,000 rows, ${most("mostRows")} of them in the page at most; no step took more than ${most("longestStep").toFixed(0)} ms of a processor`;
  return [
    row("first query, cold", "cold"),
    row("first query, warm cache", "warm", 1500),
    row("query after a stop", "afterStop", 500),
    { ...row("longest task of a scroll", "longestTask", 50), facts: scroll },
  ];
}

interface SiteFile {
  readonly path: string;
  readonly bytes: number;
}

async function filesOf(root: string): Promise<SiteFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    paths.map(async (path) => ({ path: path.slice(root.length + 1), bytes: (await stat(path)).size })),
  );
}

const megabytes = (files: readonly SiteFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0) / MEGABYTE;
