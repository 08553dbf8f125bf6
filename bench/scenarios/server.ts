import { serve } from "#app/serve.ts";
import { askServer, crowd, openLoop, statusesOf, type Answered } from "#test/support/load.ts";
import { shopFiles } from "#test/support/shop.ts";
import type { Row, Scenario } from "../scenario.ts";

/** Its answer changes, so that no cache gives it. */
const QUERY = "select code, name, random() from sales.currencies order by code limit 20";
const LOOP = { rate: 50, seconds: 60 };
const CROWD = 200;
const ROUNDS = 5;

/** What the server adds to the engine's own time under a steady load, and what a crowd does to its answers and memory. */
export const server: Scenario = {
  name: "server",
  gives: ["server, 50 queries a second", "server, crowds of 200"],
  about: "time of the query function above the engine's at 50 queries a second; 200 callers at once",
  isDefault: false,
  async run(bench) {
    const database = { files: shopFiles(), fixturesSql: "", cacheDir: await bench.emptyCache() };
    const running = await serve({ port: 0, database });
    const send = (): Promise<Answered> => askServer(running.url, QUERY);
    try {
      const first = await send();
      if (first.status !== 200) return `the server answers with ${first.status}`;
      return [await steady(send), await crowds(send)];
    } finally {
      await running.close();
    }
  },
};

async function steady(send: () => Promise<Answered>): Promise<Row> {
  const answers = await openLoop(LOOP, send);
  const above = answers.flatMap(({ status, milliseconds, inEngine, inQueue }) =>
    status === 200 && inEngine !== null ? [milliseconds - inEngine - inQueue] : [],
  );
  const waits = answers.map(({ inQueue }) => inQueue).toSorted((a, b) => a - b);
  return {
    name: "server, 50 queries a second",
    unit: "ms",
    ours: [p95(above.toSorted((a, b) => a - b))],
    target: { most: 10, of: "ours" },
    facts: `p95 of ${answers.length}, less what the answer says of the engine and of the wait for it (p95 of that ${p95(waits).toFixed(1)} ms); answers: ${JSON.stringify(statusesOf(answers))}; the callers run in the same process`,
  };
}

async function crowds(send: () => Promise<Answered>): Promise<Row> {
  const answers: Answered[] = [];
  // The first crowd brings the memory that the others use again.
  answers.push(...(await crowd(CROWD, send)));
  const before = process.memoryUsage.rss();
  for (let round = 1; round < ROUNDS; round++) answers.push(...(await crowd(CROWD, send)));
  return {
    name: "server, crowds of 200",
    unit: "MB",
    ours: [(process.memoryUsage.rss() - before) / 1e6],
    facts: `memory that ${ROUNDS - 1} crowds leave behind after a first one; answers: ${JSON.stringify(statusesOf(answers))}`,
  };
}

const p95 = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
