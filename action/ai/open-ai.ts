import { parseEnvironment, type Environment } from "#schemas/config/environment.ts";
import type { AiProvider } from "#schemas/config/ai-defaults.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { openProviders } from "#generators/ai/providers/open-providers.ts";
import { makeRouter, type Router } from "#generators/ai/router.ts";
import { chooseRoute } from "#generators/ai/settings.ts";
import type { Provider } from "#generators/ai/provider.ts";
import type { Config } from "#schemas/config/schema.ts";
import type { Project } from "../project.ts";
import type { AiUsageLine } from "#schemas/json/ai-usage.ts";
import { plus } from "#generators/ai/ledger.ts";
import { addOwnUsage, linesSince, monthBefore, readOwnUsage, readUsage, usageLines } from "./usage-file.ts";

export interface OpenedAi {
  readonly router: Router;
  /** What was given up and why; grows while models are asked. */
  readonly problems: readonly Problem[];
  /** Counts what was used so far for the month. For runs that write no usage file. */
  readonly remember: () => Promise<void>;
}

/** The router for a project, with the keys of the environment. `model` is what `--model` says; `offline` chooses none. */
export async function openAi(
  project: Pick<Project, "config" | "workspace" | "clock" | "store" | "root">,
  { model }: { readonly model?: string } = {},
): Promise<OpenedAi> {
  const providers = environmentProviders(project.config.ai);
  const available = aiProviders(providers);
  const isOffline = model === "offline";
  const chosen = model === undefined || isOffline ? null : chooseRoute(project.config.ai, model, available);
  if (chosen && !chosen.value) throw new ProblemError(chosen.problems, 2);
  const problems: Problem[] = [];
  const { value: usage } = await readUsage(project);
  const now = project.clock.now();
  const router = makeRouter({
    settings: isOffline ? { ...project.config.ai, enabled: false } : project.config.ai,
    providers,
    clock: project.clock,
    sleep,
    month: plus(monthBefore(usage, now), monthBefore(await readOwnUsage(project), now)),
    jitter: Math.random,
    ...(chosen?.value && { chosen: chosen.value }),
    onWarning: ({ route, message, help }) => {
      problems.push({
        code: "QG782",
        severity: "warning",
        message: `${route.provider} (${route.model}) was given up: ${message}`,
        help,
      });
    },
  });
  let told: readonly AiUsageLine[] = [];
  return {
    router,
    problems,
    async remember() {
      const lines = usageLines(router.ledger.lines());
      const fresh = linesSince(told, lines);
      told = lines;
      await addOwnUsage(project, fresh);
    },
  };
}

/** The providers that the environment has keys for. */
export function environmentProviders(
  ai: Pick<Config["ai"], "endpoint">,
  environment: Environment | null = parseEnvironment(process.env).value,
): Readonly<Partial<Record<AiProvider, Provider>>> {
  return openProviders({
    anthropicKey: environment?.ANTHROPIC_API_KEY,
    openaiKey: environment?.OPENAI_API_KEY,
    geminiKey: environment?.GEMINI_API_KEY,
    geminiProKey: environment?.GEMINI_PRO_API_KEY,
    endpointKey: environment?.AI_ENDPOINT_API_KEY,
    endpointUrl: ai.endpoint,
    anthropicUrl: environment?.ANTHROPIC_BASE_URL,
    openaiUrl: environment?.OPENAI_BASE_URL,
    geminiUrl: environment?.GOOGLE_GEMINI_BASE_URL,
  });
}

const ALL: readonly AiProvider[] = ["anthropic", "openai", "gemini-pro", "gemini", "endpoint"];

export const aiProviders = (providers: Readonly<Partial<Record<AiProvider, Provider>>>): readonly AiProvider[] =>
  ALL.filter((id) => providers[id] !== undefined);

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timeout);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timeout = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end, { once: true });
  });
}
