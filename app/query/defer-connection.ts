import { ProblemError } from "#schemas/problem.ts";
import { EngineError } from "#schemas/ports.ts";
import { defaultLimits, type ConnectionInfo, type Limits } from "./connection.ts";
import { toQueryProblem } from "./query-failure.ts";
import type { QueryConnection } from "./query-connection.ts";

/** A connection that is still being opened: queries wait for it. When it cannot be opened, each is told so. */
export function deferConnection(
  info: ConnectionInfo,
  opening: Promise<QueryConnection>,
  options: { readonly limits?: Partial<Limits> | undefined; readonly onFailure: (error: Error) => void },
): QueryConnection {
  const limits = { ...defaultLimits, ...options.limits };
  let opened: QueryConnection | undefined;
  const outcome = opening.then(
    (connection) => {
      opened = connection;
      return { ok: true as const, connection };
    },
    (cause: unknown) => {
      const error = cause instanceof ProblemError ? cause : new Error("The database could not be opened.", { cause });
      options.onFailure(error);
      const unavailable = new EngineError("unavailable", error.message, { cause });
      const problem = toQueryProblem(unavailable, { sql: "", start: 0, added: 0 }, limits);
      return { ok: false as const, problem };
    },
  );
  return {
    get info() {
      return opened?.info ?? info;
    },
    limits,
    get problems() {
      return opened?.problems ?? [];
    },
    get revision() {
      return opened?.revision;
    },
    async isRepeatable(request, how) {
      const result = await outcome;
      return result.ok && result.connection.isRepeatable(request, how);
    },
    isReady: () => opened?.isReady() ?? false,
    async query(request, signal) {
      const result = await outcome;
      return result.ok ? result.connection.query(request, signal) : { ok: false, problem: result.problem };
    },
    async explain(request, signal) {
      const result = await outcome;
      return result.ok ? result.connection.explain(request, signal) : { ok: false, problem: result.problem };
    },
    async advise(question, signal) {
      const result = await outcome;
      return (result.ok && (await result.connection.advise?.(question, signal))) || [];
    },
    async close() {
      const result = await outcome;
      if (result.ok) await result.connection.close();
    },
  };
}
