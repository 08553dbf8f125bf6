import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Measurement } from "../finding.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopFiles } from "#test/support/shop.ts";
import type { EmbeddedEngine } from "./pglite-engine.ts";
import { replay } from "./replay.ts";
import { createTracer } from "./tracer.ts";

const truthPath = fileURLToPath(new URL("../../../shared/corpus/measured-truth.jsonl", import.meta.url));

interface Truth {
  readonly id: string;
  readonly setup: string;
  readonly sql: string;
  readonly locks: readonly string[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
}

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = (await replay(shopFiles(), { cacheDir: testCacheDir })).engine;
});
afterAll(async () => {
  await engine.close();
});

/** What a statement does after `setup`, all rolled back. */
async function measure(setup: string, sql: string): Promise<Measurement> {
  const tracer = createTracer(engine);
  await engine.exec("reset all");
  try {
    // The setup is committed in a schema of its own, so that its locks are gone when the statement is measured.
    await engine.exec(`create schema truth; set search_path = truth, public; ${setup}`);
    await engine.exec("begin");
    const existing = await tracer.existing();
    const { result, measurement } = await tracer.trace(sql, existing);
    await engine.exec("rollback");
    if (!measurement) throw new Error(result.error?.message ?? "nothing was measured");
    return measurement;
  } finally {
    await engine.exec("drop schema if exists truth cascade");
  }
}

const bare = (id: string): string => id.replace(/^truth\./, "");
const lockText = ({ relation, mode }: Measurement["locks"][number]): string => `${bare(relation)}:${mode}`;

describe.skipIf(!existsSync(truthPath))("the measured truths of the corpus", () => {
  const truths = existsSync(truthPath)
    ? readFileSync(truthPath, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Truth => JSON.parse(line))
    : [];

  it.each(truths)("$id: $sql", async ({ setup, sql, locks, rewrites, scans }) => {
    const measurement = await measure(setup, sql);
    expect(measurement.locks.map(lockText).sort()).toEqual([...locks].sort());
    expect(measurement.rewrites.map(bare)).toEqual(rewrites);
    expect(measurement.scans.map(bare)).toEqual(scans);
  });
});

describe("on the shop", () => {
  interface Case {
    readonly it: string;
    readonly sql: string;
    readonly locks: readonly string[];
    readonly rewrites?: readonly string[];
    readonly scans?: readonly string[];
    readonly created?: readonly string[];
    readonly dropped?: readonly string[];
  }
  const parts = ["2026_08", "2026_09", "2026_10", "2026_11", "2026_12", "default"].map(
    (part) => `audit.events_${part}`,
  );
  const cases: readonly Case[] = [
    {
      it: "sees the scan of SET NOT NULL on an empty table",
      sql: "alter table sales.orders alter column customer_reference set not null",
      locks: ["sales.orders:AccessExclusiveLock"],
      scans: ["sales.orders"],
    },
    {
      it: "sees no scan where a wider varchar needs none",
      sql: "alter table sales.orders alter column customer_reference type varchar(120)",
      locks: ["sales.orders:AccessExclusiveLock"],
    },
    {
      it: "sees a rewrite inside a DO block",
      sql: "do $$ begin execute 'alter table stock.movements alter column id type bigint'; end $$",
      locks: ["stock.movements:AccessExclusiveLock", "stock.movements:ShareLock"],
      rewrites: ["stock.movements"],
      scans: ["stock.movements"],
    },
    {
      it: "sees the locks of a foreign key on both tables",
      sql: `alter table sales.orders add constraint currency
            foreign key (currency_code) references sales.currencies (code) not valid`,
      locks: [
        "sales.currencies:AccessShareLock",
        "sales.currencies:ShareRowExclusiveLock",
        "sales.orders:AccessShareLock",
        "sales.orders:ShareRowExclusiveLock",
      ],
    },
    {
      it: "names what a statement creates, without its locks",
      sql: "create table sales.notes (id bigint primary key, body text)",
      locks: [],
      created: ["sales.notes"],
    },
    {
      it: "names what a statement drops, with the lock on it",
      sql: "drop view catalog.product_ratings",
      locks: [],
      dropped: ["catalog.product_ratings"],
    },
    {
      it: "sees that detaching a partition locks the default one too",
      sql: "alter table audit.events detach partition audit.events_2026_10",
      locks: [
        "audit.events:AccessExclusiveLock",
        "audit.events_2026_10:AccessExclusiveLock",
        "audit.events_default:AccessExclusiveLock",
      ],
    },
    {
      it: "sees every partition that a default rewrites",
      sql: "alter table audit.events add column trace uuid default gen_random_uuid()",
      locks: [
        "audit.events:AccessExclusiveLock",
        ...parts.map((part) => `${part}:AccessExclusiveLock`),
        ...parts.map((part) => `${part}:ShareLock`),
      ],
      rewrites: parts,
      scans: parts,
    },
  ];

  it.each(cases)("$it", async ({ sql, locks, rewrites = [], scans = [], created = [], dropped = [] }) => {
    const found = await measure("", sql);
    expect(found.locks.map(lockText).sort()).toEqual([...locks].sort());
    expect({ ...found, locks: [] }).toEqual({ how: "measured", locks: [], rewrites, scans, created, dropped });
  });
});
