import { prepare } from "#test/support/apply-files.ts";
import { modelOnRealServer } from "../measure/real-model.ts";
import { readFiles } from "../measure/read-files.ts";
import { whyNoPostgres } from "#test/support/postgres.ts";
import type { Bench, Row, Scenario } from "../scenario.ts";
import { coder, triggerDev, whyNoCorpus, type Repository } from "./corpus.ts";

/** A long history to a written model, against the same job on a fresh real server. */
export const history: Scenario = {
  name: "history",
  gives: ["memory"],
  about: "coder's and trigger.dev's histories to a model",
  isDefault: true,
  async run(bench) {
    const missing = whyNoCorpus() ?? (await whyNoPostgres());
    if (missing !== null) return missing;
    const first = await measure(bench, coder);
    const memory: Row = {
      name: "memory",
      unit: "MB",
      ours: first.peakMegabytes ?? [],
      target: { most: 900, of: "ours" },
      facts: "peak of all processes of `history coder`",
    };
    return [{ ...first, target: { most: 2.2, of: "ratio" } }, memory, await measure(bench, triggerDev)];
  },
};

async function measure(bench: Bench, repository: Repository): Promise<Row> {
  const files = prepare(await readFiles(repository.root, [repository.source]));
  const ours: number[] = [];
  const peer: number[] = [];
  const peaks: number[] = [];
  let facts = "";
  for (let run = 0; run < bench.runs; run++) {
    const cacheDir = await bench.emptyCache();
    const mine = await bench.cli(["model", "--source", repository.source, "--quiet"], {
      cwd: repository.root,
      cacheDir,
    });
    const theirs = await modelOnRealServer(files);
    bench.say(`${repository.name}: ${mine.seconds.toFixed(2)} s, PostgreSQL ${theirs.seconds.toFixed(2)} s`);
    ours.push(mine.seconds);
    peer.push(theirs.seconds);
    if (mine.peakMegabytes !== null) peaks.push(mine.peakMegabytes);
    facts = `${files.length} files; ${countTables(mine.output)} tables, ${theirs.tables} on the server, which refused ${theirs.failed.length} statements`;
  }
  return {
    name: `history ${repository.name}`,
    unit: "s",
    ours,
    peer,
    peerName: "PostgreSQL 18",
    peakMegabytes: peaks,
    facts,
  };
}

/** Tables in a printed model, so that both sides are seen to do the same job. */
export function countTables(output: string): number {
  const model: unknown = JSON.parse(output);
  return typeof model === "object" && model !== null && "tables" in model && Array.isArray(model.tables)
    ? model.tables.length
    : 0;
}
