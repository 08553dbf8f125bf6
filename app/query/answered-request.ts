import type { ProblemCode } from "#schemas/problem-codes.ts";
import type { Identity } from "../sign-in/identity.ts";
import type { ConnectionInfo } from "./connection.ts";
import type { Outcome } from "./query-failure.ts";
import type { Route } from "./routes.ts";

/** How a request to a connection ended: answered, refused before it ran, failed, cut by a limit … or its caller left. */
export type AnswerStatus = "ok" | "refused" | "failed" | "stopped" | "busy" | "unavailable" | "left" | "error";

/** A request that a connection was asked, for figures and the audit log. */
export interface AnsweredRequest {
  readonly route: Route["id"];
  /** Where the request comes from, such as an address. */
  readonly caller: string;
  readonly identity: Identity;
  readonly connection: ConnectionInfo;
  /** True for a connection that is not there, or not for who asks: the answer tells neither. Default false. */
  readonly isHidden?: boolean;
  /** The query or the question as it came. It holds values of the users: never to be logged as it is. */
  readonly text: string;
  readonly status: AnswerStatus;
  readonly code?: ProblemCode;
  /** Rows of the answer, where it has any. */
  readonly rows?: number;
  /** Milliseconds from the parsed request to its answer. */
  readonly elapsedMs: number;
}

const statuses: Partial<Record<ProblemCode, AnswerStatus>> = {
  QG301: "unavailable",
  QG501: "refused",
  QG502: "stopped",
  QG510: "refused",
  QG511: "busy",
  QG703: "unavailable",
  QG704: "unavailable",
  QG705: "unavailable",
  QG707: "unavailable",
};

/** What an outcome was, in the words of `AnswerStatus`. */
export function howAnswered(outcome: Outcome<object>): Pick<AnsweredRequest, "status" | "code" | "rows"> {
  if (!outcome.ok) return { status: statuses[outcome.problem.code] ?? "failed", code: outcome.problem.code };
  const rows = "rowCount" in outcome.value ? outcome.value.rowCount : undefined;
  return typeof rows === "number" ? { status: "ok", rows } : { status: "ok" };
}
