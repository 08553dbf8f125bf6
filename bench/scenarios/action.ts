import { execFileSync } from "node:child_process";
import { actionWorld } from "#test/support/action-world.ts";
import { builtAction } from "#test/support/built-action.ts";
import type { ActionRun } from "#test/support/run-action.ts";
import type { Row, Scenario } from "../scenario.ts";

const QUIET = "SET LOCAL lock_timeout = '2s';\nALTER TABLE people.customers ADD COLUMN nickname text;\n";

/** What a user of the action waits for and downloads, from a checkout of the release's tag at the double of GitHub. */
export const action: Scenario = {
  name: "action",
  about: "the built action on a quiet pull request: first output, whole run, calls to the API, download",
  isDefault: true,
  async run(bench) {
    const built = builtAction();
    const world = await actionWorld(built.folder);
    try {
      await world.onPush();
      const [proposal] = world.repository.pulls;
      if (!proposal) throw new Error("the first run proposed nothing");
      world.merge(proposal);
      const runs: { cold: ActionRun; warm: ActionRun; calls: number }[] = [];
      for (let at = 0; at < bench.runs; at++) {
        const branch = `quiet-${at}`;
        world.commit(branch, { [`migrations/0005_quiet_${at}.sql`]: QUIET });
        const pull = world.openPull(branch);
        const env = { QUERYGENIE_CACHE_DIR: await bench.folder() };
        world.github.log.length = 0;
        const cold = await world.onPull(pull, { env });
        const calls = world.github.log.length;
        world.commit(branch, { [`migrations/0005_quiet_${at}.sql`]: `${QUIET}-- Said by people.\n` });
        const warm = await world.onPull(pull, { env });
        for (const { code, log, summary } of [cold, warm]) if (code !== 0) throw new Error(`${log}${summary}`);
        bench.say(`${seconds(cold).toFixed(2)} s cold, ${seconds(warm).toFixed(2)} s with cache, ${calls} calls`);
        runs.push({ cold, warm, calls });
      }
      const rows: readonly Row[] = [
        row(
          "action first output",
          "s",
          0.5,
          runs.flatMap(({ cold, warm }) => [firstOutput(cold), firstOutput(warm)]),
        ),
        row(
          "action cold",
          "s",
          10,
          runs.map(({ cold }) => seconds(cold)),
        ),
        row(
          "action with cache",
          "s",
          5,
          runs.map(({ warm }) => seconds(warm)),
        ),
        row(
          "action calls",
          "calls",
          12,
          runs.map(({ calls }) => calls),
        ),
        row("action download", "MB", 15, [packedMegabytes(built.folder)]),
      ];
      return rows;
    } finally {
      await world.close();
      built.remove();
    }
  },
};

const row = (name: string, unit: Row["unit"], most: number, ours: readonly number[]): Row => ({
  name,
  unit,
  ours,
  target: { most, of: "ours" },
});

const seconds = ({ milliseconds }: ActionRun): number => milliseconds / 1000;
const firstOutput = (run: ActionRun): number => run.firstOutput / 1000;

/** What GitHub sends to a runner: the tag as a gzipped tar archive. */
function packedMegabytes(folder: string): number {
  return execFileSync("tar", ["--create", "--gzip", "."], { cwd: folder, maxBuffer: 2 ** 28 }).length / 1e6;
}
