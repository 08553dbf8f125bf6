import type { Octokit } from "@octokit/rest";
import { limitWait, statusOf } from "./github-failure.ts";

export interface RetryOptions {
  /** Milliseconds before an answer counts as lost. Default 30 s. */
  readonly timeoutMs: number;
  /** Longest wait for a limit to pass; a longer one is a failure that says so. Default 60 s. */
  readonly longestWaitMs: number;
  /** Wait before the first repetition; the next ones double it. Default 1 s. */
  readonly firstWaitMs: number;
}

const REPEATS = 2;

/**
 * GitHub refuses a limited call before it does anything, so every call is repeated then. After a fault of the server or
 * a cut line nobody knows whether a write was done: only calls that may be done twice are repeated. (The client's own
 * retry plugin repeats all of them, which doubles comments.)
 */
export function retryRequests(
  octokit: Octokit,
  { timeoutMs = 30_000, longestWaitMs = 60_000, firstWaitMs = 1000 }: Partial<RetryOptions> = {},
): void {
  octokit.hook.wrap("request", async (request, options) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await inTime((signal) => {
          // Behind another hook `request` is bound to these very options and does not look at others.
          Object.assign(options, { request: { ...options.request, signal } });
          return request(options);
        }, timeoutMs);
      } catch (error) {
        const wait = limitWait(error) ?? (isSafe(options) && isPassing(error) ? firstWaitMs * 2 ** attempt : null);
        if (wait === null || attempt >= REPEATS || wait > longestWaitMs) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  });
}

/** A timer of our own: that of `AbortSignal.timeout` keeps no process alive, and is lost with its signal. */
async function inTime<T>(call: (signal: AbortSignal) => T | Promise<T>, timeoutMs: number): Promise<T> {
  const controller = new AbortController();
  const reason = new DOMException(`no answer within ${timeoutMs} ms`, "TimeoutError");
  const timer = setTimeout(() => controller.abort(reason), timeoutMs);
  try {
    return await call(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Reading, and what leaves the same behind however often it is done. */
function isSafe({ method, url, ...rest }: { readonly method: string; readonly url: string }): boolean {
  if (url.endsWith("/graphql"))
    return !String(Object(rest).query ?? "")
      .trimStart()
      .startsWith("mutation");
  return method !== "POST";
}

/** A fault of the server, or no answer at all. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  return status === null || status >= 500;
}
