import { generateFixtures, type Fixtures } from "#generators/fixtures/generate-fixtures.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import { testCacheDir } from "./cache-dir.ts";

export interface MadeSchema {
  /** The caller closes it. */
  readonly engine: EmbeddedEngine;
  readonly model: SchemaModel;
}

export interface FilledSchema extends MadeSchema {
  readonly made: Fixtures;
}

/** A schema in an engine, without rows. Throws when a statement of it fails. */
export async function madeSchema(text: string): Promise<MadeSchema> {
  const live = await replay([{ path: "0001.sql", text, version: "0001", transaction: "none" }], {
    cacheDir: testCacheDir,
  });
  const { model, problems } = await readReplayed(live, 1);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return { engine: live.engine, model };
}

/** A schema in an engine, with rows made for its tables. Throws when a statement of it fails. */
export async function filledSchema(text: string, rows: number): Promise<FilledSchema> {
  const { engine, model } = await madeSchema(text);
  return { engine, model, made: await generateFixtures({ engine, model, seed: "querygenie", rows }) };
}
