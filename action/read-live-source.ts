import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { ddlScript, writeDdl } from "#schemas/dialects/ddl-writers.ts";
import type { Config, DatabaseConfig } from "#schemas/config/schema.ts";
import type { Dialect, SchemaModel } from "#schemas/model.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import type { MigrationFile, SourceRef } from "#schemas/source.ts";
import { protectionProblems, readTargetModel, targetOf } from "./live-connection.ts";
import type { ProjectDatabase, ProjectWorld } from "./project.ts";

/** Where a running database is named as the schema. */
export interface LiveSourceInput {
  readonly connection: string;
  readonly settings: DatabaseConfig;
  readonly config: Config;
  readonly world: Pick<ProjectWorld, "root" | "trust" | "progress">;
  /** Where the configuration file names it; absent when it was typed. */
  readonly origin: SourceRef | undefined;
}

/**
 * A database whose schema is what runs: its model as the catalog has it, and the SQL that makes it again for what needs
 * files. Throws `ProblemError`: 2 for settings that do not fit, 3 when the server cannot be read.
 */
export async function readLiveSource(input: LiveSourceInput): Promise<ProjectDatabase> {
  const { connection, settings, config, world } = input;
  if (world.trust?.kind !== "trusted") return { settings, files: [], problems: [notTrusted(input)] };
  const { connections, limits } = config;
  const target = await targetOf({ connections, limits, root: world.root }, connection);
  if (target.dialect !== settings.dialect)
    throw new ProblemError([otherDialect(connection, target.dialect, settings.dialect)], 2);
  const { model: live, engine } = await readTargetModel(target, world.progress);
  const model = withoutSizes(live.model);
  const written = writeDdl(model);
  const file: MigrationFile = {
    path: `live:${connection}`,
    text: ddlScript(model, written),
    version: connection,
    transaction: "none",
  };
  return {
    settings: { ...settings, engineVersion: settings.engineVersion ?? engine.version },
    files: [file],
    live: { connection, model },
    problems: [
      ...protectionProblems(target),
      ...live.problems,
      // The documents have it; only the SQL for the engine lacks it.
      ...written.problems.map((problem): Problem => ({ ...problem, severity: "info" })),
    ],
  };
}

/** Rows come and go: what is committed must not change with them. */
function withoutSizes(model: SchemaModel): SchemaModel {
  const tables = model.tables.map((table) => {
    const { rowEstimate: _, ...rest } = table;
    return rest;
  });
  return { ...model, tables };
}

function notTrusted({ connection, world, origin }: LiveSourceInput): Problem {
  const why = world.trust?.kind === "untrusted" ? world.trust.why : "nothing said that the event is trusted";
  return {
    code: "QG725",
    severity: "error",
    message: `the running database "${connection}", which is the schema here, was not read: ${why}`,
    help: "Running databases are read on trusted events only. A committed dump as the source is read everywhere.",
    makesIncomplete: true,
    ...(origin ? { origin } : {}),
  };
}

function otherDialect(connection: string, live: Dialect, settings: Dialect): Problem {
  return {
    code: "QG702",
    severity: "error",
    message: `the connection "${connection}" is of ${dialectFacts(live).title}, and the database is configured for ${dialectFacts(settings).title}`,
    help: `Write dialect: ${live} for the database, or name another connection.`,
  };
}
