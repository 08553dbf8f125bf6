import type { AiProvider } from "#schemas/config/ai-defaults.ts";
import type { Config } from "#schemas/config/schema.ts";
import type { Clock } from "#schemas/ports.ts";
import type { Ai, AiOutcome, AiRequest, Attempt, NoAnswerReason } from "./ai.ts";
import { askModel, MAX_ATTEMPTS } from "./ask-model.ts";
import { openLedger, type Ledger, type Spent } from "./ledger.ts";
import { makePace, type Pace, type Sleep } from "./pace.ts";
import type { Provider } from "./provider.ts";
import { keyVariables, rateOf, routesFor, type Route } from "./settings.ts";
import { aiTasks, type Complexity, type TaskId } from "./task.ts";
import { noUsage } from "./usage.ts";

export interface RouterOptions {
  readonly settings: Config["ai"];
  /** Those that have a key, by their names in the configuration. */
  readonly providers: Readonly<Partial<Record<AiProvider, Provider>>>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** What this month has used before this run. */
  readonly month: Spent;
  /** The one model to ask, chosen by hand. */
  readonly chosen?: Route;
  /** From 0 up to 1; spreads retries of many runs that failed together. */
  readonly jitter: () => number;
  /** Told once about each provider that is given up and why. */
  readonly onWarning?: (warning: RouteWarning) => void;
}

export interface RouteWarning {
  readonly route: Route;
  readonly message: string;
  readonly help: string;
}

export interface Router extends Ai {
  readonly ledger: Ledger;
}

/** What the router knows of a provider during a run. */
export interface ProviderState {
  readonly pace: Pace;
  /** Why it is not asked again in this run. */
  off?: string;
  /** Time on the clock before which it is not asked. */
  coolUntil: number;
  /** Models it does not know. */
  readonly unknownModels: Set<string>;
}

/**
 * Asks the providers in order until one gives an answer that holds; else gives the offline text. It is the only loop
 * that retries. Calls, tokens, cost and time are bounded, so it always ends.
 */
export function makeRouter(options: RouterOptions): Router {
  const { settings, providers, clock, sleep } = options;
  const ledger = openLedger(settings, options.month);
  const states = new Map<AiProvider, ProviderState>();
  // Counted from the first question: what comes before it may take its time.
  let deadline: number | undefined;
  const stateOf = (id: AiProvider): ProviderState => {
    const known = states.get(id);
    if (known) return known;
    const state = {
      pace: makePace({ ...rateOf(settings, id), clock, sleep }),
      coolUntil: 0,
      unknownModels: new Set<string>(),
    };
    states.set(id, state);
    return state;
  };
  const open = (complexity: Complexity): readonly Route[] =>
    routesFor(settings, complexity, options.chosen).filter(({ provider, model }) => {
      const state = stateOf(provider);
      const isOpen = state.off === undefined && !state.unknownModels.has(model);
      return providers[provider] !== undefined && isOpen;
    });
  const isWarm = ({ provider }: Route): boolean => stateOf(provider).coolUntil <= clock.elapsed();

  async function generate<T>(request: AiRequest<T>): Promise<AiOutcome<T>> {
    const attempts: Attempt[] = [];
    const end = (reason: NoAnswerReason, message: string) => withoutModel(request, { reason, message, attempts });
    if (!settings.enabled) return end("disabled", "models are turned off (ai.enabled, or --offline)");
    const { prompt } = request;
    if (settings.privacy === "off" || prompt === null) return end("disabled", "ai.privacy is off, so nothing is sent");
    const complexity = request.complexity ?? aiTasks[request.task].complexity;
    const routes = open(complexity);
    if (routes.length === 0) return end("no-provider", noProvider(options, [...states]));
    deadline ??= clock.elapsed() + settings.budget.seconds * 1000;
    let last: { readonly reason: NoAnswerReason; readonly message: string } | null = null;
    for (const route of routes.filter(isWarm)) {
      const provider = providers[route.provider];
      if (!provider || attempts.length >= MAX_ATTEMPTS) break;
      const step = await askModel(request, {
        ...options,
        prompt,
        route,
        provider,
        ledger,
        deadline,
        attempts,
        complexity,
        state: stateOf(route.provider),
      });
      if (step.kind === "answer") return { ...step, attempts };
      last = step;
      if (step.kind === "stop") break;
    }
    if (last) return end(last.reason, last.message);
    return end("rate-limit", "every provider asked for a pause that is longer than this run waits");
  }

  return {
    generate,
    ledger,
    chosen(task: TaskId, complexity = aiTasks[task].complexity) {
      if (!settings.enabled || settings.privacy === "off") return null;
      return open(complexity).find(isWarm) ?? null;
    },
  };
}

async function withoutModel<T>(
  { offline }: AiRequest<T>,
  {
    reason,
    message,
    attempts,
  }: { readonly reason: NoAnswerReason; readonly message: string; readonly attempts: readonly Attempt[] },
): Promise<AiOutcome<T>> {
  if (!offline) return { kind: "failure", reason, message, usage: noUsage, attempts };
  const value = await offline();
  return {
    kind: "answer",
    value,
    provider: "offline",
    model: "offline",
    usage: noUsage,
    attempts,
    because: { reason, message },
  };
}

function noProvider(
  { providers, settings }: RouterOptions,
  states: readonly (readonly [AiProvider, ProviderState])[],
): string {
  if (Object.keys(providers).length === 0) {
    const keys = Object.values(keyVariables).slice(0, -1).join(", ");
    return `no key is set (${keys}) and ${settings.endpoint === undefined ? "ai.endpoint is empty" : "the endpoint is not in ai.providers"}`;
  }
  const off = states.flatMap(([id, { off: why }]) => (why === undefined ? [] : [`${id}: ${why}`]));
  return off.length > 0 ? off.join("; ") : "no provider of ai.providers has a key";
}
