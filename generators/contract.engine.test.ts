import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "#schemas/config/load.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { Engine } from "#schemas/ports.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopConfigText, shopFiles, shopModel, shopQueries } from "#test/support/shop.ts";
import { silentProgress } from "#test/support/silent-progress.ts";
import type { GeneratorInput, GeneratorOutput } from "./generator.ts";
import { readSavedQuery } from "./queries/saved-query.ts";
import { generators } from "./registry.ts";

let engine: (Engine & { close(): Promise<void> }) | undefined;

async function shopInput(): Promise<GeneratorInput> {
  const config = parseConfig(shopConfigText(), "querygenie.yml").value;
  const [database] = config?.databases ?? [];
  if (!config || !database) throw new Error("the sample's configuration does not hold");
  const model = shopModel();
  const parser = await loadParser();
  const queries = shopQueries().flatMap((file) => readSavedQuery(file, model, parser).value ?? []);
  return {
    config,
    database,
    model,
    queries,
    engine: () => (engine ? Promise.resolve(engine) : Promise.reject(new Error("no engine"))),
    previous: () => Promise.resolve(null),
    progress: silentProgress,
  };
}

const texts = ({ artifacts }: GeneratorOutput): readonly (readonly [string, string])[] =>
  artifacts.map(({ path, content }) => [
    path,
    typeof content === "string" ? content : Buffer.from(content).toString("base64"),
  ]);

beforeAll(async () => {
  const live = await replay(shopFiles(), { cacheDir: testCacheDir });
  await readReplayed(live, shopFiles().length);
  engine = live.engine;
});
afterAll(async () => {
  await engine?.close();
});

/** What holds for every generator there is and will be. */
describe.each(generators)("the generator $id", (generator) => {
  test("makes something of the sample without a problem, and the same bytes the second time", async () => {
    const input = await shopInput();
    const first = await generator.generate(input);
    // A note is none: a saved query that asks for a text no column has returns no row.
    expect(first.problems.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(first.artifacts.length).toBeGreaterThan(0);
    expect(texts(await generator.generate(input))).toEqual(texts(first));
  });

  test("owns its files, names each once, and stays inside the repository", async () => {
    const { artifacts } = await generator.generate(await shopInput());
    const paths = artifacts.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const { path, generator: owner } of artifacts) {
      expect(owner).toBe(generator.id);
      expect(path).toMatch(/^[^/\\][^\\]*$/);
      expect(path.split("/")).not.toContain("..");
    }
  });

  test("writes text that ends with a line end and holds no machine's path", async () => {
    for (const { path, content } of (await generator.generate(await shopInput())).artifacts) {
      if (typeof content !== "string") continue;
      expect(content.endsWith("\n"), path).toBe(true);
      expect(content, path).not.toContain("\r");
      expect(content, path).not.toContain(process.cwd());
    }
  });
});
