import {
  aiProviders,
  defaultModels,
  defaultPrices,
  defaultRates,
  freeProviders,
  type AiProvider,
} from "#schemas/config/ai-defaults.ts";
import type { Config } from "#schemas/config/schema.ts";
import { closest } from "#schemas/closest.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import type { Complexity } from "./task.ts";
import type { Usage } from "./usage.ts";

/** One provider with the model that a kind of task is given there. */
export interface Route {
  readonly provider: AiProvider;
  readonly model: string;
}

/** The order in which models are tried for a kind of task. A model chosen by hand is the only one. */
export function routesFor(ai: Config["ai"], complexity: Complexity, chosen?: Route): readonly Route[] {
  if (chosen) return [chosen];
  const order = Array.isArray(ai.providers) ? ai.providers : ai.providers[complexity];
  return [...new Set(order)].map((provider) => ({ provider, model: modelOf(ai, provider, complexity) }));
}

export function modelOf(ai: Config["ai"], provider: AiProvider, complexity: Complexity): string {
  const own = ai.models[provider];
  if (typeof own === "string") return own;
  return own?.[complexity] ?? defaultModels[provider][complexity];
}

/** US dollars of a call; null when the model has no known price. */
export function costOf(ai: Config["ai"], { provider, model }: Route, usage: Usage): number | null {
  const price = ai.prices[model] ?? (freeProviders.includes(provider) ? { input: 0, output: 0 } : defaultPrices[model]);
  if (!price) return null;
  return (usage.input * price.input + usage.output * price.output) / 1_000_000;
}

export function rateOf(ai: Config["ai"], provider: AiProvider): (typeof defaultRates)[AiProvider] {
  const own = ai.rates[provider];
  const base = defaultRates[provider];
  return {
    requestsPerMinute: own?.requestsPerMinute ?? base.requestsPerMinute,
    concurrent: own?.concurrent ?? base.concurrent,
  };
}

/** How names of models begin, by the provider that has them. */
const FAMILIES: readonly (readonly [RegExp, AiProvider])[] = [
  [/^claude-/i, "anthropic"],
  [/^(?:gpt-|o\d|chatgpt-)/i, "openai"],
  [/^(?:gemini-|gemma-)/i, "gemini"],
];

/**
 * What `--model` means: `provider/model`, a provider alone, or a model whose name tells its provider. `available` are
 * the providers that have a key.
 */
export function chooseRoute(
  ai: Config["ai"],
  words: string,
  available: readonly AiProvider[],
): WithProblems<Route | null> {
  const [head = "", ...rest] = words.trim().split("/");
  const named = aiProviders.find((id) => id === head);
  const route = named ? routeAt(ai, named, rest.join("/")) : routeByFamily(words.trim(), available);
  if (!route) return { value: null, problems: [unknownModel(words)] };
  if (!available.includes(route.provider)) return { value: null, problems: [keyless(route.provider, words)] };
  return { value: route, problems: [] };
}

function routeAt(ai: Config["ai"], provider: AiProvider, model: string): Route {
  return { provider, model: model === "" ? modelOf(ai, provider, "complex") : model };
}

function routeByFamily(model: string, available: readonly AiProvider[]): Route | null {
  const family = FAMILIES.find(([shape]) => shape.test(model))?.[1];
  if (family === "gemini" && available.includes("gemini-pro")) return { provider: "gemini-pro", model };
  if (family) return { provider: family, model };
  return available.includes("endpoint") && model !== "" ? { provider: "endpoint", model } : null;
}

function unknownModel(words: string): Problem {
  const near = closest(words, aiProviders);
  return {
    code: "QG780",
    severity: "error",
    message: `no provider is known for the model "${words}"`,
    help: `${near === null ? "" : `Did you mean "${near}"? `}Write PROVIDER/MODEL or a provider alone: ${aiProviders.join(", ")}.`,
  };
}

/** Environment variable that opens each provider. */
export const keyVariables: Readonly<Record<AiProvider, string>> = {
  anthropic: "ANTHROPIC_API_KEY",
  openai: "OPENAI_API_KEY",
  "gemini-pro": "GEMINI_PRO_API_KEY",
  gemini: "GEMINI_API_KEY",
  endpoint: "AI_ENDPOINT_API_KEY",
};

function keyless(provider: AiProvider, words: string): Problem {
  const help =
    provider === "endpoint"
      ? "Write the address of your server as ai.endpoint in the configuration."
      : `Set ${keyVariables[provider]} in the environment.`;
  return {
    code: "QG781",
    severity: "error",
    message: `the model "${words}" cannot be asked: ${provider} has no key`,
    help,
  };
}
