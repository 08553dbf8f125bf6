import type { Ai, Attempt } from "#generators/ai/ai.ts";
import type { TaskId } from "#generators/ai/task.ts";
import { isThisMachine } from "#schemas/dialects/live-target.ts";
import { allowedRoute, modelNames, type ModelName } from "#generators/ai/model-names.ts";
import { ProblemError } from "#schemas/problem.ts";
import { aiProviders, environmentProviders, openAi, type OpenedAi } from "./ai/open-ai.ts";
import type { Project } from "./project.ts";

/** Gives the models that a question may be put to; with a name, only that one. Throws `ProblemError` when it is not there. */
export type ServedModels = (name?: string, asker?: { readonly mayUseModels: boolean }) => Promise<Ai>;

/** The models that somebody may choose from; none for who may use none. */
export type ServedModelNames = (asker: { readonly mayUseModels: boolean }) => readonly ModelName[];

/** Whether others than this machine reach a server at an address. */
export const isOpenTo = (host: string | undefined): boolean => host !== undefined && !isThisMachine(host);

export interface ServedModelsOptions {
  readonly offline: boolean;
  /** Whether others than this machine reach the server: only who may use models then spends its owner's keys. */
  readonly isOpen: boolean;
  /** Hears of each call of a model. Default: nobody. */
  readonly onCall?: (task: TaskId, attempt: Attempt) => void;
}

/** Names the models that `servedModels` gives to somebody, without asking any of them. */
export function servedModelNames(
  { config }: Pick<Project, "config">,
  { offline, isOpen }: Pick<ServedModelsOptions, "offline" | "isOpen">,
): ServedModelNames {
  return ({ mayUseModels }) =>
    offline || (isOpen && !mayUseModels) ? [] : modelNames(config.ai, "ask", keyed(config));
}

const keyed = ({ ai }: Project["config"]): ReturnType<typeof aiProviders> => aiProviders(environmentProviders(ai));

/** One router for each model that was ever asked for, so that the budget of a run is that of the server's life. */
export function servedModels(
  project: Pick<Project, "config" | "workspace" | "clock" | "store" | "root">,
  { offline, isOpen, onCall }: ServedModelsOptions,
): ServedModels {
  const open = new Map<string, Promise<Ai>>();
  return async (name, { mayUseModels } = { mayUseModels: false }) => {
    const isOffline = offline || name === "offline" || (isOpen && !mayUseModels);
    if (!isOffline && name !== undefined) {
      const { config } = project;
      const allowed = allowedRoute(config.ai, name, { task: "ask", available: keyed(config) });
      if (!allowed.value) throw new ProblemError(allowed.problems, 2);
    }
    const model = isOffline ? "offline" : name;
    const key = model ?? "";
    const router =
      open.get(key) ?? openAi(project, model === undefined ? {} : { model }).then((ai) => counted(ai, onCall));
    open.set(key, router);
    // A model that is not there today may be there after a key was set; nothing is kept of a failure.
    router.catch(() => open.delete(key));
    return await router;
  };
}

/** Every call counts for the month, and is heard of. */
function counted({ router, remember }: OpenedAi, onCall: ServedModelsOptions["onCall"]): Ai {
  return {
    chosen: (task, complexity) => router.chosen(task, complexity),
    async generate(request) {
      const outcome = await router.generate(request);
      for (const attempt of outcome.attempts) onCall?.(request.task, attempt);
      await remember();
      return outcome;
    },
  };
}
