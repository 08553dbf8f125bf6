import { ProblemError } from "#schemas/problem.ts";
import type { Project, ProjectDatabase } from "../project.ts";
import { usage } from "./read-arguments.ts";

/** The one database a command works on. Throws `ProblemError` (exit 2) when there are several to choose from. */
export function onlyDatabase({ databases }: Pick<Project, "databases">): ProjectDatabase {
  const [database, ...others] = databases;
  if (database && others.length === 0) return database;
  const ids = databases.map(({ settings }) => settings.id).join(", ");
  throw new ProblemError([usage("the repository has several databases", `Choose one with --database: ${ids}.`)], 2);
}
