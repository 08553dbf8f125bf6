import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProviderReply, ProviderRequest } from "#generators/ai/provider.ts";
import { startModelServer, type ModelServer, type ServerStep } from "#test/support/model-server.ts";
import type { Protocol } from "#test/support/model-wire.ts";
import { browserProvider } from "./browser-provider.ts";
import type { OwnKey, OwnKeyProvider } from "./own-key.ts";

const KEY = "sk-test-0123456789abcdef0123456789";
const TEXT = '{"sql":"select 1","reading":"One, as asked: “ä”."}';

const request: ProviderRequest = {
  task: "ask",
  model: "some-model",
  system: "Write a query.",
  input: '{"data":{"question":"how many orders"}}',
  schema: { type: "object", properties: { sql: { type: "string" } }, required: ["sql"], additionalProperties: false },
  maxOutputTokens: 1000,
  effort: "low",
  timeoutMs: 10_000,
};

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const subjects: readonly (readonly [provider: OwnKeyProvider, protocol: Protocol, path: string])[] = [
  ["anthropic", "anthropic", "/v1/messages"],
  ["endpoint", "chat", "/v1/chat/completions"],
  ["gemini", "gemini", "/v1beta/models/some-model:streamGenerateContent?alt=sse"],
];

const faults: readonly (readonly [name: string, step: ServerStep, reason: string])[] = [
  ["a rate limit", { kind: "fault", fault: "rate-limit", seconds: 17 }, "rate-limit"],
  ["a key that is refused", { kind: "fault", fault: "auth" }, "auth"],
  ["an account that is not paid", { kind: "fault", fault: "payment" }, "payment"],
  ["a model that is not known", { kind: "fault", fault: "unknown-model" }, "unknown-model"],
  ["a service that is overloaded", { kind: "fault", fault: "overloaded" }, "overloaded"],
  ["a question that is too long", { kind: "fault", fault: "context" }, "context-too-long"],
  ["a connection that is reset", { kind: "reset" }, "network"],
  ["a stream that is cut", { kind: "cut" }, "network"],
  ["a stream that ends early", { kind: "early-end" }, "network"],
  ["an event that is no JSON", { kind: "malformed" }, "malformed"],
  ["an answer that is cut at its limit", { kind: "answer", text: '{"sql":"sel', end: "truncated" }, "truncated"],
  ["a refusal", { kind: "answer", text: "No.", end: "refused" }, "refused"],
];

describe.each(subjects)("a reader's own key for %s", (provider, protocol, path) => {
  const own = (): OwnKey => ({ provider, key: KEY, model: "some-model", baseUrl: server.urls[protocol] });
  const ask = (more: Partial<ProviderRequest> = {}): Promise<ProviderReply> =>
    browserProvider(own()).generate({ ...request, ...more });

  test("gives the text as it comes and the model", async () => {
    server.play({ kind: "answer", text: TEXT });
    const parts: string[] = [];
    expect(await ask({ onText: (part) => parts.push(part) })).toMatchObject({
      kind: "answer",
      text: TEXT,
      model: "some-model",
    });
    expect(parts.join("")).toBe(TEXT);
    expect(parts.length).toBeGreaterThan(1);
  });

  test("sends the key in a header, never in an address", async () => {
    server.play({ kind: "answer", text: TEXT });
    await ask();
    expect(server.calls.at(-1)).toMatchObject({ protocol, path, key: KEY, model: "some-model" });
    expect(JSON.stringify(server.calls.at(-1)?.path)).not.toContain(KEY);
  });

  test.each(faults)("tells %s", async (_name, step, reason) => {
    server.play(step);
    const reply = await ask();
    expect(reply).toMatchObject({ kind: "failure", reason });
    expect(JSON.stringify(reply)).not.toContain(KEY);
  });

  test("stops when it is told to", async () => {
    server.play({ kind: "answer", text: TEXT });
    expect(await ask({ signal: AbortSignal.abort() })).toMatchObject({ kind: "failure", reason: "stopped" });
  });
});
