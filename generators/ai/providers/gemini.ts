import type { GenerateContentResponse, GoogleGenAI } from "@google/genai";
import { portableSchema } from "../portable-schema.ts";
import type { Provider } from "../provider.ts";
import { callProvider, type StreamState } from "./call-provider.ts";
import { checkModel } from "./check-model.ts";
import type { ProviderOptions } from "./provider-options.ts";

/** Gemini, by the Developer API. `id` tells the free key from one that is paid for. */
export function gemini(options: ProviderOptions, id: "gemini" | "gemini-pro" = "gemini"): Provider {
  let client: GoogleGenAI | undefined;
  const open = async (): Promise<GoogleGenAI> => {
    client ??= await openClient(options);
    return client;
  };
  return {
    id,
    generate: (request) =>
      callProvider(request, async (state, { signal, add }) => {
        const stream = await (
          await open()
        ).models.generateContentStream({
          model: request.model,
          contents: request.input,
          config: {
            systemInstruction: request.system,
            responseMimeType: "application/json",
            responseJsonSchema: portableSchema(request.schema),
            maxOutputTokens: request.maxOutputTokens,
            temperature: 0,
            seed: 7,
            abortSignal: signal,
          },
        });
        for await (const chunk of stream) readChunk(chunk, state, add);
      }),
    check: (model, signal) =>
      checkModel(model, signal, async (inner) => {
        const found = await (await open()).models.get({ model, config: { abortSignal: inner } });
        return found.name?.replace(/^models\//, "");
      }),
  };
}

async function openClient({ apiKey, baseUrl }: ProviderOptions): Promise<GoogleGenAI> {
  const { GoogleGenAI: Client } = await import("@google/genai");
  // Without `vertexai: false` a variable of the environment could send the prompt elsewhere.
  return new Client({
    apiKey,
    vertexai: false,
    httpOptions: { baseUrl: baseUrl ?? "https://generativelanguage.googleapis.com" },
  });
}

function readChunk(chunk: GenerateContentResponse, state: StreamState, add: (delta: string) => void): void {
  const { usageMetadata: usage, promptFeedback, candidates } = chunk;
  if (chunk.modelVersion !== undefined) state.model = chunk.modelVersion;
  if (usage) {
    const reasoning = usage.thoughtsTokenCount ?? 0;
    state.usage = {
      input: (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0),
      cachedInput: usage.cachedContentTokenCount ?? 0,
      // `candidatesTokenCount` leaves out the thoughts.
      output: (usage.candidatesTokenCount ?? 0) + reasoning,
      reasoning,
    };
  }
  if (promptFeedback?.blockReason !== undefined) state.end = "refused";
  const [candidate] = candidates ?? [];
  for (const part of candidate?.content?.parts ?? []) if (part.thought !== true) add(part.text ?? "");
  if (candidate?.finishReason !== undefined) state.end = endOf(candidate.finishReason);
}

function endOf(reason: string): StreamState["end"] {
  if (reason === "STOP") return "complete";
  return reason === "MAX_TOKENS" ? "truncated" : "refused";
}
