import type { AiProvider } from "#schemas/config/ai-defaults.ts";
import type { Config } from "#schemas/config/schema.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import { chooseRoute, routesFor, type Route } from "./settings.ts";
import { aiTasks, type TaskId } from "./task.ts";

/** A model that may be chosen by hand: its names, and nothing of its key. */
export interface ModelName extends Route {
  /** `provider/model`, as a request says it. */
  readonly id: string;
  /** True for the first that is asked where nobody chooses. */
  readonly isDefault: boolean;
}

/**
 * The models that the configuration would have asked for a task, in its order, and the cheaper ones it names for simple
 * tasks. `available` are the providers that have a key. Empty when models are turned off or may be told nothing.
 */
export function modelNames(ai: Config["ai"], task: TaskId, available: readonly AiProvider[]): readonly ModelName[] {
  if (!ai.enabled || ai.privacy === "off") return [];
  const routes = [...routesFor(ai, aiTasks[task].complexity), ...routesFor(ai, "simple")];
  const ids = new Map(routes.filter(({ provider }) => available.includes(provider)).map((one) => [idOf(one), one]));
  return [...ids].map(([id, route], at) => ({ ...route, id, isDefault: at === 0 }));
}

/**
 * The route of a model that a caller of a server names: one of `modelNames`, by its id, its provider or its own name.
 * The server's keys pay for no other.
 */
export function allowedRoute(
  ai: Config["ai"],
  words: string,
  { task, available }: { readonly task: TaskId; readonly available: readonly AiProvider[] },
): WithProblems<Route | null> {
  const chosen = chooseRoute(ai, words, available);
  if (!chosen.value) return chosen;
  const names = modelNames(ai, task, available);
  const id = idOf(chosen.value);
  if (names.some((name) => name.id === id)) return chosen;
  return { value: null, problems: [notAllowed(words, names)] };
}

const idOf = ({ provider, model }: Route): string => `${provider}/${model}`;

function notAllowed(words: string, names: readonly ModelName[]): Problem {
  return {
    code: "QG785",
    severity: "error",
    message: `this server does not ask the model ${JSON.stringify(words)}`,
    help: `GET /api/models lists those it asks${names.length === 0 ? "; just now none" : `: ${names.map(({ id }) => id).join(", ")}`}.`,
  };
}
