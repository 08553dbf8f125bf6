import { createHash } from "node:crypto";
import type { Assistant } from "../query/assistant.ts";
import { askAnswer } from "../query/schemas.ts";
import type { AnswerCache } from "./answer-cache.ts";

/** Seconds for which a model's answer is given again: it costs money, and changes with the schema alone. */
const KEEP_SECONDS = 24 * 60 * 60;
/** Raise it when the same question may be answered in another form. */
const KEY_VERSION = 1;

/**
 * An assistant that asks no model twice for the same question about the same schema. `revision` tells what the schema is;
 * while it is not known, nothing is kept. What no model was asked for is written anew, and what is no answer is not kept.
 */
export function cachedAssistant(
  assistant: Assistant,
  {
    cache,
    revision,
    now,
  }: { readonly cache: AnswerCache; readonly revision: () => string | undefined; readonly now: () => number },
): Assistant {
  return {
    ...(assistant.models && { models: (how) => assistant.models?.(how) ?? [] }),
    optimize: (request, how) => assistant.optimize(request, how),
    async ask(request, how) {
      const known = how.fresh === true ? undefined : revision();
      if (known === undefined) return assistant.ask(request, how);
      const { question, model = null } = request;
      const key = createHash("sha256")
        .update(JSON.stringify(["ask", KEY_VERSION, known, question, model]))
        .digest("base64url");
      const found = await cache.get(key);
      const kept = found === null ? null : askAnswer.safeParse(jsonIn(found.text));
      if (kept?.success === true) return { ok: true, value: kept.data };
      const outcome = await assistant.ask(request, how);
      if (outcome.ok && outcome.value.valid && outcome.value.model !== "offline") {
        const madeAt = now();
        await cache.set(key, { text: JSON.stringify(outcome.value), madeAt, until: madeAt + KEEP_SECONDS * 1000 });
      }
      return outcome;
    },
  };
}

/** What others may have written may be anything. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
