import { isImplied, phraseChange } from "#schemas/diff/describe-change.ts";
import type { ActionReport } from "#schemas/json/action-report.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { compareLive } from "../compare-live.ts";
import type { Project } from "../project.ts";
import type { ActionContext } from "./action-context.ts";

export interface FoundDrift {
  /** One entry a database whose connection the run may use. */
  readonly drift: NonNullable<ActionReport["drift"]>;
  /** Connections that could not be read, and why. */
  readonly failures: readonly Problem[];
}

/**
 * Compares each database that names a connection with what runs there. A connection whose variable the workflow does
 * not set is left out: not every repository gives its runs a way into production.
 */
export async function findDrift(project: Project, { terminal, runner, inputs }: ActionContext): Promise<FoundDrift> {
  const drift: NonNullable<ActionReport["drift"]>[number][] = [];
  const failures: Problem[] = [];
  for (const database of project.databases) {
    const { id, connection } = database.settings;
    const variable = connection === undefined ? undefined : project.config.connections[connection]?.urlFrom;
    // What runs is the schema itself, or nothing says what runs.
    if (database.live || connection === undefined || variable === undefined) continue;
    if (!process.env[variable]) {
      runner.say(`${id} was not compared with ${connection}: ${variable} is not set in this run.`);
      continue;
    }
    runner.mask(process.env[variable]);
    try {
      const { config } = inputs;
      const options = { connection, progress: terminal.progress, ...(config ? { configPath: config } : {}) };
      const { changes, engine, problems } = await compareLive(project, database, options);
      const told = changes.filter((change) => !isImplied(change)).map((change) => phraseChange(change));
      drift.push({ database: id, connection, engine, changes: told });
      failures.push(...problems.filter(({ severity }) => severity === "error"));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      failures.push(...error.problems);
    }
  }
  return { drift, failures };
}
