import { fileURLToPath } from "node:url";
import { runCommand } from "../measure/run-command.ts";
import type { Scenario } from "../scenario.ts";

/** What a developer waits for before each commit. */
export const check: Scenario = {
  name: "check",
  about: "npm run check on this repository",
  isDefault: false,
  async run(bench) {
    const ours: number[] = [];
    const peaks: number[] = [];
    for (let run = 0; run < bench.runs; run++) {
      const done = await runCommand("npm", ["run", "check"], {
        cwd: fileURLToPath(new URL("../../", import.meta.url)),
      });
      if (done.exitCode !== 0) return `npm run check ended with ${String(done.exitCode)}:\n${done.output.slice(-2000)}`;
      bench.say(`check: ${done.seconds.toFixed(1)} s`);
      ours.push(done.seconds);
      if (done.peakMegabytes !== null) peaks.push(done.peakMegabytes);
    }
    return [{ name: "check", unit: "s", ours, peakMegabytes: peaks, target: { most: 20, of: "ours" } }];
  },
};
