import { ProblemError, type Problem } from "#schemas/problem.ts";

/** Where a key of an owner's jobs stands: two names, and nothing secret. */
export interface AiKeyReference {
  /** Login of the person or organisation whose repositories it is for. */
  readonly owner: string;
  /** Variable that the job reads, such as `OPENAI_API_KEY`. */
  readonly variable: string;
  /** Variable of the server that holds the key. */
  readonly from: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads `owner/VARIABLE=NAME` with commas between. The form is checked by the schema of the environment. */
export function readAiKeys(text: string): readonly AiKeyReference[] {
  return text.split(",").map((part) => {
    const [, owner = "", variable = "", from = ""] = /^\s*([^/]+)\/([^=]+)=(.+?)\s*$/.exec(part) ?? [];
    return { owner, variable, from };
  });
}

/** Throws a `ProblemError` that names the variables that are not set. */
export function checkAiKeys(keys: readonly AiKeyReference[], variables: Variables): void {
  const problems = keys
    .filter(({ from }) => !variables[from])
    .map(({ owner, from }): Problem => {
      const message = `the environment variable ${from} is missing`;
      const help = `QUERYGENIE_AI_KEYS names it as a key for the repositories of ${owner}.`;
      return { code: "QG601", severity: "error", message, help };
    });
  if (problems.length > 0) throw new ProblemError(problems, 2);
}

/** The keys for the jobs of an owner's repositories, as their environment has them. Logins know no case. */
export function aiKeysOf(
  keys: readonly AiKeyReference[],
  owner: string,
  variables: Variables,
): Readonly<Record<string, string>> {
  const own = keys.filter((key) => key.owner.toLowerCase() === owner.toLowerCase());
  return Object.fromEntries(
    own.flatMap(({ variable, from }) => {
      const value = variables[from];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
}
