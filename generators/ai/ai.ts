import type { z } from "zod";
import type { Prompt } from "./prompt.ts";
import type { FailureReason } from "./provider.ts";
import type { Complexity, TaskId } from "./task.ts";
import type { Usage } from "./usage.ts";

/** What is wanted of a model, whichever it will be. */
export interface AiRequest<T> {
  readonly task: TaskId;
  /** Made by `buildPrompt`: there is no other way to say something to a model. Null asks none. */
  readonly prompt: Prompt | null;
  /** Form of the answer: strict objects without optional keys, which every provider can be held to. */
  readonly schema: z.ZodType<T>;
  /** What is wrong with a well-formed answer, in words for the model; null when nothing is. Asked again once. */
  readonly check?: (value: T) => string | null | Promise<string | null>;
  /** In place of the task's own. */
  readonly complexity?: Complexity;
  /** A prompt with less context, for when this one is too long; null when nothing can be left out. */
  readonly shorter?: () => Prompt | null;
  /** The answer without a model. Given, the outcome is always an answer. */
  readonly offline?: () => T | Promise<T>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: AiEvent) => void;
}

/** What happens meanwhile. After `restart` the text so far is void: another call begins. */
export type AiEvent =
  | { readonly kind: "text"; readonly delta: string }
  | { readonly kind: "restart"; readonly provider: string; readonly model: string }
  | { readonly kind: "waiting"; readonly provider: string; readonly milliseconds: number };

/** Why no model was asked, or none gave an answer that holds. */
export type NoAnswerReason = FailureReason | "disabled" | "no-provider" | "budget" | "unusable";

/** One call and how it ended. */
export interface Attempt {
  readonly provider: string;
  readonly model: string;
  readonly outcome: "answer" | "unusable" | FailureReason;
  /** For people, empty for an answer. */
  readonly message: string;
}

export interface AiAnswer<T> {
  readonly kind: "answer";
  readonly value: T;
  /** `offline` when no model wrote it; `because` then says why. */
  readonly provider: string;
  readonly model: string;
  readonly usage: Usage;
  readonly attempts: readonly Attempt[];
  readonly because?: { readonly reason: NoAnswerReason; readonly message: string };
}

export interface AiNoAnswer {
  readonly kind: "failure";
  readonly reason: NoAnswerReason;
  /** For people: what was tried and what to do. */
  readonly message: string;
  readonly usage: Usage;
  readonly attempts: readonly Attempt[];
}

export type AiOutcome<T> = AiAnswer<T> | AiNoAnswer;

/** What every generator and command that wants words of a model is given. Never throws. */
export interface Ai {
  generate<T>(request: AiRequest<T>): Promise<AiOutcome<T>>;
  /** The model that would be asked now, or null when the answer would be an offline one. */
  chosen(task: TaskId, complexity?: Complexity): { readonly provider: string; readonly model: string } | null;
}
