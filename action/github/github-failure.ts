import type { ProblemCode } from "#schemas/problem-codes.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";

/** What was tried, for the message; and what it needs, for the advice. */
export interface Doing {
  /** Continues "QueryGenie could not": `comment on the pull request`. */
  readonly what: string;
  /** Line of the workflow's `permissions` that allows it, such as `pull-requests: write`. */
  readonly needs: string;
}

/** Does something at GitHub; a failure becomes a problem that says what to do. Throws `ProblemError` (exit 3). */
export async function at<T>(doing: Doing, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError([githubProblem(error, doing)], 3, error);
  }
}

/** A failed call in words: what, why, and what to do. */
export function githubProblem(error: unknown, { what, needs }: Doing): Problem {
  const [code, why, help] = reason(error, needs);
  return { code, severity: "warning", message: `QueryGenie could not ${what}: ${why}`, help };
}

function reason(error: unknown, needs: string): readonly [ProblemCode, string, string] {
  const status = statusOf(error);
  const wait = limitWait(error);
  const said = messageOf(error);
  if (wait !== null) {
    const seconds = Math.ceil(wait / 1000);
    return ["QG804", `GitHub's limit is reached for ${seconds} more seconds`, "Run the job again later."];
  }
  if (status === 401) {
    return ["QG802", "GitHub does not know the token", "Leave github-token out, or check the secret it comes from."];
  }
  if (status === 403 || graphqlTypes(error).includes("FORBIDDEN")) {
    return [
      "QG801",
      `the token may not (${said})`,
      `Give the job the permission ${needs}. See docs/guides/permissions.md.`,
    ];
  }
  if (status === 404 || graphqlTypes(error).includes("NOT_FOUND")) {
    const help = `The token must see this repository, and the job needs the permission ${needs}.`;
    return ["QG803", `GitHub says that it does not exist (${said})`, help];
  }
  if (status === 409 || graphqlTypes(error).includes("STALE_DATA")) {
    return ["QG808", "it was changed meanwhile", "The run of the newer commit does it; or run the job again."];
  }
  if (status !== null && status >= 400 && status < 500) {
    return ["QG806", `GitHub refuses it (${said})`, "If running again does not help, please report it with this line."];
  }
  if (graphqlTypes(error).length > 0) {
    return ["QG806", `GitHub refuses it (${said})`, "If running again does not help, please report it with this line."];
  }
  const how = status === null ? said : `status ${status}`;
  return ["QG805", `GitHub did not answer (${how})`, "Run the job again; githubstatus.com tells of outages."];
}

/** HTTP status of a failed call; null when there was no answer. A GraphQL failure comes with status 200 and has none. */
export function statusOf(error: unknown): number | null {
  const status: unknown = Object(error).status;
  // The client gives 500 to what never reached the server.
  const hasAnswer = Object(error).response !== undefined;
  return typeof status === "number" && hasAnswer ? status : null;
}

/** Types of a GraphQL failure, such as `STALE_DATA`. */
export function graphqlTypes(error: unknown): readonly string[] {
  const errors: unknown = Object(error).errors;
  if (!Array.isArray(errors)) return [];
  return errors.map((one: unknown) => String(Object(one).type ?? "UNKNOWN"));
}

/** Milliseconds until a limit passes; null when no limit was met. */
export function limitWait(error: unknown): number | null {
  const status = statusOf(error);
  if (status !== 403 && status !== 429) return null;
  const headers: Readonly<Record<string, unknown>> = Object(Object(error).response).headers ?? {};
  const after = Number(headers["retry-after"]);
  if (Number.isFinite(after)) return after * 1000;
  if (headers["x-ratelimit-remaining"] === "0") {
    return Math.max(0, Number(headers["x-ratelimit-reset"] ?? 0) * 1000 - Date.now());
  }
  return status === 429 ? 60_000 : null;
}

/** What GitHub said, on one line. */
export function messageOf(error: unknown): string {
  return wholeMessage(error).replaceAll(/\s+/g, " ").trim().slice(0, 300);
}

function wholeMessage(error: unknown): string {
  const data: unknown = Object(Object(error).response).data;
  const own: unknown = Object(data).message ?? Object(Object(error).errors?.[0]).message;
  if (typeof own === "string") return own;
  return error instanceof Error ? error.message : String(error);
}
