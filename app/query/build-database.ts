import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineError, type Progress } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import { isThere, removeOldArchives } from "#schemas/replay/archives.ts";
import { extensionsNamedIn } from "#schemas/replay/extensions.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { modelKey } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import { RESET_SESSION } from "#schemas/replay/reset-session.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { makeReaderRole } from "./reader-role.ts";

export interface DatabaseContent {
  readonly files: readonly MigrationFile[];
  /** The committed fixtures as one script; empty for none. */
  readonly fixturesSql: string;
}

/** A built database as an archive that an engine starts from in a second. */
export interface BuiltDatabase {
  readonly path: string;
  readonly extensions: readonly string[];
  /** What went wrong while it was built. */
  readonly problems: readonly Problem[];
}

/**
 * Replays the history, loads the fixtures and makes the role that reads, once for each content: later calls find the
 * archive in `cacheDir`. Fixtures that fail are left out as a whole, with a problem.
 */
export async function buildDatabase(
  content: DatabaseContent,
  options: { readonly cacheDir: string; readonly progress?: Progress | undefined },
): Promise<BuiltDatabase> {
  const { cacheDir, progress } = options;
  const extensions = extensionsNamedIn([...content.files.map(({ text }) => text), content.fixturesSql]);
  const path = join(cacheDir, `${PREFIX}${databaseKey(content)}.tar`);
  const problemsPath = `${path}.json`;
  if (await isThere(path)) {
    // The parsed boundary: written below by the same builder version, which is part of the name.
    const problems: readonly Problem[] = JSON.parse(await readFile(problemsPath, "utf8"));
    return { path, extensions, problems };
  }
  await mkdir(cacheDir, { recursive: true });
  const live = await replay(content.files, { cacheDir, ...(progress ? { progress } : {}) });
  const half = `${path}.${process.pid}`;
  try {
    const problems = [...live.problems, ...(await loadFixtures(live.engine, content.fixturesSql))];
    await makeReaderRole(live.engine);
    await live.engine.exec("analyze");
    await live.engine.exec(SHORT_LOG);
    await live.engine.dumpTo(half);
    await writeFile(problemsPath, JSON.stringify(problems));
    await rename(half, path);
    await removeOldArchives(cacheDir, PREFIX);
    return { path, extensions, problems };
  } finally {
    await live.engine.close();
    await rm(half, { force: true });
  }
}

const PREFIX = "database-";

/**
 * The write-ahead log before a checkpoint is never read again, and PostgreSQL keeps its files to write into them once
 * more: 60 of the 165 MB of a thousand tables. Without recycling the checkpoint removes them.
 */
const SHORT_LOG = "set wal_recycle = off; checkpoint; reset wal_recycle";

/** Raise it when the same content may give another archive. */
const BUILDER_VERSION = 3;

function databaseKey({ files, fixturesSql }: DatabaseContent): string {
  return createHash("sha256")
    .update(`${BUILDER_VERSION} ${modelKey(files)}\n${fixturesSql}`)
    .digest("hex")
    .slice(0, 24);
}

async function loadFixtures(engine: EmbeddedEngine, sql: string): Promise<readonly Problem[]> {
  await engine.exec(RESET_SESSION);
  if (sql.trim() === "") return [];
  try {
    await engine.exec(sql);
    return [];
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "sql") throw error;
    await engine.exec("rollback");
    const help = "Write the fixtures again with `querygenie build --only fixtures`.";
    return [
      {
        code: "QG401",
        severity: "error",
        message: `The fixtures do not load: ${error.message}. Queries run on empty tables.`,
        help,
        ...(error.sqlstate === undefined ? {} : { sqlstate: error.sqlstate }),
      },
    ];
  }
}
