import { z } from "zod";
import type { AiAnswer, AiRequest, Attempt, NoAnswerReason } from "./ai.ts";
import type { Ledger, Limit, Reservation } from "./ledger.ts";
import { buildPrompt, type Prompt } from "./prompt.ts";
import type { Provider, ProviderFailure, ProviderReply } from "./provider.ts";
import type { ProviderState, RouterOptions } from "./router.ts";
import type { Route } from "./settings.ts";
import { aiTasks, type Complexity } from "./task.ts";
import { addUsage, noUsage, type Usage } from "./usage.ts";

export interface AskContext extends Pick<RouterOptions, "clock" | "sleep" | "jitter" | "onWarning"> {
  readonly prompt: Prompt;
  readonly route: Route;
  readonly provider: Provider;
  readonly state: ProviderState;
  readonly ledger: Ledger;
  /** Time on the clock when the run stops waiting for models. */
  readonly deadline: number;
  readonly complexity: Complexity;
  /** Of this answer, over all providers; each call is added. */
  readonly attempts: Attempt[];
}

/** An answer; or the next provider's turn; or no more calls at all. */
export type AskStep<T> =
  | Omit<AiAnswer<T>, "attempts">
  | { readonly kind: "next" | "stop"; readonly reason: NoAnswerReason; readonly message: string };

/** Calls made for one answer, over all providers. */
export const MAX_ATTEMPTS = 4;
/** Longest pause that a provider may ask for and still be asked again for the same answer. */
const MAX_WAIT_MS = 20_000;
/** How long a provider that gave no time is left alone. */
const COOL_DOWN_MS = 60_000;
const CALL_TIMEOUT_MS = 60_000;
const RETRY_BASE_MS = 500;
/** Characters a token has on average in English and SQL; a low figure reserves more than is used. */
const CHARACTERS_PER_TOKEN = 3.5;

/** Asks one model, with the retries and the one repair that its failures allow. */
export async function askModel<T>(request: AiRequest<T>, context: AskContext): Promise<AskStep<T>> {
  const { attempts, route, state, clock } = context;
  const task = aiTasks[request.task];
  const left = { waits: 1, retries: 1, repairs: 1, cuts: 2 };
  let { prompt } = context;
  let maxOutputTokens = task.maxOutputTokens;
  let usage = noUsage;
  for (;;) {
    if (request.signal?.aborted === true) return { kind: "stop", reason: "stopped", message: "it was stopped" };
    if (attempts.length >= MAX_ATTEMPTS) return stop("unusable", `no usable answer in ${MAX_ATTEMPTS} calls`);
    const made = await call(request, { ...context, prompt, maxOutputTokens });
    if (made.kind === "stop") return made;
    const { reply } = made;
    const used = reply.usage ?? noUsage;
    usage = addUsage(usage, used);
    if (reply.kind === "answer") {
      const read = await readAnswer(request, reply.text);
      made.reservation.settle({ usage: used, isUseful: read.kind === "value" });
      note(context, read.kind === "value" ? "answer" : "unusable", read.kind === "value" ? "" : read.because);
      if (read.kind === "value")
        return { kind: "answer", value: read.value, provider: route.provider, model: reply.model, usage };
      if (left.repairs-- <= 0) return { kind: "next", reason: "unusable", message: read.because };
      prompt = buildPrompt(withRejected(prompt, reply.text, read.because)) ?? prompt;
      continue;
    }
    made.reservation.settle({ usage: used, isUseful: false });
    note(context, reply.reason, reply.message);
    const wait = waitBefore(reply, left, context.jitter);
    if (wait !== null) {
      if (clock.elapsed() + wait >= context.deadline)
        return stop("budget", "the time for models in this run is over (ai.budget.seconds)");
      if (wait >= 1000) request.onEvent?.({ kind: "waiting", provider: route.provider, milliseconds: wait });
      await context.sleep(wait, request.signal);
      continue;
    }
    if (reply.reason === "truncated" && left.repairs-- > 0) {
      maxOutputTokens *= 2;
      continue;
    }
    if (reply.reason === "malformed" && left.repairs-- > 0) continue;
    if (reply.reason === "context-too-long" && left.cuts-- > 0) {
      const shorter = request.shorter?.() ?? null;
      if (shorter) {
        prompt = shorter;
        continue;
      }
    }
    if (reply.reason === "stopped") return { kind: "stop", reason: "stopped", message: reply.message };
    giveUp(reply, state, context);
    return { kind: "next", reason: reply.reason, message: `${route.provider}: ${reply.message}` };
  }
}

const stop = (reason: NoAnswerReason, message: string) => ({ kind: "stop", reason, message }) as const;

interface Made {
  readonly kind: "made";
  readonly reply: ProviderReply;
  readonly reservation: Reservation;
}

async function call<T>(
  request: AiRequest<T>,
  {
    route,
    provider,
    state,
    ledger,
    prompt,
    maxOutputTokens,
    deadline,
    clock,
    complexity,
    attempts,
  }: AskContext & { readonly maxOutputTokens: number },
): Promise<Made | ReturnType<typeof stop>> {
  const schema = z.toJSONSchema(request.schema, { io: "output" });
  const characters = prompt.system.length + prompt.input.length + JSON.stringify(schema).length;
  const estimate: Usage = { ...noUsage, input: Math.ceil(characters / CHARACTERS_PER_TOKEN), output: maxOutputTokens };
  const reservation = ledger.reserve(request.task, route, estimate);
  if (typeof reservation === "string") return stop("budget", budgetMessage(reservation));
  const done = await state.pace.turn(request.signal);
  const timeoutMs = Math.min(CALL_TIMEOUT_MS, deadline - clock.elapsed());
  if (done === null || timeoutMs <= 0) {
    done?.();
    reservation.cancel();
    return done === null
      ? stop("stopped", "it was stopped")
      : stop("budget", "the time for models in this run is over (ai.budget.seconds)");
  }
  try {
    if (attempts.length > 0) request.onEvent?.({ kind: "restart", provider: route.provider, model: route.model });
    const { onEvent } = request;
    const reply = await provider.generate({
      task: request.task,
      model: route.model,
      system: prompt.system,
      input: prompt.input,
      schema,
      maxOutputTokens,
      effort: complexity === "simple" ? "low" : "medium",
      timeoutMs,
      ...(request.signal && { signal: request.signal }),
      ...(onEvent && { onText: (delta: string) => onEvent({ kind: "text", delta }) }),
    });
    return { kind: "made", reply, reservation };
  } finally {
    done();
  }
}

type Read<T> = { readonly kind: "value"; readonly value: T } | { readonly kind: "wrong"; readonly because: string };

async function readAnswer<T>({ schema, check }: AiRequest<T>, text: string): Promise<Read<T>> {
  const json = parseJson(text);
  if (json === undefined) return { kind: "wrong", because: "The answer is not JSON." };
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    return { kind: "wrong", because: `The answer does not have the form asked for. ${z.prettifyError(parsed.error)}` };
  const wrong = await check?.(parsed.data);
  return wrong === null || wrong === undefined
    ? { kind: "value", value: parsed.data }
    : { kind: "wrong", because: wrong };
}

/** JSON, also inside a fence, which models of one's own like to write. Undefined when it is none. */
function parseJson(text: string): unknown {
  const body = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text;
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function withRejected({ spec }: Prompt, answer: string, because: string): Prompt["spec"] {
  return { ...spec, data: { ...spec.data, rejected: { answer, because } } };
}

/** Milliseconds to wait before the same call is made again; null when it is not. */
function waitBefore(
  { reason, retryAfterMs }: ProviderFailure,
  left: { waits: number; retries: number },
  jitter: () => number,
): number | null {
  switch (reason) {
    case "rate-limit":
      return retryAfterMs !== undefined && retryAfterMs <= MAX_WAIT_MS && left.waits-- > 0 ? retryAfterMs : null;
    case "overloaded":
    case "timeout":
    case "network": {
      if (left.retries-- <= 0) return null;
      const wait = retryAfterMs ?? RETRY_BASE_MS * (1 + jitter());
      return wait <= MAX_WAIT_MS ? wait : null;
    }
    default:
      return null;
  }
}

/** What a failure means for the rest of the run. */
function giveUp(failure: ProviderFailure, state: ProviderState, { route, clock, onWarning }: AskContext): void {
  switch (failure.reason) {
    case "daily-quota":
    case "auth":
    case "payment":
      state.off ??= failure.message;
      break;
    case "rate-limit":
    case "overloaded":
    case "timeout":
    case "network":
      state.coolUntil = clock.elapsed() + (failure.retryAfterMs ?? COOL_DOWN_MS);
      break;
    case "unknown-model":
      state.unknownModels.add(route.model);
      break;
    default:
      return;
  }
  onWarning?.({ route, message: failure.message, help: helpFor(failure, route) });
}

function helpFor({ reason }: ProviderFailure, { provider, model }: Route): string {
  switch (reason) {
    case "auth":
      return "Check the key; querygenie doctor tries each one.";
    case "payment":
      return "The account has no credit left, or no right to this model.";
    case "daily-quota":
      return "The quota comes back tomorrow; the rest is described then.";
    case "unknown-model":
      return `Set ai.models.${provider} to a model that the account has instead of ${model}.`;
    default:
      return "Other providers and the offline text take over; the next run tries again.";
  }
}

function budgetMessage(limit: Limit): string {
  return `the budget is used up (ai.budget.${limit})`;
}

function note({ attempts, route }: AskContext, outcome: Attempt["outcome"], message: string): void {
  attempts.push({ provider: route.provider, model: route.model, outcome, message });
}
