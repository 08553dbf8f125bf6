import { z } from "zod/mini";
import type { AiEvent } from "#generators/ai/ai.ts";
import type { Answer } from "#generators/ask/ask-offline.ts";
import type { Account } from "./account.ts";
import { readEvents } from "./own-key/read-events.ts";
import type { Refusal } from "./query-runner.ts";

/** The query function that questions are put to. */
export interface ServedAsk {
  /** Where `/ask` and `/models` are, without a slash at its end. */
  readonly url: string;
  /** Headers that prove to the server that a request is this page's. Default: none. */
  readonly proof?: Account["proof"];
}

/** A model that the server asks for this reader. */
export interface ServedModel {
  readonly id: string;
  readonly model: string;
  readonly provider: string;
  readonly isDefault: boolean;
}

const modelsAnswer = z.array(
  z.object({ id: z.string(), provider: z.string(), model: z.string(), isDefault: z.boolean() }),
);

const answer = z.object({
  kind: z.enum(["saved", "model", "rule", "skeleton"]),
  sql: z.string(),
  reading: z.string(),
  model: z.string(),
  tables: z.array(z.string()),
  valid: z.boolean(),
  unexplained: z.array(z.string()),
  notes: z.array(z.string()),
});
const problem = z.object({ title: z.string(), detail: z.optional(z.string()) });

const event = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), delta: z.string() }),
  z.object({ kind: z.literal("restart"), provider: z.string(), model: z.string() }),
  z.object({ kind: z.literal("waiting"), provider: z.string(), milliseconds: z.number() }),
  z.object({ kind: z.literal("answer"), answer }),
  z.object({ kind: z.literal("problem"), problem }),
]);

/** The models that the server would ask for this reader; none where it asks none, or is no query function. */
export async function servedModels({ url }: ServedAsk): Promise<readonly ServedModel[]> {
  const response = await fetch(`${url}/models`, { headers: { accept: "application/json" } }).catch(() => null);
  if (response === null || !response.ok) return [];
  const parsed = modelsAnswer.safeParse(await response.json().catch(() => undefined));
  return parsed.success ? parsed.data : [];
}

/** Asks the server's model and hears it write. A stream that ends without an answer is a refusal. */
export async function askServed(
  question: string,
  {
    url,
    proof,
    model,
    signal,
    onEvent,
  }: ServedAsk & {
    readonly model: string;
    readonly signal: AbortSignal;
    readonly onEvent: (event: AiEvent) => void;
  },
): Promise<Answer | Refusal> {
  const send = async (isAnew: boolean): Promise<Response> =>
    fetch(`${url}/ask`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream", ...(await proof?.({ isAnew })) },
      body: JSON.stringify({ question, model }),
      signal,
    });
  try {
    let response = await send(false);
    // Somebody has signed in or out in another tab since.
    if (response.status === FORBIDDEN && proof !== undefined) response = await send(true);
    if (!response.ok) return refusalOf(await response.json().catch(() => undefined), `HTTP ${response.status}`);
    for await (const data of readEvents(response)) {
      const parsed = event.safeParse(data);
      if (!parsed.success) return refused("The server sent an event that this page does not know.");
      const said = parsed.data;
      if (said.kind === "answer") return said.answer;
      if (said.kind === "problem") return refusalOf(said.problem, "The server failed to answer");
      onEvent(said);
    }
    return refused("The stream ended before its answer.");
  } catch (error) {
    if (signal.aborted) return { kind: "refusal", title: "Stopped", detail: "The question was stopped." };
    return refused(error instanceof SyntaxError ? "An event was no JSON." : "The connection broke off.");
  }
}

const FORBIDDEN = 403;

const refused = (detail: string): Refusal => ({ kind: "refusal", title: "The server gave no answer", detail });

function refusalOf(body: unknown, otherwise: string): Refusal {
  const parsed = problem.safeParse(body);
  if (!parsed.success) return refused(otherwise);
  return { kind: "refusal", title: parsed.data.title, detail: parsed.data.detail ?? "" };
}
