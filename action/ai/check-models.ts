import { findConfig } from "#schemas/config/find.ts";
import { aiSchema } from "#schemas/config/ai.ts";
import type { AiProvider } from "#schemas/config/ai-defaults.ts";
import { parseEnvironment } from "#schemas/config/environment.ts";
import type { Config } from "#schemas/config/schema.ts";
import type { DoctorResult } from "#schemas/json/doctor.ts";
import type { Provider, ProviderFailure } from "#generators/ai/provider.ts";
import { keyVariables, modelOf } from "#generators/ai/settings.ts";
import type { CommandInput } from "../commands/command.ts";
import { defaultConfig } from "../default-config.ts";
import { folderWorkspace } from "../workspace/folder-workspace.ts";
import { aiProviders, environmentProviders } from "./open-ai.ts";

type Check = DoctorResult["checks"][number];

/** One check for each key: whether it opens the models that would be asked. A look-up costs no tokens. */
export async function checkModels({ globals }: Pick<CommandInput, "globals">): Promise<readonly Check[]> {
  const environment = parseEnvironment(process.env);
  if (!environment.value) {
    const words = environment.problems.map(({ message, help }) => `${message}. ${help ?? ""}`).join(" ");
    return [{ name: "environment", status: "failed", detail: words }];
  }
  const ai = await settings(globals.cwd, globals.config);
  const providers = environmentProviders(ai, environment.value);
  const ids = aiProviders(providers);
  if (ids.length === 0)
    return [{ name: "ai keys", status: "ok", detail: "none set; texts are written offline, nothing is missing" }];
  if (globals.offline || !ai.enabled || ai.privacy === "off") {
    const why = globals.offline ? "not tried (--offline)" : "not used (ai.enabled or ai.privacy says so)";
    return [{ name: "ai keys", status: "ok", detail: `${ids.join(", ")}: ${why}` }];
  }
  return Promise.all(ids.map((id) => checkProvider(id, providers[id], ai)));
}

async function checkProvider(id: AiProvider, provider: Provider | undefined, ai: Config["ai"]): Promise<Check> {
  const models = [...new Set((["simple", "complex"] as const).map((complexity) => modelOf(ai, id, complexity)))];
  const found: string[] = [];
  for (const model of models) {
    const result = await provider?.check(model);
    if (result?.kind === "failure") return { name: id, status: "warning", detail: mend(id, model, result) };
    if (result) found.push(result.model);
  }
  return { name: id, status: "ok", detail: `key accepted; asks ${found.join(" and ")}` };
}

/** A key that does not work stops nothing, so it is a warning; texts come from another provider or offline. */
function mend(id: AiProvider, model: string, { reason, message }: ProviderFailure): string {
  const what = `${model}: ${message}`;
  if (reason === "unknown-model") return `${what}; set ai.models.${id} to a model that the account has`;
  if (reason === "auth" || reason === "payment") return `${what}; check ${keyVariables[id]}`;
  return `${what}; texts are offline until it answers`;
}

async function settings(cwd: string, path: string | undefined): Promise<Config["ai"]> {
  // A configuration that cannot be read is another check's news; the keys are tried with the defaults then.
  const { value } = await defaultConfig()
    .then((defaults) => findConfig(folderWorkspace(cwd), path, defaults))
    .catch(() => ({ value: { loaded: null } }));
  const parsed = aiSchema.safeParse(value.loaded?.file.ai ?? {});
  return parsed.success ? parsed.data : aiSchema.parse({});
}
