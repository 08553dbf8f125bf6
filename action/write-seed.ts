import { existsSync } from "node:fs";
import { mkdir, open, readFile, writeFile, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileName, fixtureFiles, type FixtureFormat } from "#generators/fixtures/fixture-files.ts";
import type { FilledTable, Fixtures } from "#generators/fixtures/generate-fixtures.ts";
import { removalParts } from "#generators/fixtures/remove-rows.ts";
import { renderMore } from "#generators/fixtures/render-rows.ts";
import { streamedParts, type ScriptPart } from "#generators/fixtures/write-script.ts";
import { dialectParts } from "#generators/fixtures/write-dialect-script.ts";
import { rowWriter } from "#schemas/dialects/row-writer.ts";
import { seedFileNames } from "#schemas/frameworks/seed-files.ts";
import { SEED_FILES_NAME, SEED_FILES_VERSION, type SeedFiles } from "#schemas/json/seed-files.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { loadFixtures } from "./load-fixtures.ts";
import type { Terminal } from "./terminal/terminal.ts";

export interface SeedOutput {
  readonly made: Fixtures;
  readonly model: SchemaModel;
  readonly settings: { readonly seed: string; readonly rows: number };
  /** Id of the database: the name of single files. */
  readonly name: string;
  readonly format: FixtureFormat;
  /** Folder of the files; absent for stdout. */
  readonly out: string | undefined;
  /** Address of a live database. */
  readonly load: string | undefined;
  readonly isReload: boolean;
  readonly terminal: Terminal;
}

/** Writes the rows where they are wanted, a part at a time; beside files, a list of them. */
export async function writeSeed(output: SeedOutput): Promise<void> {
  const { out } = output;
  const names = new Set<string>();
  await writeRows(output, async (name, task) => {
    if (out === undefined) throw new Error("There is no folder for files.");
    names.add(name);
    await inFile(join(out, name), task);
  });
  if (out !== undefined && names.size > 0) await listSeeds(out, names);
}

/** Writes a file of the folder that was asked for. */
type WriteFile = (name: string, task: (file: FileHandle) => Promise<void>) => Promise<void>;

async function writeRows(output: SeedOutput, write: WriteFile): Promise<void> {
  const { made, model, settings, name, format, out, load, terminal } = output;
  const header = [`Seed ${JSON.stringify(settings.seed)}, ${settings.rows} rows a table.`];
  if (load !== undefined) {
    const total = made.tables.filter(({ rows }) => rows.length > 0).length;
    await loadFixtures({
      url: load,
      dialect: model.dialect,
      parts: scriptOf(output),
      total,
      progress: terminal.progress,
    });
    terminal.progress.finish("load", `${total} tables, committed`);
    return;
  }
  if (format === "sql") {
    const comment = header.map((line) => `-- ${line}`).join("\n");
    if (out === undefined) {
      terminal.result(comment);
      for (const { sql } of scriptOf(output)) terminal.result(sql);
    } else
      await write("fixtures.sql", async (file) => {
        await file.write(`${comment}\n`);
        for (const { sql } of scriptOf(output)) await file.write(`${sql}\n`);
      });
    return;
  }
  if (format === "ts") {
    const [module] = fixtureFiles({ name, tables: made.tables, model, header }, format);
    if (!module) return;
    if (out === undefined) terminal.result(module.content);
    else await write(module.path, async (file) => void (await file.write(module.content)));
    return;
  }
  for (const [index, filled] of made.tables.entries()) await writeTable(filled, index, { ...output, write });
}

function* scriptOf({ made, model, isReload, load }: SeedOutput): Generator<ScriptPart> {
  const writer = rowWriter(model.dialect);
  if (writer) {
    yield* dialectParts(made.tables, writer);
    return;
  }
  let isFirst = true;
  for (const part of streamedParts(made, model, { copies: load !== undefined })) {
    yield part;
    // Inside the transaction, so that nothing is lost when a row is refused.
    if (isFirst && isReload) yield* removalParts(made.tables);
    isFirst = false;
  }
}

async function writeTable(
  filled: FilledTable,
  index: number,
  { made, format, out, write }: SeedOutput & { readonly write: WriteFile },
): Promise<void> {
  if (out === undefined || filled.rows.length === 0 || format === "sql" || format === "ts") return;
  const extension = { copy: "sql", csv: "csv", json: "json" }[format];
  const more = renderMore(filled, format);
  await write(`${fileName(filled, index)}.${extension}`, async (file) => {
    await file.write(more.start);
    await file.write(more.rows(filled.rows, true));
    for (const rows of made.rest?.(filled.table.id) ?? []) await file.write(more.rows(rows, false));
    await file.write(more.end);
  });
}

/** Adds names to the list of the folder, by which they are known not to be migrations. */
async function listSeeds(folder: string, names: ReadonlySet<string>): Promise<void> {
  const path = join(folder, SEED_FILES_NAME);
  const before = existsSync(path) ? seedFileNames(await readFile(path, "utf8")) : [];
  const files = [...new Set([...before, ...names])].toSorted();
  const list: SeedFiles = { version: SEED_FILES_VERSION, files };
  await writeFile(path, `${JSON.stringify(list, null, 2)}\n`);
}

async function inFile(path: string, task: (file: FileHandle) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, "");
  const file = await open(path, "a");
  try {
    await task(file);
  } finally {
    await file.close();
  }
}
