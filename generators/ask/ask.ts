import type { Ai, AiEvent } from "../ai/ai.ts";
import type { PrivacyLevel } from "../ai/prompt.ts";
import { askModel } from "./ask-model.ts";
import {
  checkedNotes,
  linkQuestion,
  plain,
  ruleAnswer,
  savedAnswer,
  type Answer,
  type OfflineContext,
} from "./ask-offline.ts";

/** What `ask` needs of the world. Everything but the model may be left out; the answer then says less. */
export interface AskContext extends OfflineContext {
  readonly glossary?: readonly { readonly term: string; readonly meaning: string }[];
  /** Default: no model is asked. */
  readonly ai?: Ai;
  /** What a model may see. Default `schema`. */
  readonly privacy?: PrivacyLevel;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: AiEvent) => void;
}

/**
 * Finds a query for a question: a saved one that asks the same, else a model's that the database plans, else one that
 * follows the grammar and explains every word, else the tables and joins it is about as a query to begin with.
 */
export async function ask(question: string, context: AskContext): Promise<Answer> {
  const saved = await savedAnswer(question, context);
  if (saved) return saved;
  const linked = linkQuestion(question, context);
  const written = await askModel(question, { ...context, ...linked });
  if (written.kind === "answer") {
    const notes = checkedNotes(written.answer.sql, context);
    return { ...plain, ...written.answer, kind: "model", valid: true, notes };
  }
  return await ruleAnswer(question, context, { ...linked, notes: written.notes });
}
