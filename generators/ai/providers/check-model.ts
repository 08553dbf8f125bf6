import type { ProviderFailure } from "../provider.ts";
import { timer } from "./call-provider.ts";
import { failureOf } from "./failure-of.ts";

/** Milliseconds a check of key and model may take. */
const CHECK_TIMEOUT_MS = 15_000;

/** Looks a model up: proves the key and the model's name without asking for a word. */
export async function checkModel(
  model: string,
  signal: AbortSignal | undefined,
  look: (signal: AbortSignal) => Promise<string | undefined>,
): Promise<ProviderFailure | { readonly kind: "ok"; readonly model: string }> {
  const limit = timer(CHECK_TIMEOUT_MS, signal);
  try {
    return { kind: "ok", model: (await look(limit.signal)) ?? model };
  } catch (error) {
    return limit.failure() ?? failureOf(error);
  } finally {
    limit.clear();
  }
}
