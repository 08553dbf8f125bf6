import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startModelServer, type ModelServer, type ServerStep } from "#test/support/model-server.ts";
import type { Protocol, WireFault } from "#test/support/model-wire.ts";
import type { FailureReason, Provider, ProviderReply, ProviderRequest } from "../provider.ts";
import { openProviders } from "./open-providers.ts";

const KEY = "sk-test-0123456789abcdef0123456789";
const TEXT = '{"text":"Orders of the shop, one row each, never deleted."}';

const request: ProviderRequest = {
  task: "describe-tables",
  model: "some-model",
  system: "Describe the tables.",
  input: '{"data":{"names":["sales.orders"]}}',
  schema: {
    type: "object",
    properties: { text: { type: "string", minLength: 1 } },
    required: ["text"],
    additionalProperties: false,
  },
  maxOutputTokens: 1000,
  effort: "low",
  timeoutMs: 10_000,
};

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

/** Each provider with the wire it speaks and the path its answers come from. */
const subjects: readonly (readonly [
  id: "anthropic" | "openai" | "gemini" | "gemini-pro" | "endpoint",
  protocol: Protocol,
  path: string,
])[] = [
  ["anthropic", "anthropic", "/v1/messages"],
  ["openai", "openai", "/v1/responses"],
  ["endpoint", "chat", "/v1/chat/completions"],
  ["gemini", "gemini", "/v1beta/models/some-model:streamGenerateContent?alt=sse"],
  ["gemini-pro", "gemini", "/v1beta/models/some-model:streamGenerateContent?alt=sse"],
];

function open(id: (typeof subjects)[number][0]): Provider {
  const { urls } = server;
  const providers = openProviders({
    anthropicKey: KEY,
    openaiKey: KEY,
    geminiKey: KEY,
    geminiProKey: KEY,
    endpointKey: KEY,
    endpointUrl: urls.chat,
    anthropicUrl: urls.anthropic,
    openaiUrl: urls.openai,
    geminiUrl: urls.gemini,
  });
  const provider = providers[id];
  if (!provider) throw new Error(`${id} is not among the providers`);
  return provider;
}

interface Fault {
  readonly name: string;
  readonly step: ServerStep;
  readonly reason: FailureReason;
  readonly retryAfterMs?: number;
}

const faults: readonly Fault[] = [
  {
    name: "a rate limit with its pause",
    step: { kind: "fault", fault: "rate-limit", seconds: 17 },
    reason: "rate-limit",
    retryAfterMs: 17_000,
  },
  {
    name: "a rate limit of an hour",
    step: { kind: "fault", fault: "rate-limit", seconds: 3600 },
    reason: "rate-limit",
    retryAfterMs: 3_600_000,
  },
  { name: "a rate limit without a time", step: { kind: "fault", fault: "rate-limit" }, reason: "rate-limit" },
  { name: "a key that is refused", step: { kind: "fault", fault: "auth" }, reason: "auth" },
  { name: "an account that is not paid", step: { kind: "fault", fault: "payment" }, reason: "payment" },
  { name: "a model that is not known", step: { kind: "fault", fault: "unknown-model" }, reason: "unknown-model" },
  { name: "a service that is overloaded", step: { kind: "fault", fault: "overloaded" }, reason: "overloaded" },
  { name: "a question that is too long", step: { kind: "fault", fault: "context" }, reason: "context-too-long" },
  { name: "a request that is refused", step: { kind: "fault", fault: "bad-request" }, reason: "bad-request" },
  { name: "a connection that is reset", step: { kind: "reset" }, reason: "network" },
  { name: "a stream that is cut", step: { kind: "cut" }, reason: "network" },
  { name: "a stream that ends early", step: { kind: "early-end" }, reason: "network" },
  { name: "a fault of the service", step: { kind: "page", status: 500 }, reason: "overloaded" },
  { name: "a proxy that reaches nothing", step: { kind: "page", status: 502 }, reason: "overloaded" },
  { name: "a proxy that waits in vain", step: { kind: "page", status: 504 }, reason: "timeout" },
  { name: "a wall that lets nobody through", step: { kind: "page", status: 403 }, reason: "auth" },
  { name: "an event that is no JSON", step: { kind: "malformed" }, reason: "malformed" },
  {
    name: "an answer that is cut at its limit",
    step: { kind: "answer", text: '{"text":"Ord', end: "truncated" },
    reason: "truncated",
  },
  { name: "a refusal", step: { kind: "answer", text: "I cannot help with that.", end: "refused" }, reason: "refused" },
];

describe.each(subjects)("provider %s", (id, protocol, path) => {
  const ask = (more: Partial<ProviderRequest> = {}): Promise<ProviderReply> =>
    open(id).generate({ ...request, ...more });

  test("gives the text, the model and the tokens in one meaning", async () => {
    server.play({ kind: "answer", text: TEXT });
    expect(await ask()).toEqual({
      kind: "answer",
      text: TEXT,
      model: "some-model",
      usage: { input: 120, cachedInput: 20, output: 45, reasoning: 15 },
    });
  });

  test("sends key, model, both texts and a schema that every provider takes", async () => {
    server.play({ kind: "answer", text: TEXT });
    await ask();
    const call = server.calls.at(-1);
    expect(call).toMatchObject({ protocol, path, key: KEY, model: "some-model" });
    expect(call?.text).toContain("Describe the tables.");
    expect(call?.text).toContain(JSON.stringify(request.input).slice(1, -1));
    expect(call?.text).toContain('"additionalProperties":false');
    expect(call?.text).not.toContain("minLength");
  });

  test("streams the text in order", async () => {
    server.play({ kind: "answer", text: TEXT });
    const deltas: string[] = [];
    await ask({ onText: (delta) => deltas.push(delta) });
    expect([deltas.length > 1, deltas.join("")]).toEqual([true, TEXT]);
  });

  test.each(faults)("tells $name", async ({ step, reason, retryAfterMs }) => {
    server.play(step);
    const before = server.calls.length;
    const reply = await ask();
    expect(reply).toMatchObject({ kind: "failure", reason });
    expect(reply.kind === "failure" ? reply.retryAfterMs : null).toBe(retryAfterMs);
    expect(server.calls.length - before, "calls: nothing is retried here").toBe(1);
    expect(JSON.stringify(reply)).not.toContain(KEY);
  });

  test.each(["hang", "stall"] as const)("ends a call that lasts too long: %s", async (kind) => {
    server.play({ kind });
    expect(await ask({ timeoutMs: 300 })).toMatchObject({ kind: "failure", reason: "timeout" });
  });

  test("ends at once when it is stopped", async () => {
    server.play({ kind: "stall" });
    const controller = new AbortController();
    const reply = ask({ signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    expect(await reply).toMatchObject({ kind: "failure", reason: "stopped" });
  });

  test("counts the tokens of an answer that cannot be used", async () => {
    server.play({ kind: "answer", text: '{"text":"Ord', end: "truncated" });
    expect(await ask()).toMatchObject({ usage: { input: 120, output: 45 } });
  });

  test("checks key and model without asking for an answer", async () => {
    server.play({ kind: "answer", text: TEXT });
    const before = server.calls.length;
    const model = id === "endpoint" ? "local-model" : "some-model";
    expect(await open(id).check(model)).toEqual({ kind: "ok", model });
    expect(server.calls.length).toBe(before);
  });

  test.each(["auth", "unknown-model"] as const)("finds %s when it checks", async (fault: WireFault) => {
    server.play({ kind: "fault", fault });
    expect(await open(id).check("some-model")).toMatchObject({ kind: "failure", reason: fault });
  });
});

test("gemini tells the quota of the day", async () => {
  server.play({ kind: "fault", fault: "daily-quota", seconds: 40 });
  expect(await open("gemini").generate(request)).toMatchObject({ kind: "failure", reason: "daily-quota" });
});

describe("the server of these tests", () => {
  test("shows a client that retries by itself", async () => {
    const { default: OpenAI } = await import("openai");
    const { default: Anthropic } = await import("@anthropic-ai/sdk");
    const step: ServerStep = { kind: "fault", fault: "rate-limit", seconds: 0 };
    server.play(step);
    const before = server.calls.length;
    const messages = [{ role: "user" as const, content: "?" }];
    const careless = [
      new OpenAI({ apiKey: KEY, baseURL: server.urls.chat }).chat.completions.create({ model: "some-model", messages }),
      new Anthropic({ apiKey: KEY, baseURL: server.urls.anthropic }).messages.create({
        model: "some-model",
        max_tokens: 9,
        messages,
      }),
    ];
    await Promise.allSettled(careless);
    expect(server.calls.length - before, "two clients, each asking three times").toBe(6);
  });

  test("shows a client that takes half an answer for a whole one", async () => {
    const { default: OpenAI } = await import("openai");
    server.play({ kind: "early-end" });
    const client = new OpenAI({ apiKey: KEY, baseURL: server.urls.chat });
    const stream = await client.chat.completions.create({ model: "m", messages: [], stream: true });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    expect(text).not.toBe("");
  });
});
