import { problemCodes, type ProblemCode } from "#schemas/problem-codes.ts";
import type { QueryProblem } from "./query-failure.ts";
import type { ProblemAnswer } from "./schemas.ts";

/** Statuses of problems that are not about one query's text. */
const statuses: Partial<Record<ProblemCode, number>> = {
  QG120: 400,
  QG121: 404,
  QG301: 503,
  QG303: 500,
  QG703: 503,
  QG704: 503,
  QG705: 503,
  QG707: 503,
  QG780: 400,
  QG781: 400,
  QG785: 400,
  QG510: 400,
  QG511: 429,
  QG512: 403,
  QG513: 401,
  QG514: 503,
  QG608: 503,
};

const statusOf = ({ code }: QueryProblem): number => statuses[code] ?? 422;

/** A problem as RFC 9457 has it. `status` where the code alone does not tell. */
export function problemResponse(problem: QueryProblem, status: number = statusOf(problem)): Response {
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store" };
  if (status === 429 || status === 503) headers["retry-after"] = "2";
  return new Response(JSON.stringify(problemBody(problem, status)), { status, headers });
}

/** The body of such a response. */
export function problemBody(problem: QueryProblem, status: number = statusOf(problem)): ProblemAnswer {
  const { code, message, help, position, origin, sqlstate } = problem;
  return {
    type: `urn:querygenie:${code}`,
    title: problemCodes[code],
    status,
    detail: message,
    code,
    ...(help === undefined ? {} : { hint: help }),
    ...(position === undefined ? {} : { position }),
    ...(position === undefined || origin === undefined ? {} : { line: origin.line, column: origin.column }),
    ...(sqlstate === undefined ? {} : { sqlstate }),
  };
}
