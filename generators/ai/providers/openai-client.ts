import type OpenAI from "openai";
import type { ProviderOptions } from "./provider-options.ts";

/** Loads the SDK and makes its client on the first call. */
export function openClient({ apiKey, baseUrl }: Required<ProviderOptions>): () => Promise<OpenAI> {
  let client: OpenAI | undefined;
  return async () => {
    if (client) return client;
    const { default: Client } = await import("openai");
    client = new Client({ apiKey, baseURL: baseUrl, maxRetries: 0, logLevel: "off" });
    return client;
  };
}
