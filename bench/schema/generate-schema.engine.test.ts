import { expect, test } from "vitest";
import { diffModels } from "#schemas/diff/diff-models.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { readModel, type ReadModel } from "#schemas/replay/read-model.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { generateSchema } from "./generate-schema.ts";

// Large enough for partitions, a cycle and three departments with several enums.
const options = { tables: 120, seed: 5 };

const replayed = (history: boolean): Promise<ReadModel> =>
  readModel(
    generateSchema({ ...options, history }).files.map(({ path, text }, index) => ({
      path,
      text,
      version: String(index),
      transaction: "file",
    })),
    { cacheDir: testCacheDir },
  );

/** A history adds columns one after the other, so that only their order may differ. */
function changesBeyondOrder(dump: SchemaModel, history: SchemaModel): readonly string[] {
  const changes = diffModels(dump, history).filter(
    (change) => change.kind !== "changed" || change.fields.some((field) => field !== "position"),
  );
  return changes.map(({ kind, object, id }) => `${kind} ${object} ${id}`);
}

test("a generated dump and its history replay without a problem into the same database", async () => {
  const dump = await replayed(false);
  const history = await replayed(true);
  expect(dump.problems).toEqual([]);
  expect(history.problems).toEqual([]);
  expect(dump.model.tables).toHaveLength(120);
  expect(changesBeyondOrder(dump.model, history.model)).toEqual([]);
});
