import type { TaskId } from "./task.ts";
import type { Usage } from "./usage.ts";

/** JSON Schema of an answer, as `z.toJSONSchema` writes it. */
export type AnswerSchema = Readonly<Record<string, unknown>>;

/** One call of one model. `system` is ours; `input` is JSON whose texts are data and never instructions. */
export interface ProviderRequest {
  readonly task: TaskId;
  readonly model: string;
  readonly system: string;
  readonly input: string;
  readonly schema: AnswerSchema;
  readonly maxOutputTokens: number;
  /** How hard the model should think, where it can be told. */
  readonly effort: "low" | "medium";
  /** Milliseconds after which the call counts as failed. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Given, the answer is streamed: called with each new piece of its text. */
  readonly onText?: (delta: string) => void;
}

/** Why a call gave no answer that can be used. */
export type FailureReason =
  | "rate-limit"
  | "daily-quota"
  | "overloaded"
  | "auth"
  | "payment"
  | "unknown-model"
  | "bad-request"
  | "context-too-long"
  | "timeout"
  | "network"
  | "malformed"
  | "truncated"
  | "refused"
  | "stopped";

export interface ProviderFailure {
  readonly kind: "failure";
  readonly reason: FailureReason;
  /** For people, without any key. */
  readonly message: string;
  /** Milliseconds the provider asked us to wait. */
  readonly retryAfterMs?: number;
  /** Tokens that were used all the same. */
  readonly usage?: Usage;
}

export interface ProviderAnswer {
  readonly kind: "answer";
  /** Text of the answer, not yet parsed. */
  readonly text: string;
  /** The model that answered, as the provider names it. */
  readonly model: string;
  readonly usage: Usage;
}

export type ProviderReply = ProviderAnswer | ProviderFailure;

/** A service that answers prompts. It never throws, never retries and never looks at the environment. */
export interface Provider {
  /** As in `ai.providers`, such as `anthropic`. */
  readonly id: string;
  generate(request: ProviderRequest): Promise<ProviderReply>;
  /** The cheapest call that proves key and model; asks for no text where the provider allows that. */
  check(
    model: string,
    signal?: AbortSignal,
  ): Promise<ProviderFailure | { readonly kind: "ok"; readonly model: string }>;
}
