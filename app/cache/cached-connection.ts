import { createHash } from "node:crypto";
import { queryAnswer } from "../query/schemas.ts";
import type { QueryConnection } from "../query/query-connection.ts";
import type { QueryRequest, QueryResult } from "../query/run-query.ts";
import { nobody } from "../sign-in/identity.ts";
import type { AskOptions } from "../query/connection.ts";
import type { AnswerCache } from "./answer-cache.ts";

export interface CacheOptions {
  readonly cache: AnswerCache;
  /** Seconds for which an answer may be given again. */
  readonly seconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Counts what became of queries: found, read anew, or never kept because they would not answer the same again. */
  readonly count: (outcome: "hit" | "miss" | "bypass") => void;
}

/** Verdicts on queries that are remembered, each for as long as an answer. */
const MOST_VERDICTS = 2000;
/** Raise it when the same request may be answered in another form. */
const KEY_VERSION = 1;

/**
 * A connection that gives an answer again for a while, with its age. Off for queries that would not answer the same
 * again, and where `fresh` is asked for. On a running database the answers of one caller are never another one's.
 */
export function cachedConnection(
  connection: QueryConnection,
  { cache, seconds, now, count }: CacheOptions,
): QueryConnection {
  const verdicts = new Map<string, { readonly until: number; readonly isRepeatable: boolean }>();

  async function isRepeatable(request: QueryRequest, how: AskOptions): Promise<boolean> {
    const key = hash([request.sql, request.params ?? []]);
    const known = verdicts.get(key);
    if (known !== undefined && known.until > now()) return known.isRepeatable;
    const verdict = { until: now() + seconds * 1000, isRepeatable: await connection.isRepeatable(request, how) };
    verdicts.delete(key);
    verdicts.set(key, verdict);
    const [oldest] = verdicts.keys();
    if (verdicts.size > MOST_VERDICTS && oldest !== undefined) verdicts.delete(oldest);
    return verdict.isRepeatable;
  }

  return {
    get info() {
      return connection.info;
    },
    get problems() {
      return connection.problems;
    },
    get revision() {
      return connection.revision;
    },
    limits: connection.limits,
    isReady: () => connection.isReady(),
    isRepeatable: (request, how) => connection.isRepeatable(request, how),
    explain: (request, how) => connection.explain(request, how),
    ...(connection.advise && { advise: (question, how) => connection.advise?.(question, how) ?? Promise.resolve([]) }),
    close: () => connection.close(),
    async query(request, how = {}) {
      const key = request.check === true ? null : keyOf(connection, request, how);
      const found = key === null || how.fresh === true ? null : await cache.get(key);
      const answer = found === null ? null : answerIn(found.text);
      if (found !== null && answer !== null) {
        count("hit");
        return { ok: true, value: { ...answer, age: Math.max(0, Math.floor((now() - found.madeAt) / 1000)) } };
      }
      const madeAt = now();
      const outcome = await connection.query(request, how);
      const mayKeep = outcome.ok && key !== null && (await isRepeatable(request, how));
      count(mayKeep ? "miss" : "bypass");
      if (mayKeep) {
        await cache.set(key, { text: JSON.stringify(outcome.value), madeAt, until: madeAt + seconds * 1000 });
      }
      return outcome;
    },
  };
}

/** Null where it is not known which database answers: then nothing is kept. */
function keyOf(connection: QueryConnection, request: QueryRequest, { caller = nobody }: AskOptions): string | null {
  const { info, limits, revision } = connection;
  if (revision === undefined) return null;
  const who = info.engine === "embedded" ? null : [caller.id, caller.role];
  const { sql, params = [], limit = null } = request;
  return hash([KEY_VERSION, info.name, revision, limits.rows, limits.bytes, who, sql, params, limit]);
}

const hash = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("base64url");

/** What others may have written is read like what comes from elsewhere. */
function answerIn(text: string): QueryResult | null {
  try {
    const parsed = queryAnswer.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
