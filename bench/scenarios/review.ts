import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SchemaModel } from "#schemas/model.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import { readFiles } from "../measure/read-files.ts";
import type { Bench, Row, Scenario } from "../scenario.ts";
import { coder, whyNoCorpus } from "./corpus.ts";

const QUERIES = 500;

/** What a pull request with one migration waits for, and what saved queries add. */
export const review: Scenario = {
  name: "review",
  gives: ["queries", "tracing"],
  about: "one new migration on coder's history, reviewed, and with 500 saved queries",
  isDefault: true,
  async run(bench) {
    const missing = whyNoCorpus();
    if (missing !== null) return missing;
    const cwd = await bench.folder();
    await cp(join(coder.root, coder.source), join(cwd, "migrations"), { recursive: true });
    const model = await modelOf(cwd);
    const name = "migrations/900000_review.up.sql";
    await writeFile(join(cwd, name), migration(model));
    const args = ["review", name, "--source", "migrations", "--fail-on", "never", "--quiet"];
    const alone = await timed(bench, cwd, args);
    await mkdir(join(cwd, "queries"));
    for (const [at, sql] of queriesOn(model).entries()) await writeFile(join(cwd, `queries/q${at}.sql`), sql);
    const withQueries = await timed(bench, cwd, args);
    const tracing = await tracingCost(bench, cwd);
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
      tracing,
    ];
  },
};

/** What it costs to measure a statement: a whole history replayed with its locks, scans and rewrites traced, and without. */
async function tracingCost(bench: Bench, cwd: string): Promise<Row> {
  const files = await readFiles(cwd, ["migrations"]);
  const cacheDir = await bench.emptyCache();
  const paths = new Set(files.map(({ path }) => path));
  const run = async (measure: ReadonlySet<string>): Promise<{ readonly ms: number; readonly statements: number }> => {
    const started = performance.now();
    const { engine, statements } = await replay(files, { cacheDir, measure });
    const ms = performance.now() - started;
    await engine.close();
    return { ms, statements: statements.length };
  };
  const ours: number[] = [];
  let statements = 0;
  for (let at = 0; at < bench.runs; at++) {
    const plain = await run(new Set());
    const traced = await run(paths);
    statements = traced.statements;
    ours.push((traced.ms - plain.ms) / traced.statements);
    bench.say(`tracing: ${(traced.ms / 1000).toFixed(2)} s traced, ${(plain.ms / 1000).toFixed(2)} s not`);
  }
  return {
    name: "tracing",
    unit: "ms",
    ours,
    target: { most: 20, of: "ours" },
    facts: `mean of ${statements} statements of coder's history`,
  };
}

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

/** The schema of the history, which the queries and the migration are made for. */
async function modelOf(cwd: string): Promise<SchemaModel> {
  const files = await readFiles(cwd, ["migrations"]);
  const replayed = await replay(files);
  try {
    return (await readReplayed(replayed, files.length)).model;
  } finally {
    await replayed.engine.close();
  }
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
