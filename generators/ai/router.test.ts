import { describe, expect, test } from "vitest";
import { fakeAi } from "#test/support/fake-ai.ts";
import { fakeProvider } from "#test/support/fake-provider.ts";
import type { AiRequest } from "./ai.ts";
import { cases, good, prompt, schema, type Answer, type Case } from "#test/support/ai-router-cases.ts";

describe("the router", () => {
  const check = async ({ request, ai, by, attempts, slept, ...scripts }: Case) => {
    const providers = Object.fromEntries(
      (["gemini", "openai", "anthropic"] as const).flatMap((id) => {
        const steps = scripts[id];
        return steps ? [[id, fakeProvider(id, ...steps)]] : [];
      }),
    );
    const router = fakeAi({ ai, providers });
    const outcome = await router.generate({
      task: "describe-tables",
      prompt,
      schema,
      offline: () => ({ text: "Holds orders." }),
      ...request,
    });
    if (outcome.kind !== "answer") throw new Error(`no answer: ${outcome.message}`);
    expect([outcome.provider, outcome.because?.reason].filter(Boolean).join(" ")).toBe(by);
    expect(outcome.attempts.map(({ provider, outcome: end }) => `${provider} ${end}`)).toEqual(attempts);
    if (slept !== undefined) expect(router.slept()).toBe(slept);
  };
  test.each(cases)("$name", (one) => check(one));

  const ask = (router: ReturnType<typeof fakeAi>, more: Partial<AiRequest<Answer>> = {}) =>
    router.generate({ task: "describe-tables", prompt, schema, ...more });

  test("says why there is no answer when there is no offline text", async () => {
    const outcome = await ask(fakeAi());
    expect(outcome).toMatchObject({
      kind: "failure",
      reason: "no-provider",
      message: expect.stringContaining("GEMINI_API_KEY"),
    });
  });

  test("gives the answer that was refused and why to the repair", async () => {
    const gemini = fakeProvider("gemini", { answer: { text: "wrong" } }, good);
    await ask(fakeAi({ providers: { gemini } }), { check: ({ text }) => (text === "wrong" ? "Unknown: ordr." : null) });
    expect(gemini.dataOf(1)).toMatchObject({ rejected: { answer: '{"text":"wrong"}', because: "Unknown: ordr." } });
  });

  test("does not ask a provider again whose key was refused, and says so once", async () => {
    const warnings: string[] = [];
    const gemini = fakeProvider("gemini", { reason: "auth" });
    const router = fakeAi({
      providers: { gemini, openai: fakeProvider("openai", good) },
      onWarning: ({ route }) => warnings.push(route.provider),
    });
    await ask(router);
    await ask(router);
    expect([gemini.requests.length, warnings]).toEqual([1, ["gemini"]]);
  });

  test("lets a provider rest as long as it asked and then asks it again", async () => {
    const gemini = fakeProvider("gemini", { reason: "rate-limit", retryAfterMs: 90_000 }, good);
    const router = fakeAi({ providers: { gemini, openai: fakeProvider("openai", good) } });
    const order: string[] = [];
    for (const pause of [0, 60_000, 60_000]) {
      router.pass(pause);
      const outcome = await ask(router);
      order.push(outcome.kind === "answer" ? outcome.provider : outcome.reason);
    }
    expect(order).toEqual(["openai", "openai", "gemini"]);
  });

  test("asks the free tier no more than five times a minute", async () => {
    const gemini = fakeProvider("gemini", good);
    const router = fakeAi({ providers: { gemini } });
    for (let at = 0; at < 6; at += 1) await ask(router);
    expect([gemini.requests.length, router.slept()]).toEqual([6, 60_000]);
  });

  test("asks one at a time where the provider takes no more", async () => {
    let running = 0;
    let most = 0;
    const gemini = fakeProvider("gemini", async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return good;
    });
    const router = fakeAi({ providers: { gemini } });
    await Promise.all([ask(router), ask(router), ask(router)]);
    expect([most, gemini.requests.length]).toEqual([1, 3]);
  });

  test("ends when the time of the run is over", async () => {
    const gemini = fakeProvider("gemini", { reason: "rate-limit", retryAfterMs: 15_000 });
    const router = fakeAi({ providers: { gemini }, ai: { budget: { seconds: 10 } } });
    expect(await ask(router)).toMatchObject({ kind: "failure", reason: "budget" });
    expect(router.slept()).toBe(0);
  });

  test("counts failed calls, tokens and cost by task and model", async () => {
    const anthropic = fakeProvider("anthropic", { text: "no", usage: { input: 1_000_000, output: 0 } }, good);
    const router = fakeAi({ providers: { anthropic }, ai: { budget: { tokens: 9_000_000, cost: 9 } } });
    await ask(router, { complexity: "complex" });
    expect(router.ledger.lines()).toMatchObject([
      { task: "describe-tables", provider: "anthropic", calls: 2, tokens: 1_000_120, failed: 1, isPriced: true },
    ]);
  });

  test("makes the same calls at a time as the budget holds, not one more", async () => {
    const openai = fakeProvider("openai", good);
    const router = fakeAi({ providers: { openai }, ai: { budget: { calls: 2 } } });
    const outcomes = await Promise.all([ask(router), ask(router), ask(router)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["answer", "answer", "failure"]);
    expect(openai.requests.length).toBe(2);
  });

  test("asks the model chosen by hand and no other", async () => {
    const gemini = fakeProvider("gemini", { reason: "refused" });
    const openai = fakeProvider("openai", good);
    const router = fakeAi({ providers: { gemini, openai }, chosen: { provider: "gemini", model: "gemini-x" } });
    expect(await ask(router)).toMatchObject({ kind: "failure", reason: "refused" });
    expect([gemini.requests[0]?.model, openai.requests.length]).toEqual(["gemini-x", 0]);
  });

  test("starts nothing once it was stopped", async () => {
    const gemini = fakeProvider("gemini", good);
    expect(await ask(fakeAi({ providers: { gemini } }), { signal: AbortSignal.abort() })).toMatchObject({
      reason: "stopped",
    });
    expect(gemini.requests.length).toBe(0);
  });

  test("streams the text and says when it starts over", async () => {
    const events: string[] = [];
    const gemini = fakeProvider("gemini", { text: "no" }, good);
    await ask(fakeAi({ providers: { gemini } }), {
      onEvent: (event) => events.push(event.kind === "text" ? event.delta : event.kind),
    });
    expect(events.join("|")).toMatch(/^no\|restart\|\{"text":/);
  });
});
