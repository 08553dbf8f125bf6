import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { expect } from "vitest";
import type { Artifact } from "#schemas/ports.ts";

/**
 * Compares files with a folder of goldens, both ways: a missing file fails and a stale golden fails.
 * `UPDATE_GOLDEN=1` writes the folder anew; review the difference.
 */
export async function expectGolden(folder: string, artifacts: readonly Artifact[]): Promise<void> {
  if (process.env["UPDATE_GOLDEN"] === "1") {
    await rm(folder, { recursive: true, force: true });
    for (const { path, content } of artifacts) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  }
  expect(artifacts.map(({ path }) => path)).toEqual(await filesIn(folder));
  for (const { path, content } of artifacts) {
    const text = typeof content === "string" ? content : new TextDecoder().decode(content);
    expect({ path, text }).toEqual({ path, text: await readFile(join(folder, path), "utf8") });
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
