import type { ProviderFailure, ProviderReply, ProviderRequest } from "../provider.ts";
import type { Usage } from "../usage.ts";
import { failureOf } from "./failure-of.ts";

/** What a stream has told so far; kept, so that a call that breaks off still counts its tokens. */
export interface StreamState {
  text: string;
  model: string;
  usage: Usage | undefined;
  /** How the provider says it ended; absent while it goes on. */
  end: "complete" | "truncated" | "refused" | undefined;
}

/** Reads a provider's stream into `state`, and hands every piece of text to `add`. */
export type ReadStream = (
  state: StreamState,
  call: { readonly signal: AbortSignal; readonly add: (delta: string) => void },
) => Promise<void>;

/**
 * One call with one limit on its whole time, for an SDK's own limit ends when the first byte has come. Whatever the
 * SDK throws becomes a failure.
 */
export async function callProvider(
  request: Pick<ProviderRequest, "model" | "timeoutMs" | "signal" | "onText">,
  read: ReadStream,
): Promise<ProviderReply> {
  const state: StreamState = { text: "", model: request.model, usage: undefined, end: undefined };
  const limit = timer(request.timeoutMs, request.signal);
  const add = (delta: string): void => {
    state.text += delta;
    if (delta !== "") request.onText?.(delta);
  };
  try {
    await read(state, { signal: limit.signal, add });
  } catch (error) {
    return withUsage(limit.failure() ?? failureOf(error), state);
  } finally {
    limit.clear();
  }
  // Some SDKs end their stream quietly when it is aborted.
  const late = limit.failure();
  if (late) return withUsage(late, state);
  switch (state.end) {
    case "complete":
      return { kind: "answer", text: state.text, model: state.model, usage: state.usage ?? unknownUsage };
    case "truncated":
      return withUsage(failure("truncated", "the answer was longer than its limit"), state);
    case "refused":
      return withUsage(failure("refused", "the model declined to answer"), state);
    case undefined:
      return withUsage(failure("network", "the answer broke off before its end"), state);
    default:
      return state.end satisfies never;
  }
}

const unknownUsage: Usage = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };

const failure = (reason: ProviderFailure["reason"], message: string): ProviderFailure => ({
  kind: "failure",
  reason,
  message,
});

function withUsage(reply: ProviderFailure, { usage }: StreamState): ProviderFailure {
  return usage ? { ...reply, usage } : reply;
}

interface Timer {
  readonly signal: AbortSignal;
  /** Set once the time is over or the caller stopped the call. */
  readonly failure: () => ProviderFailure | null;
  readonly clear: () => void;
}

export function timer(milliseconds: number, outer?: AbortSignal): Timer {
  const controller = new AbortController();
  let isLate = false;
  const timeout = setTimeout(() => {
    isLate = true;
    controller.abort();
  }, milliseconds);
  const stop = (): void => controller.abort();
  if (outer?.aborted === true) stop();
  outer?.addEventListener("abort", stop, { once: true });
  return {
    signal: controller.signal,
    failure: () => {
      if (isLate) return failure("timeout", `no answer within ${Math.round(milliseconds / 1000)} s`);
      return outer?.aborted === true ? failure("stopped", "it was stopped") : null;
    },
    clear: () => {
      clearTimeout(timeout);
      outer?.removeEventListener("abort", stop);
    },
  };
}
