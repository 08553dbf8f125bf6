import type { Provider, ProviderFailure, ProviderReply, ProviderRequest } from "#generators/ai/provider.ts";
import type { Usage } from "#generators/ai/usage.ts";

/** What a fake provider does with a call: an answer as a value, a text as it is, or a failure. */
export type FakeStep =
  | { readonly answer: unknown; readonly usage?: Partial<Usage> }
  | { readonly text: string; readonly usage?: Partial<Usage> }
  | (Omit<ProviderFailure, "kind" | "message"> & { readonly message?: string })
  | ((request: ProviderRequest) => FakeStep | Promise<FakeStep>);

export interface FakeProvider extends Provider {
  /** Every call that was made, in order. */
  readonly requests: readonly ProviderRequest[];
  /** The `data` of a call's prompt. */
  readonly dataOf: (at: number) => unknown;
}

/** A provider that follows a script, one step a call; the last step is repeated. It speaks to nobody. */
export function fakeProvider(id: string, ...steps: readonly FakeStep[]): FakeProvider {
  const requests: ProviderRequest[] = [];
  return {
    id,
    requests,
    dataOf: (at) => JSON.parse(requests[at]?.input ?? "null")?.data,
    async generate(request) {
      const step = steps[Math.min(requests.length, steps.length - 1)];
      requests.push(request);
      if (step === undefined) throw new Error(`the fake provider ${id} was asked without a step to follow`);
      return reply(step, request);
    },
    check: (model) => Promise.resolve({ kind: "ok", model }),
  };
}

async function reply(step: FakeStep, request: ProviderRequest): Promise<ProviderReply> {
  if (typeof step === "function") return reply(await step(request), request);
  if ("reason" in step) return { kind: "failure", message: `it failed: ${step.reason}`, ...step };
  const text = "text" in step ? step.text : JSON.stringify(step.answer);
  for (let at = 0; at < text.length; at += 16) request.onText?.(text.slice(at, at + 16));
  const usage = { input: 100, cachedInput: 0, output: 20, reasoning: 0, ...step.usage };
  return { kind: "answer", text, model: request.model, usage };
}
