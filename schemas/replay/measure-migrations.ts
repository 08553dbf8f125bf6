import type { SchemaModel } from "../model.ts";
import type { Problem } from "../problem.ts";
import type { MigrationFile, SourceRef } from "../source.ts";
import { emptyEngine } from "./empty-engine.ts";
import { startEngine, type EmbeddedEngine } from "./pglite-engine.ts";
import { readReplayed } from "./read-model.ts";
import { extensionsNamedIn } from "./extensions.ts";
import { keptHistory, type KeptHistory } from "./kept-history.ts";
import { replay, type Replay, type ReplayedStatement, type ReplayOptions } from "./replay.ts";

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
 * Replays a history and new files behind it, measuring the new ones; then gives the caller an engine that holds the
 * schema as it was. A long history comes from the cache when it was replayed before. Never two engines at a time.
 */
export async function measureMigrations(
  history: readonly MigrationFile[],
  files: readonly MigrationFile[],
  { on, ...options }: MeasureOptions = {},
): Promise<MeasuredMigrations> {
  const kept = on ? null : await keptHistory(history, options);
  if (kept) return measureBehind(kept, history, files, options);
  const engine = on ? { on } : {};
  if (on) await emptyEngine(on);
  if (files.length === 0 && !on) return unchanged(await replay(history, { ...options, alsoLoad: FOR_PLANS }), history);
  const after = await replay([...history, ...files], { ...options, ...engine, measure: pathsOf(files) });
  let head: SchemaModel;
  try {
    ({ model: head } = await readReplayed(after, history.length + files.length));
  } finally {
    if (!on) await after.engine.close();
  }
  if (on) await emptyEngine(on);
  const before = await replay(history, { ...options, ...engine, alsoLoad: FOR_PLANS });
  try {
    const { model: base } = await readReplayed(before, history.length);
    return { ...measured(files, after), base, head, engine: before.engine };
  } catch (error) {
    if (!on) await before.engine.close();
    throw error;
  }
}

/** Nothing comes on top of the history: the schema is the same before and after. */
async function unchanged(before: Replay, history: readonly MigrationFile[]): Promise<MeasuredMigrations> {
  try {
    const { model } = await readReplayed(before, history.length);
    return { files: [], problems: [], base: model, head: model, engine: before.engine };
  } catch (error) {
    await before.engine.close();
    throw error;
  }
}

/** Plans at other sizes need to empty the buffers. */
export const FOR_PLANS = ["pg_buffercache"];

async function measureBehind(
  { archive, facts, model: base }: KeptHistory,
  history: readonly MigrationFile[],
  files: readonly MigrationFile[],
  options: Omit<MeasureOptions, "on">,
): Promise<MeasuredMigrations> {
  const alsoLoad = [...extensionsNamedIn(history.map(({ text }) => text)), ...FOR_PLANS];
  const from = { ...options, from: archive };
  if (files.length === 0) {
    const engine = await startEngine({ ...from, extensions: alsoLoad });
    return { files: [], problems: [], base, head: base, engine };
  }
  const after = await replay(files, { ...from, behind: facts, alsoLoad, measure: pathsOf(files) });
  let head: SchemaModel;
  try {
    const problems = [...facts.problems, ...after.problems];
    ({ model: head } = await readReplayed({ ...after, problems }, history.length + files.length));
  } finally {
    await after.engine.close();
  }
  return { ...measured(files, after), base, head, engine: await startEngine({ ...from, extensions: alsoLoad }) };
}

const pathsOf = (files: readonly MigrationFile[]): ReadonlySet<string> => new Set(files.map(({ path }) => path));

function measured(
  files: readonly MigrationFile[],
  { statements, problems }: Replay,
): Pick<MeasuredMigrations, "files" | "problems"> {
  const paths = pathsOf(files);
  return {
    files: files.map((file) => ({
      file,
      statements: statements.filter(({ statement }) => holds(file, statement.span)),
    })),
    problems: problems.filter(({ origin }) => origin !== undefined && paths.has(origin.file)),
  };
}

/** True when the statement stands in this step; a file may hold several, each with the lines of the others empty. */
function holds(file: MigrationFile, place: SourceRef): boolean {
  const line = file.text.split("\n")[place.line - (file.firstLine ?? 1)];
  return place.file === file.path && line !== undefined && line.trim() !== "";
}
