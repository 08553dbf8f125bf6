import { cp, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Scenario } from "../scenario.ts";
import { readFiles } from "../measure/read-files.ts";
import { coder, whyNoCorpus } from "./corpus.ts";
import { countTables } from "./history.ts";

/** A developer adds one migration to a long history that was read before. */
export const oneMore: Scenario = {
  name: "one-more",
  about: "one new migration on coder's history",
  isDefault: true,
  async run(bench) {
    const missing = whyNoCorpus();
    if (missing !== null) return missing;
    const cwd = await bench.folder();
    await cp(join(coder.root, coder.source), join(cwd, "migrations"), { recursive: true });
    const last = (await readFiles(cwd, ["migrations"])).at(-1);
    if (!last) return "coder's history is empty";
    const here = join(cwd, last.path);
    const away = join(await bench.folder(), "last.sql");
    const args = ["model", "--source", "migrations", "--quiet"];
    const ours: number[] = [];
    const full: number[] = [];
    const peaks: number[] = [];
    let tables = 0;
    for (let run = 0; run < bench.runs; run++) {
      const cacheDir = await bench.emptyCache();
      await rename(here, away);
      const first = await bench.cli(args, { cwd, cacheDir });
      await rename(away, here);
      const mine = await bench.cli(args, { cwd, cacheDir });
      bench.say(`one more: ${mine.seconds.toFixed(2)} s, all before it ${first.seconds.toFixed(2)} s`);
      ours.push(mine.seconds);
      full.push(first.seconds);
      tables = countTables(mine.output);
      if (mine.peakMegabytes !== null) peaks.push(mine.peakMegabytes);
    }
    return [
      {
        name: "one-more",
        unit: "s",
        ours,
        peer: full,
        peerName: "whole history",
        peakMegabytes: peaks,
        target: { most: 4, of: "ours" },
        facts: `${tables} tables; the new file is ${last.version}`,
      },
    ];
  },
};
