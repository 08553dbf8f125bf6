import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SchemaModel } from "../model.ts";
import type { MigrationFile } from "../source.ts";
import type { HistoryFacts } from "./history-facts.ts";
import { isThere, removeOldArchives } from "./archives.ts";
import { modelKey, readReplayed } from "./read-model.ts";
import { replay, type ReplayOptions } from "./replay.ts";
import { RESET_SESSION } from "./reset-session.ts";

/** A history that was replayed before: an archive that an engine starts from in a second, its facts and its model. */
export interface KeptHistory {
  readonly archive: string;
  readonly facts: HistoryFacts;
  readonly model: SchemaModel;
}

/** Characters of SQL. A shorter history is replayed in less time than its archive takes to write. */
const SHORTEST_KEPT = 100_000;
const PREFIX = "history-";

/** The history from `cacheDir`, where it is put when it was not there. Null for one that is too short to be worth it. */
export async function keptHistory(
  history: readonly MigrationFile[],
  options: Omit<ReplayOptions, "measure" | "on">,
): Promise<KeptHistory | null> {
  const { cacheDir } = options;
  const length = history.reduce((sum, { text }) => sum + text.length, 0);
  if (cacheDir === undefined || length < SHORTEST_KEPT) return null;
  const archive = join(cacheDir, `${PREFIX}${modelKey(history).slice(-24)}.tar`);
  if (await isThere(archive)) return { archive, ...(await readKept(`${archive}.json`)) };
  await mkdir(cacheDir, { recursive: true });
  const live = await replay(history, options);
  const half = `${archive}.${process.pid}`;
  try {
    const { model } = await readReplayed(live, history.length);
    const facts: HistoryFacts = {
      recorder: live.recorder.state(),
      problems: live.problems,
      statements: live.statements.length,
      preludes: [...live.preludes],
      missingExtensions: live.missingExtensions,
    };
    await live.engine.exec(RESET_SESSION);
    await live.engine.dumpTo(half);
    await writeFile(`${archive}.json`, JSON.stringify({ facts, model }));
    await rename(half, archive);
    await removeOldArchives(cacheDir, PREFIX);
    return { archive, facts, model };
  } finally {
    await live.engine.close();
    await rm(half, { force: true });
  }
}

async function readKept(path: string): Promise<Pick<KeptHistory, "facts" | "model">> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Written above by the same reader version, which is part of the name.
  return JSON.parse(await readFile(path, "utf8")) as Pick<KeptHistory, "facts" | "model">;
}
