import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { prepare } from "#test/support/apply-files.ts";
import { modelOnRealServer } from "../measure/real-model.ts";
import { readFiles } from "../measure/read-files.ts";
import { whyNoPostgres } from "#test/support/postgres.ts";
import type { Bench, Row, Scenario } from "../scenario.ts";
import { generateSchema } from "../schema/generate-schema.ts";
import { countTables } from "./history.ts";

const TABLES = 1000;
const SEED = 1;

/** The generated schema of a thousand tables: its model, then its pages and diagrams. */
export const thousand: Scenario = {
  name: "thousand",
  about: "a generated schema of 1,000 tables to a model, docs and diagrams",
  isDefault: true,
  async run(bench) {
    const missing = await whyNoPostgres();
    if (missing !== null) return missing;
    const rows: Row[] = [];
    for (const history of [false, true]) rows.push(...(await measure(bench, history)));
    return rows;
  },
};

async function measure(bench: Bench, history: boolean): Promise<Row[]> {
  const kind = history ? "history" : "dump";
  const cwd = await bench.folder();
  await mkdir(join(cwd, "migrations"));
  for (const { path, text } of generateSchema({ tables: TABLES, seed: SEED, history }).files) {
    await writeFile(join(cwd, "migrations", path), text);
  }
  const files = prepare(await readFiles(cwd, ["migrations"]));
  const model = { ours: new Array<number>(), peer: new Array<number>(), peaks: new Array<number>() };
  const pages = { ours: new Array<number>(), peaks: new Array<number>() };
  let facts = "";
  for (let run = 0; run < bench.runs; run++) {
    const cacheDir = await bench.emptyCache();
    const mine = await bench.cli(["model", "--source", "migrations", "--quiet"], { cwd, cacheDir });
    const theirs = await modelOnRealServer(files);
    bench.say(`${kind}: ${mine.seconds.toFixed(2)} s, PostgreSQL ${theirs.seconds.toFixed(2)} s`);
    model.ours.push(mine.seconds);
    model.peer.push(theirs.seconds);
    if (mine.peakMegabytes !== null) model.peaks.push(mine.peakMegabytes);
    facts = `${files.length} files; ${countTables(mine.output)} tables, ${theirs.tables} on the server, which refused ${theirs.failed.length} statements`;
    // The dump and the history end in the same pages.
    if (history) continue;
    const built = await bench.cli(["build", "--source", "migrations", "--only", "docs,erd", "--quiet"], {
      cwd,
      cacheDir,
    });
    bench.say(`pages: ${built.seconds.toFixed(2)} s`);
    pages.ours.push(built.seconds);
    if (built.peakMegabytes !== null) pages.peaks.push(built.peakMegabytes);
  }
  const row: Row = {
    name: `thousand ${kind}`,
    unit: "s",
    ours: model.ours,
    peer: model.peer,
    peerName: "PostgreSQL 18",
    peakMegabytes: model.peaks,
    facts,
  };
  if (history) return [row];
  return [
    row,
    {
      name: "thousand pages",
      unit: "s",
      ours: pages.ours,
      peakMegabytes: pages.peaks,
      facts: "docs and diagrams, from the model in the cache",
    },
  ];
}
