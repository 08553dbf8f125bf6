import type { AiEvent } from "#generators/ai/ai.ts";
import type { Answer } from "#generators/ask/ask-offline.ts";
import type { SiteQuery } from "#generators/site-data/contract.ts";
import type { AskData } from "../view/ask-data.ts";
import { askInWords } from "./ask-words.ts";
import type { AskReader } from "./ask-readers.ts";
import { ownKey } from "./own-key/own-key.ts";
import { partialText } from "./partial-text.ts";
import type { QueryRunner } from "./query-runner.ts";

export interface AskBy {
  readonly reader: AskReader;
  readonly data: AskData;
  readonly queries: readonly SiteQuery[];
  readonly runner: QueryRunner | null;
  readonly signal: AbortSignal;
  /** Hears how the question is being understood, as the model writes it. The query itself is heard when it holds. */
  readonly onReading: (text: string) => void;
}

/** A query for a question by whoever the reader chose; by the rules where that one cannot be asked, and says why. */
export async function askBy(question: string, { reader, signal, onReading, ...context }: AskBy): Promise<Answer> {
  const own = reader === "own-key" ? ownKey() : null;
  if (own === null) return askInWords(question, context);
  const { runner } = context;
  if (!runner?.check) {
    const answer = await askInWords(question, context);
    return { ...answer, notes: [...answer.notes, NOBODY_CHECKS] };
  }
  const { askOwnModel } = await import("./own-key/ask-own-model.ts");
  return askOwnModel(question, {
    own,
    data: context.data,
    queries: context.queries,
    runner: { check: async (request) => (await runner.check?.(request)) ?? null },
    signal,
    onEvent: readingOf(onReading),
  });
}

const NOBODY_CHECKS = "No model was asked: nothing here can check its query. Choose where answers come from first.";

/** Tells the growing text of `reading` in what a model writes. */
export function readingOf(onReading: (text: string) => void): (event: AiEvent) => void {
  let written = "";
  return (event) => {
    if (event.kind === "text") written += event.delta;
    else if (event.kind === "restart") written = "";
    const reading = partialText(written, "reading");
    if (reading !== "") onReading(reading);
  };
}
