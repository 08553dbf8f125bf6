import { callProvider, type StreamState } from "#generators/ai/providers/call-provider.ts";
import { failureOf } from "#generators/ai/providers/failure-of.ts";
import { portableSchema } from "#generators/ai/portable-schema.ts";
import type { Provider, ProviderRequest } from "#generators/ai/provider.ts";
import type { OwnKey, OwnKeyProvider } from "./own-key.ts";
import { readEvents, refusedBy } from "./read-events.ts";

interface Call {
  readonly path: string;
  readonly body: unknown;
}
interface Api {
  headers(key: string): Record<string, string>;
  generate(request: ProviderRequest): Call;
  /** Reads one event of the stream. */
  read(event: unknown, state: StreamState, add: (delta: string) => void): void;
  readonly models: string;
  modelsOf(body: unknown): readonly string[];
}

/**
 * A service asked by the page itself with the reader's key: three calls of `fetch` in place of three libraries. The key
 * stands in a header only, never in an address.
 */
export function browserProvider(own: OwnKey): Provider {
  const api = apis[own.provider];
  return {
    id: own.provider,
    generate: (request) =>
      callProvider(request, async (state, { signal, add }) => {
        const { path, body } = api.generate(request);
        const response = await send(own, path, { method: "POST", body: JSON.stringify(body), signal });
        for await (const event of readEvents(response)) api.read(event, state, add);
      }),
    async check(model, signal) {
      try {
        const response = await send(own, api.models, { method: "GET", ...(signal && { signal }) });
        if (!response.ok) throw await refusedBy(response);
        return { kind: "ok", model };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** The models that the key may ask, in order of name. Throws what `failureOf` reads. */
export async function modelsOf(own: Omit<OwnKey, "model">, signal: AbortSignal): Promise<readonly string[]> {
  const api = apis[own.provider];
  const response = await send(own, api.models, { method: "GET", signal });
  if (!response.ok) throw await refusedBy(response);
  return api.modelsOf(await response.json()).toSorted();
}

function send(own: Omit<OwnKey, "model">, path: string, init: RequestInit): Promise<Response> {
  const headers = { "content-type": "application/json", ...apis[own.provider].headers(own.key) };
  // Neither a cookie nor the page's address goes along, and the key follows no redirect.
  const safe = { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error", cache: "no-store" } as const;
  return fetch(`${own.baseUrl}${path}`, { ...init, ...safe, headers });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const listAt = (value: unknown, key: string): readonly unknown[] => {
  const list: unknown = isObject(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
};
const textAt = (value: unknown, ...keys: readonly string[]): string => {
  let at: unknown = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return typeof at === "string" ? at : "";
};

const ids = (body: unknown, key: string, name: string): readonly string[] =>
  listAt(body, key).flatMap((one) => textAt(one, name) || []);

const openai: Api = {
  headers: (key): Record<string, string> => (key === "" ? {} : { authorization: `Bearer ${key}` }),
  generate: ({ model, system, input, schema, maxOutputTokens }) => ({
    path: "/chat/completions",
    body: {
      model,
      stream: true,
      max_completion_tokens: maxOutputTokens,
      messages: [
        { role: "system", content: system },
        { role: "user", content: input },
      ],
      response_format: {
        type: "json_schema",
        json_schema: { name: "answer", strict: true, schema: portableSchema(schema) },
      },
    },
  }),
  read(event, state, add) {
    state.model = textAt(event, "model") || state.model;
    const [choice] = listAt(event, "choices");
    add(textAt(choice, "delta", "content"));
    if (textAt(choice, "delta", "refusal") !== "") state.end = "refused";
    const reason = textAt(choice, "finish_reason");
    if (reason !== "" && state.end !== "refused") state.end = endOf(reason, { done: "stop", cut: "length" });
  },
  models: "/models",
  modelsOf: (body) => ids(body, "data", "id"),
};

const apis: Readonly<Record<OwnKeyProvider, Api>> = {
  openai,
  endpoint: openai,
  anthropic: {
    headers: (key) => ({
      "x-api-key": key,
      "anthropic-version": "2023-06-01",
      // Without it the service answers no page.
      "anthropic-dangerous-direct-browser-access": "true",
    }),
    generate: ({ model, system, input, schema, maxOutputTokens }) => ({
      path: "/v1/messages",
      body: {
        model,
        max_tokens: maxOutputTokens,
        system,
        messages: [{ role: "user", content: input }],
        output_config: { format: { type: "json_schema", schema: portableSchema(schema) } },
        stream: true,
      },
    }),
    read(event, state, add) {
      const type = textAt(event, "type");
      if (type === "message_start") state.model = textAt(event, "message", "model") || state.model;
      if (type === "content_block_delta") add(textAt(event, "delta", "text"));
      if (type === "error") throw Object.assign(new Error("The stream broke."), { error: event });
      const reason = textAt(event, "delta", "stop_reason");
      if (type !== "message_delta" || reason === "") return;
      state.end = endOf(reason, { done: "end_turn", cut: "max_tokens" });
    },
    models: "/v1/models?limit=100",
    modelsOf: (body) => ids(body, "data", "id"),
  },
  gemini: {
    headers: (key) => ({ "x-goog-api-key": key }),
    generate: ({ model, system, input, schema, maxOutputTokens }) => ({
      path: `/v1beta/models/${encodeURIComponent(model)}:streamGenerateContent?alt=sse`,
      body: {
        systemInstruction: { parts: [{ text: system }] },
        contents: [{ role: "user", parts: [{ text: input }] }],
        generationConfig: {
          responseMimeType: "application/json",
          responseJsonSchema: portableSchema(schema),
          maxOutputTokens,
          temperature: 0,
        },
      },
    }),
    read(event, state, add) {
      state.model = textAt(event, "modelVersion") || state.model;
      if (textAt(event, "promptFeedback", "blockReason") !== "") state.end = "refused";
      const [candidate] = listAt(event, "candidates");
      const content: unknown = isObject(candidate) ? candidate["content"] : undefined;
      for (const part of listAt(content, "parts")) {
        if (!isObject(part) || part["thought"] !== true) add(textAt(part, "text"));
      }
      const reason = textAt(candidate, "finishReason");
      if (reason !== "") state.end = endOf(reason, { done: "STOP", cut: "MAX_TOKENS" });
    },
    models: "/v1beta/models?pageSize=200",
    modelsOf: (body) => ids(body, "models", "name").map((name) => name.replace(/^models\//, "")),
  },
};

function endOf(reason: string, { done, cut }: { readonly done: string; readonly cut: string }): StreamState["end"] {
  if (reason === done) return "complete";
  return reason === cut ? "truncated" : "refused";
}
