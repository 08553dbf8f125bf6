import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { loadFixtures } from "#action/load-fixtures.ts";
import { copyText } from "#generators/fixtures/copy-rows.ts";
import { generateFixtures, PROVEN_ROWS, type Fixtures } from "#generators/fixtures/generate-fixtures.ts";
import { streamedParts } from "#generators/fixtures/write-script.ts";
import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import type { Replay } from "#schemas/replay/replay.ts";
import { replay } from "#schemas/replay/replay.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { silentProgress } from "#test/support/silent-progress.ts";
import { startPostgres, whyNoPostgres } from "#test/support/postgres.ts";
import { corpusFile, whyNoCorpus } from "./corpus.ts";
import { loadPeer } from "../peers/load-peer.ts";
import type { Bench, Row, Scenario } from "../scenario.ts";

/** What we use of the peer, which bench/peers/drizzle-chinook.mjs calls. */
interface DrizzleChinook {
  generate(rows: number): Promise<number>;
  load(rows: number, client: Client): Promise<void>;
}

/** The table that the peer cannot fill. */
const LEFT_OUT = "playlist_track";
const KEYS = `CREATE TABLE makers (id serial PRIMARY KEY, founded date NOT NULL, staff int NOT NULL);
CREATE TYPE size AS ENUM ('small', 'medium', 'large');
CREATE TABLE parts (id serial PRIMARY KEY, maker_id int NOT NULL REFERENCES makers, size size NOT NULL, made_at timestamptz NOT NULL,
  weight int NOT NULL, price numeric(8,2) NOT NULL);`;

/** Mock data of Chinook's ten tables that both can fill, against drizzle-seed; and rows of keys, numbers, dates, enums. */
export const fixtures: Scenario = {
  name: "fixtures",
  gives: ["fixtures-load", "fixtures-keys", "fixtures-memory"],
  about: "mock data of Chinook's ten tables, against drizzle-seed",
  isDefault: true,
  async run(bench) {
    const missing = whyNoCorpus() ?? (await whyNoPostgres());
    if (missing !== null) return missing;
    const installed = await loadPeer<unknown>("drizzle-seed");
    if (typeof installed === "string") return installed;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the module is ours and written for the peer's folder.
    const peer = (await import(new URL("../peers/drizzle-chinook.mjs", import.meta.url).href)) as DrizzleChinook;
    const chinook = await schemaOnly(
      await readFile(corpusFile("chinook", "ChinookDatabase/DataSources/Chinook_PostgreSql.sql"), "utf8"),
    );
    return [
      ...(await generation(bench, chinook, peer)),
      ...(await loading(bench, chinook, peer)),
      ...(await keys(bench)),
      ...(await streaming(bench)),
    ];
  },
};

/** Without the rows that the history inserts. */
async function schemaOnly(text: string): Promise<string> {
  const { statements } = splitStatements({ path: "chinook.sql", text });
  return statements
    .map((statement) => statement.text)
    .filter((statement) => /^\s*(?:create table|alter table)/i.test(statement) && !statement.includes(LEFT_OUT))
    .join(";\n");
}

async function start(text: string, bench: Bench): Promise<Replay> {
  const file = { path: "0001.sql", text, version: "0001", transaction: "file" } as const;
  return replay([file], { cacheDir: await bench.emptyCache() });
}

async function made(
  text: string,
  rows: number,
  bench: Bench,
  task: (made: Fixtures) => Promise<void> | void,
): Promise<void> {
  const live = await start(text, bench);
  try {
    const { model } = await readReplayed(live, 1);
    await task(await generateFixtures({ engine: live.engine, model, seed: "bench", rows }));
  } finally {
    await live.engine.close();
  }
}

/** Rows behind the proven ones, as COPY text: generation and nothing else. */
function drain({ tables, rest }: Fixtures): { readonly rows: number; readonly seconds: number } {
  let rows = 0;
  const started = performance.now();
  for (const { table } of tables) {
    for (const part of rest?.(table.id) ?? []) {
      rows += part.length;
      copyText(part);
    }
  }
  return { rows, seconds: (performance.now() - started) / 1000 };
}

const PEER_ROWS = 10_000;

async function generation(bench: Bench, chinook: string, peer: DrizzleChinook): Promise<readonly Row[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let rate = "";
  for (let run = 0; run < bench.runs; run++) {
    await made(chinook, PROVEN_ROWS + PEER_ROWS, bench, async (fixtures) => {
      const mine = drain(fixtures);
      const begun = performance.now();
      await peer.generate(PEER_ROWS);
      theirs.push((performance.now() - begun) / 1000);
      ours.push(mine.seconds);
      rate = `${mine.rows.toLocaleString("en")} rows, ${Math.round(mine.rows / mine.seconds).toLocaleString("en")} a second`;
      bench.say(`fixtures: ${mine.seconds.toFixed(2)} s (${rate}), drizzle-seed ${theirs.at(-1)?.toFixed(2)} s`);
    });
  }
  return [
    {
      name: "fixtures",
      unit: "s",
      ours,
      peer: theirs,
      peerName: "drizzle-seed",
      target: { most: 0.1, of: "ratio" },
      facts: rate,
    },
  ];
}

/** From the schema to rows in a real server: our proof included. */
async function loading(bench: Bench, chinook: string, peer: DrizzleChinook): Promise<readonly Row[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const server = await startPostgres();
  try {
    for (let run = 0; run < bench.runs; run++) {
      const fresh = async (name: string): Promise<Client> => {
        await server.client.query(`create database ${name}`);
        const client = new Client({ ...server.connection, database: name });
        await client.connect();
        await client.query(chinook);
        return client;
      };
      const forUs = await fresh(`ours_${run}`);
      const live = await start(chinook, bench);
      const { model } = await readReplayed(live, 1);
      const begun = performance.now();
      const filled = await generateFixtures({ engine: live.engine, model, seed: "bench", rows: PEER_ROWS });
      await loadFixtures({
        url: `postgres://postgres@127.0.0.1:${server.connection.port}/ours_${run}`,
        dialect: "postgres",
        parts: streamedParts(filled, model, { copies: true }),
        total: filled.tables.length,
        progress: silentProgress,
      });
      ours.push((performance.now() - begun) / 1000);
      await live.engine.close();
      await forUs.end();
      const forPeer = await fresh(`peer_${run}`);
      const again = performance.now();
      await peer.load(PEER_ROWS, forPeer);
      theirs.push((performance.now() - again) / 1000);
      await forPeer.end();
      bench.say(`fixtures-load: ${ours.at(-1)?.toFixed(2)} s, drizzle-seed ${theirs.at(-1)?.toFixed(2)} s`);
    }
  } finally {
    await server.close();
  }
  const facts = "10 tables of 10,000 rows; ours proven in the embedded engine, then loaded as `seed --load` does";
  return [
    {
      name: "fixtures-load",
      unit: "s",
      ours,
      peer: theirs,
      peerName: "drizzle-seed",
      target: { most: 0.5, of: "ratio" },
      facts,
    },
  ];
}

const KEY_ROWS = 300_000;

async function keys(bench: Bench): Promise<readonly Row[]> {
  const ours: number[] = [];
  const peaks: number[] = [];
  let facts = "";
  for (let run = 0; run < bench.runs; run++) {
    await made(KEYS, PROVEN_ROWS + KEY_ROWS / 2, bench, (fixtures) => {
      const { rows, seconds } = drain(fixtures);
      ours.push(seconds);
      peaks.push(process.memoryUsage().rss / 1024 ** 2);
      facts = `${Math.round(rows / seconds).toLocaleString("en")} rows a second`;
      bench.say(`fixtures-keys: ${rows} rows in ${seconds.toFixed(2)} s, ${facts}`);
    });
  }
  return [
    {
      name: "fixtures-keys",
      unit: "s",
      ours,
      peakMegabytes: peaks,
      target: { most: KEY_ROWS / 150_000, of: "ours" },
      facts,
    },
  ];
}

const FEW_ROWS = 10_000;
const MANY_ROWS = 1_000_000;

/** What a stream of many rows holds in memory, beside what few rows need. */
async function streaming(bench: Bench): Promise<readonly Row[]> {
  const cwd = await bench.folder();
  await writeFile(join(cwd, "schema.sql"), KEYS);
  const out = await bench.folder();
  const peak = async (rows: number): Promise<readonly number[]> => {
    const words = ["seed", "--rows", String(rows), "--format", "copy", "--out", out, "--quiet"];
    const { peakMegabytes, seconds } = await bench.cli(words, { cwd, cacheDir: await bench.emptyCache() });
    bench.say(`fixtures-memory: ${rows} rows a table, ${seconds.toFixed(1)} s, ${String(peakMegabytes)} MB`);
    return peakMegabytes === null ? [] : [peakMegabytes];
  };
  return [
    {
      name: "fixtures-memory",
      unit: "MB",
      ours: await peak(MANY_ROWS),
      peer: await peak(FEW_ROWS),
      peerName: "10,000 rows",
      target: { most: 1, of: "ratio" },
      facts: "1,000,000 rows a table of two tables, streamed to files; all processes",
    },
  ];
}
