import { liveReading } from "#generators/ask/live-reading.ts";
import type { Answer } from "#generators/ask/ask-offline.ts";
import type { SiteQuery } from "#generators/site-data/contract.ts";
import type { AskData } from "../view/ask-data.ts";
import { askInWords } from "./ask-words.ts";
import { servedModelOf, type AskReader } from "./ask-readers.ts";
import { askServed, type ServedAsk } from "./ask-served.ts";
import { ownKey } from "./own-key/own-key.ts";
import type { QueryRunner } from "./query-runner.ts";

export interface AskBy {
  readonly reader: AskReader;
  /** The query function that asks its own models; null where there is none. */
  readonly served: ServedAsk | null;
  readonly data: AskData;
  readonly queries: readonly SiteQuery[];
  readonly runner: QueryRunner | null;
  readonly signal: AbortSignal;
  /** Hears how the question is being understood, as the model writes it. The query itself is heard when it holds. */
  readonly onReading: (text: string) => void;
}

/** A query for a question by whoever the reader chose; by the rules where that one cannot be asked, and says why. */
export async function askBy(
  question: string,
  { reader, served, signal, onReading, ...context }: AskBy,
): Promise<Answer> {
  const model = servedModelOf(reader);
  if (model !== null && served !== null) {
    const answer = await askServed(question, { ...served, model, signal, onEvent: liveReading(onReading) });
    if (!("kind" in answer) || answer.kind !== "refusal") return answer;
    if (signal.aborted) return { ...NO_ANSWER, notes: [answer.title] };
    const ruled = await askInWords(question, context);
    return { ...ruled, notes: [...ruled.notes, `No model answered: ${[answer.title, answer.detail].join(": ")}`] };
  }
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
    onEvent: liveReading(onReading),
  });
}

const NO_ANSWER: Answer = {
  kind: "skeleton",
  sql: "",
  reading: "",
  model: "offline",
  tables: [],
  valid: false,
  unexplained: [],
  notes: [],
};

const NOBODY_CHECKS = "No model was asked: nothing here can check its query. Choose where answers come from first.";
