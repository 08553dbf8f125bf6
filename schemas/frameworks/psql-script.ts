import { fillPsqlVariables, type Variables } from "./placeholders.ts";
import { keepPsqlBranches } from "./psql-branches.ts";
import type { WithProblems } from "../problem.ts";
import type { SourceFile } from "../source.ts";

/** What psql sends of a script: its branches by their truth, then its variables. */
export function readPsqlScript(file: SourceFile, variables: Variables): WithProblems<SourceFile> {
  const kept = keepPsqlBranches(file, variables);
  const filled = fillPsqlVariables(kept.value, variables);
  return { value: filled.value, problems: [...kept.problems, ...filled.problems] };
}
