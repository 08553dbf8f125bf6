import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { emptyCluster } from "#schemas/replay/empty-cluster.ts";
import { bootEngine } from "#schemas/replay/pglite-engine.ts";
import { runCommand } from "./measure/run-command.ts";
import { scenarios } from "./registry.ts";
import { isHeld, notes, table, type Machine, type Results } from "./report.ts";
import type { Bench, CliPlace, CliRun, Row, Scenario } from "./scenario.ts";
import { writeSummary } from "./write-summary.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const RUNS = 3;
/** What bin/querygenie.mjs sets. It is not run itself, because in a checkout it takes the sources even beside a build. */
const LIKE_BIN = "--liftoff-only";
const GIGABYTE = 1024 ** 3;

const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isSummary = process.argv.includes("--summary");
process.exitCode = await main(chosen(names));

/** Runs scenarios, prints their table and keeps it; 1 when a target was missed. */
async function main(wanted: readonly Scenario[]): Promise<number> {
  if (wanted.length === 0) {
    console.error(`There is no such scenario. Known: ${scenarios.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  const loadBefore = loadavg();
  console.log(`load average ${loadBefore.map((load) => load.toFixed(2)).join(" ")} on ${availableParallelism()} cores`);
  const folders: string[] = [];
  const rows: Row[] = [];
  const skipped: Results["skipped"][number][] = [];
  try {
    const bench = benchOf(folders);
    for (const scenario of wanted) {
      console.log(`\n${scenario.name}: ${scenario.about}`);
      const measured = await scenario.run(bench);
      if (typeof measured === "string") {
        console.log(`  skipped: ${measured}`);
        skipped.push({ scenario: scenario.name, reason: measured });
      } else rows.push(...measured);
    }
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
  const results: Results = {
    version: 1,
    date: new Date().toISOString(),
    machine: machine(loadBefore),
    cli: cliFile(),
    rows,
    skipped,
  };
  await mkdir(join(root, "bench/results"), { recursive: true });
  await writeFile(join(root, "bench/results/latest.json"), `${JSON.stringify(results, null, 2)}\n`);
  if (isSummary) await writeSummary(results);
  console.log(
    `\n${table(rows)}\n\n${notes(rows)}\n\nmeasured ${results.cli}; load average then ${loadavg()
      .map((load) => load.toFixed(2))
      .join(" ")}`,
  );
  return rows.some((row) => isHeld(row) === false) ? 1 : 0;
}

function chosen(wanted: readonly string[]): readonly Scenario[] {
  if (wanted.length === 0) return scenarios.filter(({ isDefault }) => isDefault);
  const known = (name: string): Scenario | undefined =>
    scenarios.find((scenario) => scenario.name === name || scenario.gives?.includes(name));
  if (wanted.some((name) => known(name) === undefined)) return [];
  return scenarios.filter((scenario) => wanted.some((name) => known(name) === scenario));
}

function benchOf(folders: string[]): Bench {
  const folder = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), "querygenie-bench-"));
    folders.push(path);
    return path;
  };
  let cluster: Promise<string> | undefined;
  return {
    runs: RUNS,
    folder,
    say: (line) => console.log(`  ${line}`),
    async emptyCache() {
      cluster ??= makeCluster(join(root, "node_modules/.cache/querygenie-bench"));
      const path = await folder();
      await cp(await cluster, path, { recursive: true });
      return path;
    },
    cli: runCli,
  };
}

/** A folder with nothing but the empty cluster in it; kept, because making it takes seconds. */
async function makeCluster(path: string): Promise<string> {
  const cluster = await emptyCluster(path, () => bootEngine({}));
  for (const name of await readdir(path)) {
    // The cluster of another version of the engine or of the harness.
    if (join(path, name) !== cluster) await rm(join(path, name), { recursive: true });
  }
  return path;
}

async function runCli(args: readonly string[], { cwd, cacheDir }: CliPlace): Promise<CliRun> {
  const done = await runCommand(process.execPath, [LIKE_BIN, join(root, cliFile()), ...args], {
    cwd,
    env: { QUERYGENIE_CACHE_DIR: cacheDir },
  });
  if (done.exitCode !== 0)
    throw new Error(`querygenie ${args.join(" ")} ended with ${String(done.exitCode)}: ${done.errors.slice(-2000)}`);
  return { seconds: done.seconds, peakMegabytes: done.peakMegabytes, output: done.output };
}

/** The built command line where there is one, else its sources. */
function cliFile(): Results["cli"] {
  return existsSync(join(root, "dist/cli.js")) ? "dist/cli.js" : "action/cli.ts";
}

function machine(loadBefore: readonly number[]): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? "unknown",
    memoryGigabytes: Math.round(totalmem() / GIGABYTE),
    node: process.version,
    loadBefore,
    loadAfter: loadavg(),
  };
}
