import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProviders } from "#generators/ai/providers/open-providers.ts";
import { nothingSpent } from "#generators/ai/ledger.ts";
import { makeRouter } from "#generators/ai/router.ts";
import type { AiProvider } from "#schemas/config/ai-defaults.ts";
import { aiSchema } from "#schemas/config/ai.ts";
import { fakeConnection } from "#test/support/fake-connection.ts";
import { startModelServer, type ModelServer, type ServerStep } from "#test/support/model-server.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { createHandler } from "./handler.ts";
import { projectAssistant } from "./project-assistant.ts";
import { askEvent, type AskEvent } from "./schemas.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const clock = { now: () => new Date(0), elapsed: () => performance.now() };

/** A query function whose only model is one provider's, asked by its own SDK over a real connection. */
function handlerWith(provider: AiProvider) {
  const { urls } = server;
  const key = "sk-test-0123456789";
  const providers = openProviders({
    anthropicKey: key,
    openaiKey: key,
    geminiKey: key,
    geminiProKey: key,
    endpointKey: key,
    endpointUrl: urls.chat,
    anthropicUrl: urls.anthropic,
    openaiUrl: urls.openai,
    geminiUrl: urls.gemini,
  });
  const connection = fakeConnection();
  const router = makeRouter({
    settings: aiSchema.parse({}),
    providers,
    chosen: { provider, model: "some-model" },
    clock,
    sleep: async () => undefined,
    month: nothingSpent,
    jitter: () => 0,
  });
  const context = { model: shopModel, queries: [], descriptions: {} };
  const assistant = projectAssistant({ context, connection, models: async () => router, clock });
  return createHandler({ connections: [connection], assistants: new Map([["embedded", assistant]]) }).handle;
}

async function streamOf(provider: AiProvider, signal?: AbortSignal): Promise<readonly AskEvent[]> {
  const response = await handlerWith(provider)(
    new Request("http://localhost:4000/api/ask", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ question: "Which flibbertigibbet wobbles?" }),
      ...(signal && { signal }),
    }),
  );
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  return (await response.text())
    .split("\n\n")
    .flatMap((part) => part.split("\n").flatMap((line) => (line.startsWith("data: ") ? [line.slice(6)] : [])))
    .map((data) => askEvent.parse(JSON.parse(data)));
}

const answer: ServerStep = { kind: "answer", text: '{"sql":"select 1","reading":"The first of all orders."}' };

describe.each(["anthropic", "openai", "gemini", "endpoint"] as const)("a stream of %s", (provider) => {
  test("tells the text as it comes, and the checked answer at its end", async () => {
    server.play(answer);
    const events = await streamOf(provider);
    const text = events.map((event) => (event.kind === "text" ? event.delta : "")).join("");
    expect(JSON.parse(text)).toEqual({ sql: "select 1", reading: "The first of all orders." });
    expect(events.filter(({ kind }) => kind === "text").length).toBeGreaterThan(1);
    expect(events.at(-1)).toMatchObject({ kind: "answer", answer: { kind: "model", sql: "select 1", valid: true } });
  });

  test("says that a broken call is made again, and gives the second answer", async () => {
    server.play({ kind: "cut" }, answer);
    const events = await streamOf(provider);
    expect(events.filter(({ kind }) => kind === "restart")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ kind: "answer", answer: { kind: "model", valid: true } });
  });

  test.each(["cut", "early-end", "malformed", "reset"] as const)(
    "ends with what is known without a model, and says why: %s",
    async (kind) => {
      server.play({ kind });
      const events = await streamOf(provider);
      const last = events.at(-1);
      expect(last).toMatchObject({ kind: "answer", answer: { kind: "skeleton", model: "offline", valid: false } });
      expect(last?.kind === "answer" ? last.answer.notes.join(" ") : "").toContain(provider);
    },
  );

  test("ends when its reader leaves a model that hangs", async () => {
    server.play({ kind: "stall" });
    const before = server.calls.length;
    const left = new AbortController();
    const watch = setInterval(() => {
      if (server.calls.length > before) left.abort();
    }, 20);
    const events = await streamOf(provider, left.signal);
    clearInterval(watch);
    expect(events.at(-1)?.kind).not.toBe("text");
    expect(server.calls.length - before, "nothing is asked again").toBe(1);
  });
});
