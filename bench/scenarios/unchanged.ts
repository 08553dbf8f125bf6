import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { Row, Scenario } from "../scenario.ts";
import { coder, whyNoCorpus } from "./corpus.ts";

/** The second run on the same input, as on most commits. */
export const unchanged: Scenario = {
  name: "unchanged",
  about: "build and model again, with nothing changed",
  isDefault: true,
  async run(bench) {
    const missing = whyNoCorpus();
    if (missing !== null) return missing;
    const cwd = await bench.folder();
    await cp(join(coder.root, coder.source), join(cwd, "migrations"), { recursive: true });
    const rows: Row[] = [];
    for (const command of ["model", "build"]) {
      const cacheDir = await bench.emptyCache();
      const args = [command, "--source", "migrations", "--quiet"];
      const first = await bench.cli(args, { cwd, cacheDir });
      const ours: number[] = [];
      const peaks: number[] = [];
      for (let run = 0; run < bench.runs; run++) {
        const again = await bench.cli(args, { cwd, cacheDir });
        bench.say(`${command} again: ${again.seconds.toFixed(2)} s`);
        ours.push(again.seconds);
        if (again.peakMegabytes !== null) peaks.push(again.peakMegabytes);
      }
      rows.push({
        name: `unchanged ${command}`,
        unit: "s",
        ours,
        peer: ours.map(() => first.seconds),
        peerName: "first run",
        peakMegabytes: peaks,
        target: { most: 0.7, of: "ours" },
      });
    }
    return rows;
  },
};
