import type { AiEvent } from "#generators/ai/ai.ts";
import { nothingSpent } from "#generators/ai/ledger.ts";
import { makeRouter } from "#generators/ai/router.ts";
import { ask } from "#generators/ask/ask.ts";
import type { Answer } from "#generators/ask/ask-offline.ts";
import type { SiteQuery } from "#generators/site-data/contract.ts";
import { aiSchema } from "#schemas/config/ai.ts";
import type { AskData } from "../../view/ask-data.ts";
import type { QueryRunner } from "../query-runner.ts";
import { browserProvider } from "./browser-provider.ts";
import type { OwnKey } from "./own-key.ts";

/** The router names a service after its place in the configuration; here one place stands for whichever it is. */
const PLACE = "endpoint";

/**
 * A query for a question by a model of the reader's own: the prompt that `querygenie ask` sends, and its checks. No
 * query is shown that `runner` did not read as one SELECT and plan; when none holds, the rules answer.
 */
export function askOwnModel(
  question: string,
  {
    own,
    data,
    queries,
    runner,
    signal,
    onEvent,
  }: {
    readonly own: OwnKey;
    readonly data: AskData;
    readonly queries: readonly SiteQuery[];
    readonly runner: Required<Pick<QueryRunner, "check">>;
    readonly signal: AbortSignal;
    readonly onEvent: (event: AiEvent) => void;
  },
): Promise<Answer> {
  const begin = performance.now();
  const ai = makeRouter({
    settings: aiSchema.parse({ providers: [PLACE] }),
    providers: { [PLACE]: browserProvider(own) },
    chosen: { provider: PLACE, model: own.model },
    clock: { now: () => new Date(), elapsed: () => performance.now() - begin },
    sleep: (milliseconds, stop) => pause(milliseconds, stop),
    month: nothingSpent,
    jitter: Math.random,
  });
  return ask(question, {
    model: data.model,
    descriptions: data.descriptions,
    words: data.words,
    queries,
    ai,
    signal,
    onEvent,
    check: async (sql) => {
      const refusal = await runner.check({ sql, signal });
      return refusal === null ? null : [refusal.title, refusal.detail].filter(Boolean).join(": ");
    },
  });
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
  });
}
