import { fillPsqlVariables, type Variables } from "./placeholders.ts";
import { keepPsqlBranches } from "./psql-branches.ts";
import { dialectFacts } from "../dialects/dialect-facts.ts";
import { dialectOf } from "./declared-source.ts";
import type { Fill } from "./steps.ts";
import type { WithProblems } from "../problem.ts";
import type { SourceFile } from "../source.ts";

/** How a script is filled in by the client that runs it: psql's words mean nothing to those of other engines. */
export function scriptFill(engine: string, variables: Variables): Fill {
  if (dialectFacts(dialectOf(engine)).runsInPsql) return (file) => readPsqlScript(file, variables);
  return (file) => ({ value: file, problems: [] });
}

/** What psql sends of a script: its branches by their truth, then its variables. */
function readPsqlScript(file: SourceFile, variables: Variables): WithProblems<SourceFile> {
  const kept = keepPsqlBranches(file, variables);
  const filled = fillPsqlVariables(kept.value, variables);
  return { value: filled.value, problems: [...kept.problems, ...filled.problems] };
}
