import { expect, test } from "vitest";
import { fakeConnection } from "#test/support/fake-connection.ts";
import { shopModel } from "#test/support/shop.ts";
import { projectAssistant } from "./project-assistant.ts";
import type { QueryConnection } from "./query-connection.ts";

/** An assistant on a connection that notes by which signal each question to it can be called off. */
function noted() {
  const plain = fakeConnection();
  const signals: (AbortSignal | undefined)[] = [];
  const connection: QueryConnection = {
    ...plain,
    query: (request, how) => (signals.push(how?.signal), plain.query(request, how)),
    explain: (request, how) => (signals.push(how?.signal), plain.explain(request, how)),
    advise: (_question, how) => (signals.push(how?.signal), Promise.resolve([])),
  };
  const assistant = projectAssistant({
    connection,
    context: { model: shopModel(), queries: [], descriptions: {} },
    models: () => Promise.resolve(undefined),
    clock: { now: () => new Date("2026-01-02T03:04:05Z"), elapsed: () => 0 },
  });
  return { assistant, signals };
}

test("every query of a question and of an optimization is called off with its caller", async () => {
  const { signal } = new AbortController();
  const sql = "select id from sales.orders where customer_id in (select id from people.customers)";
  for (const work of [
    ({ assistant }: ReturnType<typeof noted>) => assistant.ask({ question: "how many orders are there" }, { signal }),
    ({ assistant }: ReturnType<typeof noted>) => assistant.optimize({ sql }, { signal }),
  ]) {
    const world = noted();
    await work(world);
    expect(world.signals.length).toBeGreaterThan(0);
    expect(world.signals.filter((one) => one !== signal)).toEqual([]);
  }
});
