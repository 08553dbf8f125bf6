import { cannotRunProblem, dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import type { TranslatedEngine } from "#generators/generator.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { readReplayed, type ReadModel } from "#schemas/replay/read-model.ts";
import { replay, type Replay, type ReplayOptions } from "#schemas/replay/replay.ts";
import type { Project, ProjectDatabase } from "./project.ts";
import { translatedDatabase } from "./translated-database.ts";

/**
 * A database of the project with the engine behind it. The engine starts only when something asks for it, lives until
 * `close`, and is the only one alive: an engine takes half a gigabyte.
 */
export interface LiveDatabase {
  /** From the cache when the same files were read before. */
  model(): Promise<ReadModel>;
  /**
   * An engine with the schema and the rows that the history inserted, outside any transaction. Throws `ProblemError`
   * (exit 2) for a dialect that no embedded engine runs; its facts say so beforehand.
   */
  engine(): Promise<EmbeddedEngine>;
  /** An engine with the schema of a dialect that it does not run, translated and without rows. */
  translated(): Promise<TranslatedEngine>;
  close(): Promise<void>;
}

export function liveDatabase(
  project: Project,
  database: ProjectDatabase,
  /** Extensions to have at hand besides those that the files name. */
  also: Pick<ReplayOptions, "alsoLoad"> = {},
): LiveDatabase {
  let live: Replay | undefined;
  let read: ReadModel | undefined;
  const options = { ...replayOptions(project), ...also };
  const { dialect, engineVersion } = database.settings;

  return {
    async model() {
      if (database.live) return { model: database.live.model, problems: [], files: 0, statements: NO_STATEMENTS };
      read ??= await readerOf(dialect).readModel(database.files, {
        ...options,
        ...(engineVersion === undefined ? {} : { engineVersion }),
        variables: sourceVariables(database.settings),
        store: project.store,
        keep: (replayed) => (live = replayed),
      });
      return read;
    },
    async engine() {
      if (!dialectFacts(dialect).canRun)
        throw new ProblemError([{ ...cannotRunProblem(dialect, "Rows"), severity: "error" }]);
      if (!live) {
        live = await replay(database.files, options);
        // Brings the session to the state in which `model` leaves it.
        await readReplayed(live, database.files.length);
      }
      return live.engine;
    },
    async translated() {
      const { files, problems } = translatedDatabase((await this.model()).model);
      live ??= await replay(files, options);
      const { model } = await readReplayed(live, files.length);
      return { engine: live.engine, model, problems };
    },
    async close() {
      await live?.engine.close();
      live = undefined;
    },
  };
}

const NO_STATEMENTS = { total: 0, applied: 0, shimmed: 0, failed: 0 } as const;

/** The values of all sources' variables by name. */
export const sourceVariables = ({ sources }: ProjectDatabase["settings"]): Readonly<Record<string, string>> =>
  Object.fromEntries(sources.flatMap(({ variables }) => Object.entries(variables)));

/** How this project replays: its limits, its cache, its progress. */
export function replayOptions({ config, cacheDir, progress }: Project): ReplayOptions {
  return { cacheDir, progress, timeoutMs: config.limits.statementSeconds * 1000 };
}
