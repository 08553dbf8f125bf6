import type { Engine } from "#schemas/ports.ts";
import { readModel, readReplayed, type ReadModel } from "#schemas/replay/read-model.ts";
import { replay, type Replay, type ReplayOptions } from "#schemas/replay/replay.ts";
import type { Project, ProjectDatabase } from "./project.ts";

/**
 * A database of the project with the engine behind it. The engine starts only when something asks for it, lives until
 * `close`, and is the only one alive: an engine takes half a gigabyte.
 */
export interface LiveDatabase {
  /** From the cache when the same files were read before. */
  model(): Promise<ReadModel>;
  /** An engine with the schema and the rows that the history inserted, outside any transaction. */
  engine(): Promise<Engine>;
  close(): Promise<void>;
}

export function liveDatabase(project: Project, database: ProjectDatabase): LiveDatabase {
  let live: Replay | undefined;
  let read: ReadModel | undefined;
  const options = replayOptions(project);

  return {
    async model() {
      read ??= await readModel(database.files, {
        ...options,
        store: project.store,
        keep: (replayed) => (live = replayed),
      });
      return read;
    },
    async engine() {
      if (!live) {
        live = await replay(database.files, options);
        // Brings the session to the state in which `model` leaves it.
        await readReplayed(live, database.files.length);
      }
      return live.engine;
    },
    async close() {
      await live?.engine.close();
      live = undefined;
    },
  };
}

/** How this project replays: its limits, its cache, its progress. */
export function replayOptions({ config, cacheDir, progress }: Project): ReplayOptions {
  return { cacheDir, progress, timeoutMs: config.limits.statementSeconds * 1000 };
}
