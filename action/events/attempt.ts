import { ProblemError, type Problem } from "#schemas/problem.ts";

/** Does something that may fail without the rest failing with it. */
export type Attempt = <T>(work: () => Promise<T>) => Promise<T | null>;

export const attemptInto =
  (problems: Problem[]): Attempt =>
  async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
      return null;
    }
  };
