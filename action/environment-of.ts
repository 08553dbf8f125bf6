import { parseEnvironment, type Environment } from "#schemas/config/environment.ts";
import { ProblemError } from "#schemas/problem.ts";

/** The environment, checked. Throws a `ProblemError` (exit 2) that names every variable that cannot be used. */
export function environmentOf(variables: Readonly<Record<string, string | undefined>>): Environment {
  const { value, problems } = parseEnvironment(variables);
  if (!value) throw new ProblemError(problems, 2);
  return value;
}
