import picomatch from "picomatch/posix.js";
import type { Change } from "#schemas/change.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import type { Progress } from "#schemas/ports.ts";
import type { Dialect, SchemaModel } from "#schemas/model.ts";
import { readLive } from "./live-connection.ts";
import { liveDatabase } from "./live-database.ts";
import type { Project, ProjectDatabase } from "./project.ts";

export interface LiveDifference {
  /** What is committed. */
  readonly base: SchemaModel;
  /** What runs, in the committed model's words. */
  readonly head: SchemaModel;
  /** From the committed schema to the running one, without what the configuration ignores. */
  readonly changes: readonly Change[];
  /** Server that was read, such as PostgreSQL 16.4. */
  readonly engine: { readonly name: string; readonly version: string };
  /** Of the committed files. */
  readonly committedProblems: readonly Problem[];
  /** Of the connection and of what was read by it. */
  readonly problems: readonly Problem[];
}

export interface CompareOptions {
  readonly connection: string;
  readonly configPath?: string;
  readonly progress: Progress;
}

/**
 * Compares a committed schema with the running database of a connection. Throws `ProblemError`: 2 for settings that do
 * not fit, 3 when the server cannot be read.
 */
export async function compareLive(
  opened: Project,
  database: ProjectDatabase,
  { connection, configPath, progress }: CompareOptions,
): Promise<LiveDifference> {
  const world = { world: opened, ...(configPath === undefined ? {} : { configPath }) };
  const { live, target, problems } = await readLive(world, connection, progress);
  const { dialect, ignore } = database.settings;
  if (target.dialect !== dialect) throw new ProblemError([otherDialect(connection, target.dialect, dialect)], 2);
  // How a type or a default prints depends on the server's version, and so must what is compared with it.
  const committed = await modelOf(opened, {
    ...database,
    settings: { ...database.settings, engineVersion: live.engine.version },
  });
  const isIgnored = picomatch([...ignore]);
  const head = live.model.alignedWith(committed.model);
  const changes = diffModels(committed.model, head).filter(
    ({ id, parent }) => !isIgnored(id) && (parent === undefined || !isIgnored(parent)),
  );
  const { engine } = live;
  return {
    base: committed.model,
    head,
    changes,
    engine: { name: engine.name, version: engine.version },
    committedProblems: committed.problems,
    problems: [...problems, ...live.model.problems],
  };
}

/** The model of a database's files and what was wrong with them. */
export async function modelOf(
  opened: Project,
  database: ProjectDatabase,
): Promise<{ readonly model: SchemaModel; readonly problems: readonly Problem[] }> {
  const live = liveDatabase(opened, database);
  try {
    const { model, problems } = await live.model();
    return { model, problems: [...database.problems, ...problems] };
  } finally {
    await live.close();
  }
}

function otherDialect(name: string, live: Dialect, committed: Dialect): Problem {
  return {
    code: "QG702",
    severity: "error",
    message: `the connection "${name}" is of ${dialectFacts(live).title}, and the committed schema is for ${dialectFacts(committed).title}`,
    help: "Choose another connection, or another database with --database.",
  };
}
