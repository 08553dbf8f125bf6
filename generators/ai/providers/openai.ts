import type OpenAI from "openai";
import { portableSchema } from "../portable-schema.ts";
import type { Provider } from "../provider.ts";
import { callProvider, type StreamState } from "./call-provider.ts";
import { checkModel } from "./check-model.ts";
import { failureError } from "./failure-of.ts";
import { openClient } from "./openai-client.ts";
import type { ProviderOptions } from "./provider-options.ts";

/** OpenAI, by the Responses API. Nothing is stored there. */
export function openai(options: ProviderOptions): Provider {
  const open = openClient({ ...options, baseUrl: options.baseUrl ?? "https://api.openai.com/v1" });
  return {
    id: "openai",
    generate: (request) =>
      callProvider(request, async (state, { signal, add }) => {
        const client = await open();
        const stream = await client.responses.create(
          {
            model: request.model,
            instructions: request.system,
            input: request.input,
            max_output_tokens: request.maxOutputTokens,
            text: {
              format: { type: "json_schema", name: "answer", schema: portableSchema(request.schema), strict: true },
            },
            ...(reasons(request.model) && { reasoning: { effort: request.effort } }),
            store: false,
            stream: true,
          },
          { signal },
        );
        for await (const event of stream) readEvent(event, state, add);
      }),
    check: (model, signal) =>
      checkModel(model, signal, async (inner) => (await (await open()).models.retrieve(model, { signal: inner })).id),
  };
}

/** Models that think before they answer; the others refuse to be told how hard. */
const reasons = (model: string): boolean => /^(?:gpt-(?:[5-9]|\d\d)|o\d)/.test(model) && !model.includes("-chat");

function readEvent(
  event: OpenAI.Responses.ResponseStreamEvent,
  state: StreamState,
  add: (delta: string) => void,
): void {
  switch (event.type) {
    case "response.output_text.delta":
      add(event.delta);
      break;
    case "response.refusal.delta":
      state.end = "refused";
      break;
    case "response.completed":
      readResponse(event.response, state);
      state.end ??= "complete";
      break;
    case "response.incomplete":
      readResponse(event.response, state);
      state.end = event.response.incomplete_details?.reason === "content_filter" ? "refused" : "truncated";
      break;
    case "response.failed":
      readResponse(event.response, state);
      throw failureError(event.response.error);
    case "error":
      throw failureError(event);
    default:
  }
}

function readResponse({ model, usage }: OpenAI.Responses.Response, state: StreamState): void {
  state.model = model;
  if (!usage) return;
  state.usage = {
    input: usage.input_tokens,
    cachedInput: usage.input_tokens_details.cached_tokens,
    output: usage.output_tokens,
    reasoning: usage.output_tokens_details.reasoning_tokens,
  };
}
