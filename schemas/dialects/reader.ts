import type { Dialect } from "../model.ts";
import type { ReadModel } from "../replay/read-model.ts";
import type { Replay, ReplayOptions } from "../replay/replay.ts";
import type { Store } from "../ports.ts";
import type { MigrationFile } from "../source.ts";
import type { ReadSteps } from "./read-steps.ts";

export interface ReadOptions extends ReplayOptions {
  /** Keeps what is costly to read, by the bytes of the files. */
  readonly store?: Store;
  /** Gets the engine that the files were run in, if one was needed, and must close it. */
  readonly keep?: (live: Replay) => void;
  /** Version of the server that the files are for, as the configuration declares it. */
  readonly engineVersion?: string;
  /** Values of the scripts' own variables: sqlcmd's `$(name)`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** How the files of a dialect become a model. */
export interface DialectReader {
  readonly id: Dialect;
  /** Reads a history and new files behind it by rule. Absent when the files are run and measured instead. */
  readonly readSteps?: (
    history: readonly MigrationFile[],
    files: readonly MigrationFile[],
    options: Pick<ReadOptions, "engineVersion" | "variables">,
  ) => ReadSteps;
  readModel(files: readonly MigrationFile[], options: ReadOptions): Promise<ReadModel>;
}
