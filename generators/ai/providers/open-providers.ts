import type { AiProvider } from "#schemas/config/ai-defaults.ts";
import type { Provider } from "../provider.ts";
import { anthropic } from "./anthropic.ts";
import { endpoint } from "./endpoint.ts";
import { gemini } from "./gemini.ts";
import { openai } from "./openai.ts";

/** Keys and addresses, as the edge read them from the environment and the configuration. */
export interface ProviderAccess {
  readonly anthropicKey?: string | undefined;
  readonly openaiKey?: string | undefined;
  readonly geminiKey?: string | undefined;
  readonly geminiProKey?: string | undefined;
  readonly endpointKey?: string | undefined;
  /** `ai.endpoint`. */
  readonly endpointUrl?: string | undefined;
  readonly anthropicUrl?: string | undefined;
  readonly openaiUrl?: string | undefined;
  readonly geminiUrl?: string | undefined;
}

/** The providers that can be asked. No SDK is loaded until one is. */
export function openProviders(access: ProviderAccess): Readonly<Partial<Record<AiProvider, Provider>>> {
  const { anthropicKey, openaiKey, geminiKey, geminiProKey, endpointUrl } = access;
  return {
    ...(anthropicKey !== undefined && { anthropic: anthropic(reach(anthropicKey, access.anthropicUrl)) }),
    ...(openaiKey !== undefined && { openai: openai(reach(openaiKey, access.openaiUrl)) }),
    ...(geminiProKey !== undefined && { "gemini-pro": gemini(reach(geminiProKey, access.geminiUrl), "gemini-pro") }),
    ...(geminiKey !== undefined && { gemini: gemini(reach(geminiKey, access.geminiUrl)) }),
    // Servers of one's own often want no key, but the SDK does.
    ...(endpointUrl !== undefined && {
      endpoint: endpoint({ apiKey: access.endpointKey ?? "none", baseUrl: endpointUrl }),
    }),
  };
}

function reach(apiKey: string, baseUrl: string | undefined) {
  return { apiKey, ...(baseUrl !== undefined && { baseUrl }) };
}
