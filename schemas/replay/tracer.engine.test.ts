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
        .map((line) => JSON.parse(line) as Truth)
    : [];

  it.each(truths)("$id: $sql", async ({ setup, sql, locks, rewrites, scans }) => {
    const measurement = await measure(setup, sql);
    expect(measurement.locks.map(lockText).sort()).toEqual([...locks].sort());
    expect(measurement.rewrites.map(bare)).toEqual(rewrites);
    expect(measurement.scans.map(bare)).toEqual(scans);
  });
});
