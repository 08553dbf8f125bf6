import type OpenAI from "openai";
import { portableSchema } from "../portable-schema.ts";
import type { Provider } from "../provider.ts";
import { callProvider, type StreamState } from "./call-provider.ts";
import { checkModel } from "./check-model.ts";
import { failureError } from "./failure-of.ts";
import { openClient } from "./openai-client.ts";
import type { ProviderOptions } from "./provider-options.ts";

/** Any server that speaks OpenAI's chat protocol, such as one with models of one's own. */
export function endpoint(options: Required<ProviderOptions>): Provider {
  const open = openClient(options);
  return {
    id: "endpoint",
    generate: (request) =>
      callProvider(request, async (state, { signal, add }) => {
        const client = await open();
        const schema = portableSchema(request.schema);
        const stream = await client.chat.completions.create(
          {
            model: request.model,
            messages: [
              // Not every server holds a model to the schema, so the model is told as well.
              { role: "system", content: `${request.system}\nSchema: ${JSON.stringify(schema)}` },
              { role: "user", content: request.input },
            ],
            max_tokens: request.maxOutputTokens,
            temperature: 0,
            seed: 7,
            response_format: { type: "json_schema", json_schema: { name: "answer", schema, strict: true } },
            stream: true,
            stream_options: { include_usage: true },
          },
          { signal },
        );
        for await (const chunk of stream) readChunk(chunk, state, add);
      }),
    check: (model, signal) =>
      checkModel(model, signal, async (inner) => {
        const { data } = await (await open()).models.list({ signal: inner });
        const names = data.map(({ id }) => id);
        if (model !== "default" && !names.includes(model)) throw failureError({ code: "model_not_found", status: 404 });
        return model === "default" ? names[0] : model;
      }),
  };
}

function readChunk(chunk: OpenAI.ChatCompletionChunk, state: StreamState, add: (delta: string) => void): void {
  state.model = chunk.model;
  const { usage } = chunk;
  if (usage) {
    state.usage = {
      input: usage.prompt_tokens,
      cachedInput: usage.prompt_tokens_details?.cached_tokens ?? 0,
      output: usage.completion_tokens,
      reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    };
  }
  const [choice] = chunk.choices;
  if (!choice) return;
  add(choice.delta.content ?? "");
  const isRefusal = (choice.delta.refusal ?? "") !== "" || choice.finish_reason === "content_filter";
  if (isRefusal) state.end = "refused";
  else if (choice.finish_reason === "length") state.end = "truncated";
  else if (choice.finish_reason !== null) state.end ??= "complete";
}
