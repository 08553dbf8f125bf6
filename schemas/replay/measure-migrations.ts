import type { SchemaModel } from "../model.ts";
import type { Problem } from "../problem.ts";
import type { MigrationFile, SourceRef } from "../source.ts";
import { emptyEngine } from "./empty-engine.ts";
import type { EmbeddedEngine } from "./pglite-engine.ts";
import { readReplayed } from "./read-model.ts";
import { replay, type ReplayedStatement, type ReplayOptions } from "./replay.ts";

/** A migration with what became of its statements, measured where that is possible. */
export interface MeasuredFile {
  readonly file: MigrationFile;
  readonly statements: readonly ReplayedStatement[];
}

export interface MeasuredMigrations {
  /** The schema before the new files. */
  readonly base: SchemaModel;
  /** The schema after them. */
  readonly head: SchemaModel;
  readonly files: readonly MeasuredFile[];
  /** What went wrong in the new files. Those of the history are the history's. */
  readonly problems: readonly Problem[];
  /** Holds the base schema; the caller closes it. */
  readonly engine: EmbeddedEngine;
}

/** Where a group of files is measured again and again, on one engine that is emptied in between. */
export interface MeasureOptions extends Omit<ReplayOptions, "measure" | "on"> {
  /** It is left with the base schema. A statement that kills it ends the call with an `EngineError`. */
  readonly on?: EmbeddedEngine;
}

/**
 * Replays a history and new files behind it, measuring the new ones; then the history alone once more, so that the
 * caller gets an engine that holds the schema as it was. Never two engines at a time.
 */
export async function measureMigrations(
  history: readonly MigrationFile[],
  files: readonly MigrationFile[],
  { on, ...options }: MeasureOptions = {},
): Promise<MeasuredMigrations> {
  const paths = new Set(files.map(({ path }) => path));
  const engine = on ? { on } : {};
  if (on) await emptyEngine(on);
  const after = await replay([...history, ...files], { ...options, ...engine, measure: paths });
  let head: SchemaModel;
  try {
    ({ model: head } = await readReplayed(after, history.length + files.length));
  } finally {
    if (!on) await after.engine.close();
  }
  if (on) await emptyEngine(on);
  // Plans at other sizes need to empty the buffers.
  const before = await replay(history, { ...options, ...engine, alsoLoad: ["pg_buffercache"] });
  try {
    const { model: base } = await readReplayed(before, history.length);
    return {
      base,
      head,
      files: files.map((file) => ({
        file,
        statements: after.statements.filter(({ statement }) => holds(file, statement.span)),
      })),
      problems: after.problems.filter(({ origin }) => origin !== undefined && paths.has(origin.file)),
      engine: before.engine,
    };
  } catch (error) {
    if (!on) await before.engine.close();
    throw error;
  }
}

/** True when the statement stands in this step; a file may hold several, each with the lines of the others empty. */
function holds(file: MigrationFile, place: SourceRef): boolean {
  const line = file.text.split("\n")[place.line - (file.firstLine ?? 1)];
  return place.file === file.path && line !== undefined && line.trim() !== "";
}
