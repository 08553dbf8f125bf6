import type Anthropic from "@anthropic-ai/sdk";
import { portableSchema } from "../portable-schema.ts";
import type { Provider } from "../provider.ts";
import { callProvider, type StreamState } from "./call-provider.ts";
import { checkModel } from "./check-model.ts";
import type { ProviderOptions } from "./provider-options.ts";

/** Claude, by the Messages API. */
export function anthropic(options: ProviderOptions): Provider {
  let client: Anthropic | undefined;
  const open = async (): Promise<Anthropic> => {
    client ??= await openClient(options);
    return client;
  };
  return {
    id: "anthropic",
    generate: (request) =>
      callProvider(request, async (state, { signal, add }) => {
        const stream = await (
          await open()
        ).messages.create(
          {
            model: request.model,
            max_tokens: request.maxOutputTokens,
            system: request.system,
            messages: [{ role: "user", content: request.input }],
            output_config: {
              format: { type: "json_schema", schema: portableSchema(request.schema) },
              ...(takesEffort(request.model) && { effort: request.effort }),
            },
            stream: true,
          },
          { signal },
        );
        for await (const event of stream) readEvent(event, state, add);
      }),
    check: (model, signal) =>
      checkModel(
        model,
        signal,
        async (inner) => (await (await open()).models.retrieve(model, {}, { signal: inner })).id,
      ),
  };
}

async function openClient({ apiKey, baseUrl }: ProviderOptions): Promise<Anthropic> {
  const { default: Client } = await import("@anthropic-ai/sdk");
  return new Client({
    apiKey,
    // Else it would look for one in the environment.
    authToken: null,
    maxRetries: 0,
    logLevel: "off",
    baseURL: baseUrl ?? "https://api.anthropic.com",
  });
}

/** Effort came with the fifth generation; older models refuse it. */
const takesEffort = (model: string): boolean => /^claude-[a-z]+-(?:[5-9]|\d\d)(?:-|$)/.test(model);

function readEvent(event: Anthropic.RawMessageStreamEvent, state: StreamState, add: (delta: string) => void): void {
  switch (event.type) {
    case "message_start": {
      const { model, usage } = event.message;
      const cachedInput = usage.cache_read_input_tokens ?? 0;
      state.model = model;
      // `input_tokens` leaves out what was read from or written to the cache.
      const input = usage.input_tokens + cachedInput + (usage.cache_creation_input_tokens ?? 0);
      state.usage = { input, cachedInput, output: usage.output_tokens, reasoning: 0 };
      break;
    }
    case "content_block_delta":
      if (event.delta.type === "text_delta") add(event.delta.text);
      break;
    case "message_delta": {
      const { output_tokens: output, output_tokens_details: details } = event.usage;
      const before = state.usage ?? { input: 0, cachedInput: 0 };
      state.usage = { ...before, output, reasoning: details?.thinking_tokens ?? 0 };
      state.end = endOf(event.delta.stop_reason);
      break;
    }
    default:
  }
}

function endOf(reason: Anthropic.StopReason | null): StreamState["end"] {
  switch (reason) {
    case null:
      return undefined;
    case "max_tokens":
    case "model_context_window_exceeded":
      return "truncated";
    case "refusal":
      return "refused";
    default:
      return "complete";
  }
}
