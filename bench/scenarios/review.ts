import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { SchemaModel } from "#schemas/model.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import { createTracer } from "#schemas/replay/tracer.ts";
import { median } from "../measure/statistics.ts";
import { readFiles } from "../measure/read-files.ts";
import type { Bench, Scenario } from "../scenario.ts";
import { coder, whyNoCorpus } from "./corpus.ts";

const QUERIES = 500;
const TRACED_FILES = 80;

/** What a pull request with one migration waits for, what measuring adds to a statement, and what saved queries add. */
export const review: Scenario = {
  name: "review",
  gives: ["tracing", "queries"],
  about: "one new migration on coder's history, reviewed; tracing; 500 saved queries",
  isDefault: true,
  async run(bench) {
    const missing = whyNoCorpus();
    if (missing !== null) return missing;
    const cwd = await bench.folder();
    await cp(join(coder.root, coder.source), join(cwd, "migrations"), { recursive: true });
    const { model, added } = await trace(bench, cwd);
    const name = "migrations/900000_review.up.sql";
    await writeFile(join(cwd, name), migration(model));
    const args = ["review", name, "--source", "migrations", "--fail-on", "never", "--quiet"];
    const alone = await timed(bench, cwd, args);
    await mkdir(join(cwd, "queries"));
    for (const [at, sql] of queriesOn(model).entries()) await writeFile(join(cwd, `queries/q${at}.sql`), sql);
    const withQueries = await timed(bench, cwd, args);
    const facts = `${model.tables.length} tables; the cache is warm`;
    return [
      {
        name: "review",
        unit: "s",
        ours: alone.seconds,
        peakMegabytes: alone.peaks,
        target: { most: 4, of: "ours" },
        facts,
      },
      {
        name: "queries",
        unit: "s",
        ours: withQueries.seconds.map((seconds, at) => seconds - (alone.seconds[at] ?? 0)),
        peakMegabytes: withQueries.peaks,
        target: { most: 5, of: "ours" },
        facts: `what ${QUERIES} saved queries add to the review`,
      },
      {
        name: "review memory",
        unit: "MB",
        ours: withQueries.peaks,
        target: { most: 900, of: "ours" },
        facts: "peak of all processes of the review with queries",
      },
      {
        name: "tracing",
        unit: "s",
        ours: [median(added)],
        target: { most: 0.02, of: "ours" },
        facts: `median of ${added.length} statements of coder, each run with the tracer and without`,
      },
    ];
  },
};

async function timed(
  bench: Bench,
  cwd: string,
  args: readonly string[],
): Promise<{ readonly seconds: readonly number[]; readonly peaks: readonly number[] }> {
  const cacheDir = await bench.emptyCache();
  const first = await bench.cli(args, { cwd, cacheDir });
  const seconds: number[] = [];
  const peaks: number[] = [];
  for (let run = 0; run < bench.runs; run++) {
    const done = await bench.cli(args, { cwd, cacheDir });
    bench.say(`review: ${done.seconds.toFixed(2)} s; ${first.seconds.toFixed(2)} s with a cold cache`);
    seconds.push(done.seconds);
    if (done.peakMegabytes !== null) peaks.push(done.peakMegabytes);
  }
  return { seconds, peaks };
}

/** Runs the end of the history statement by statement, with the tracer and without it; seconds that the tracer added. */
async function trace(bench: Bench, cwd: string): Promise<{ readonly model: SchemaModel; readonly added: number[] }> {
  const files = await readFiles(cwd, ["migrations"]);
  const last = files.slice(-TRACED_FILES);
  const before = await replay(files.slice(0, -TRACED_FILES));
  const { engine } = before;
  const added: number[] = [];
  try {
    for (const file of last) {
      const { statements } = await replay([file], { on: engine });
      await engine.exec("reset all");
      for (const { statement, outcome, alone } of statements) {
        // What is there already fails at once; a comment or a SELECT tells nothing.
        if (outcome === "applied" && !alone) added.push(await addedTo(engine, statement.text));
      }
    }
    const { model } = await readReplayed(before, files.length);
    bench.say(`tracing: ${(median(added) * 1000).toFixed(1)} ms at the median of ${added.length} statements`);
    return { model, added };
  } finally {
    await engine.close();
  }
}

/** The statement has been applied: what fails now fails both times, so that the difference is the tracer's own. */
async function addedTo(engine: EmbeddedEngine, sql: string): Promise<number> {
  const tracer = createTracer(engine);
  const elapsed = async (run: () => Promise<unknown>): Promise<number> => {
    await engine.run("begin", { guarded: false });
    const start = performance.now();
    await run();
    const end = performance.now();
    await engine.run("rollback", { guarded: false });
    return (end - start) / 1000;
  };
  const plain = await elapsed(() => engine.run(sql, { guarded: true }));
  return (await elapsed(async () => tracer.trace(sql, new Map()))) - plain;
}

/** A migration as people write them: a column, an index, a constraint, a new table and a column that goes. */
function migration({ tables }: SchemaModel): string {
  const [first, second] = tables.filter(({ kind, columns }) => kind === "table" && columns.length > 4);
  const dropped = second?.columns.at(-1)?.name ?? "";
  return [
    `ALTER TABLE ${first?.id ?? ""} ADD COLUMN reviewed_at timestamptz NOT NULL DEFAULT now();`,
    `CREATE INDEX reviewed_idx ON ${first?.id ?? ""} (reviewed_at);`,
    `ALTER TABLE ${first?.id ?? ""} ALTER COLUMN reviewed_at SET DATA TYPE timestamp;`,
    `ALTER TABLE ${second?.id ?? ""} DROP COLUMN "${dropped}";`,
    "CREATE TABLE review_notes (id bigint PRIMARY KEY, body text NOT NULL);",
    "",
  ].join("\n");
}

function queriesOn({ tables }: SchemaModel): readonly string[] {
  const plain = tables.filter(({ columns, kind }) => kind === "table" && columns.length > 1);
  return Array.from({ length: QUERIES }, (_, at) => {
    const table = plain[at % plain.length];
    const columns = table?.columns.map(({ name }) => `"${name}"`) ?? [];
    const filter = columns[at % columns.length] ?? "";
    return `-- Query ${at}\nselect ${columns.join(", ")} from ${table?.id ?? ""} where ${filter} is not null order by ${columns[0] ?? ""} limit ${at + 1};\n`;
  });
}
