import type { QueryProblem } from "./query-failure.ts";

/** A query that asks for another number of values than it was given. */
export function wrongCount(asked: number, given: number): QueryProblem {
  const values = `${asked} ${asked === 1 ? "value" : "values"}`;
  const were = given === 0 ? "none were" : `${given} ${given === 1 ? "was" : "were"}`;
  return {
    code: "QG510",
    severity: "error",
    message: `The query asks for ${values} and ${were} given.`,
    help: "Give one value for each of $1, $2 … in `params`; ? in MySQL, @p1, @p2 … in SQL Server.",
  };
}
