import { EngineError } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import { emptyEngine } from "#schemas/replay/empty-engine.ts";
import { extensionsNamedIn } from "#schemas/replay/extensions.ts";
import { measureMigrations, type MeasuredMigrations } from "#schemas/replay/measure-migrations.ts";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { presumeObjects } from "#schemas/replay/presumed/presume-objects.ts";
import { PRESUMED_PATH } from "#schemas/replay/presumed/presumed-path.ts";
import { replay, type ReplayOptions } from "#schemas/replay/replay.ts";
import type { MigrationFile } from "#schemas/source.ts";

interface LoneInput {
  /** The history that the files come on top of; often none. */
  readonly base: readonly MigrationFile[];
  /** Files that are reviewed together. */
  readonly groups: readonly (readonly MigrationFile[])[];
  readonly options: ReplayOptions;
}

/** A statement that runs longer while objects are presumed is not waited for: it is measured later with the whole limit. */
const PRESUME_TIMEOUT_MS = 5000;

/**
 * Measures files whose schema is not known, group by group on one engine: what they take for granted is presumed and
 * made first. An engine that a statement kills is replaced, and that group measured with an engine of its own.
 */
export async function measureLone<T>(
  input: LoneInput,
  judge: (measured: MeasuredMigrations) => Promise<T>,
): Promise<readonly T[]> {
  const { base, groups } = input;
  // One bar for all groups.
  const { progress, ...options } = input.options;
  const texts = [...base, ...groups.flat()].map(({ text }) => text);
  const extensions = [...extensionsNamedIn([...texts, ...texts.flatMap(impliedExtensions)]), "pg_buffercache"];
  const start = (): Promise<EmbeddedEngine> => startEngine({ ...options, extensions });
  let engine: EmbeddedEngine | null = null;
  const results: T[] = [];
  progress?.start("review", groups.length);
  try {
    for (const [at, files] of groups.entries()) {
      let history = base;
      try {
        engine ??= await start();
        history = await withPresumed(base, files, engine);
        const measured = await measureMigrations(history, files, { ...options, on: engine });
        results.push(
          await judge({ ...measured, problems: [...presumedProblem(history, measured), ...measured.problems] }),
        );
        // A judge survives an engine that a proof has killed; the next group needs one that lives.
        engine = (await isAlive(engine)) ? engine : null;
      } catch (error) {
        if (!isDead(error)) throw error;
        await engine?.close();
        engine = null;
        results.push(await onItsOwn(history, files, options, judge));
      }
      progress?.step("review", at + 1);
    }
    return results;
  } finally {
    await engine?.close();
  }
}

async function withPresumed(
  base: readonly MigrationFile[],
  files: readonly MigrationFile[],
  engine: EmbeddedEngine,
): Promise<readonly MigrationFile[]> {
  await emptyEngine(engine);
  if (base.length > 0) await replay(base, { on: engine });
  const presumed = await presumeObjects(files, engine, { timeoutMs: PRESUME_TIMEOUT_MS });
  return presumed ? [...base, presumed] : base;
}

async function onItsOwn<T>(
  history: readonly MigrationFile[],
  files: readonly MigrationFile[],
  options: ReplayOptions,
  judge: (measured: MeasuredMigrations) => Promise<T>,
): Promise<T> {
  const measured = await measureMigrations(history, files, options);
  try {
    return await judge(measured);
  } finally {
    await measured.engine.close();
  }
}

/** What was taken for granted, in words. */
function presumedProblem(history: readonly MigrationFile[], { base, files }: MeasuredMigrations): readonly Problem[] {
  if (history.at(-1)?.path !== PRESUMED_PATH) return [];
  const made = [...base.tables, ...base.views].filter(({ origin }) => origin?.created.file === PRESUMED_PATH);
  const names = made.map(({ id }) => id);
  const shown =
    names.length > MOST_NAMES
      ? `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more`
      : names.join(", ");
  const what = names.length === 0 ? "what it takes for granted" : shown;
  return [
    {
      code: "QG751",
      severity: "info",
      message: `The schema behind ${files.map(({ file }) => file.path).join(", ")} is not known: ${what} presumed to exist, and to be large`,
      help: "With the migrations before it (--source, or a repository that holds them) the review knows types and keys too.",
      origin: { file: files[0]?.file.path ?? PRESUMED_PATH, line: 1, column: 1 },
    },
  ];
}

const MOST_NAMES = 5;

const isAlive = (engine: EmbeddedEngine): Promise<boolean> =>
  engine.exec("select 1").then(
    () => true,
    () => false,
  );

const isDead = (error: unknown): boolean =>
  error instanceof EngineError && (error.code === "timeout" || error.code === "crashed" || error.code === "closed");

/** Extensions that a text uses without naming them. */
function impliedExtensions(text: string): readonly string[] {
  return IMPLIED.flatMap(([word, extension]) => (text.includes(word) ? [extension] : []));
}

const IMPLIED = [
  ["trgm_ops", "pg_trgm"],
  ["uuid_generate", "uuid-ossp"],
  ["gen_salt", "pgcrypto"],
  ["digest(", "pgcrypto"],
  ["similarity(", "pg_trgm"],
  ["gist", "btree_gist"],
] as const;
