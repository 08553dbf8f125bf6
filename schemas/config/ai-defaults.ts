/** Names under which providers stand in the configuration. `gemini-pro` is Gemini with a key that is paid for. */
export const aiProviders = ["anthropic", "openai", "gemini-pro", "gemini", "endpoint"] as const;
export type AiProvider = (typeof aiProviders)[number];

/** When the models, prices and limits below were last looked up. Every one can be set in the configuration. */
export const AI_DEFAULTS_AS_OF = "2026-11-23";

/** Who is asked first, by how hard the task is. One without a key is passed over; after the last, text is offline. */
export const defaultOrder: Readonly<Record<"simple" | "complex", readonly AiProvider[]>> = {
  simple: ["endpoint", "gemini", "gemini-pro", "openai", "anthropic"],
  complex: ["endpoint", "anthropic", "openai", "gemini-pro", "gemini"],
};

export const defaultModels: Readonly<Record<AiProvider, { readonly simple: string; readonly complex: string }>> = {
  anthropic: { simple: "claude-haiku-5-5", complex: "claude-sonnet-5-5" },
  openai: { simple: "gpt-5.4-mini", complex: "gpt-5.5" },
  "gemini-pro": { simple: "gemini-3.8-flash", complex: "gemini-pro-latest" },
  gemini: { simple: "gemini-3.8-flash", complex: "gemini-3.8-flash" },
  endpoint: { simple: "default", complex: "default" },
};

/** US dollars a million tokens, as the providers' price lists were quoted in public. Others cost tokens only. */
export const defaultPrices: Readonly<Record<string, { readonly input: number; readonly output: number }>> = {
  "claude-haiku-5-5": { input: 0.1, output: 0.5 },
  "claude-sonnet-5-5": { input: 2, output: 10 },
  "gemini-3.8-flash": { input: 0.75, output: 3.75 },
  "gpt-5.4-mini": { input: 0.75, output: 4.5 },
  "gpt-5.5": { input: 5, output: 30 },
};

/** Reports of the free tier's limits disagree, so the lowest of them holds until the configuration says more. */
export const defaultRates: Readonly<
  Record<AiProvider, { readonly requestsPerMinute: number; readonly concurrent: number }>
> = {
  anthropic: { requestsPerMinute: 50, concurrent: 2 },
  openai: { requestsPerMinute: 60, concurrent: 2 },
  "gemini-pro": { requestsPerMinute: 60, concurrent: 2 },
  gemini: { requestsPerMinute: 5, concurrent: 1 },
  endpoint: { requestsPerMinute: 600, concurrent: 1 },
};

/** Providers whose calls cost nothing, whatever the model. */
export const freeProviders: readonly AiProvider[] = ["gemini", "endpoint"];
