import { expect, test } from "vitest";
import { fakeConnection } from "#test/support/fake-connection.ts";
import { precompute } from "./precompute.ts";

test("keeps answers by id without what differs from run to run, and says why one is missing", async () => {
  const answers = await precompute(
    [
      { id: "open-orders", sql: "select 1" },
      { id: "customer-orders", sql: "select id from sales.orders where id = $1" },
      { id: "clean-up", sql: "delete from sales.orders" },
      { id: "slow", sql: "select slow" },
    ],
    fakeConnection(),
  );
  expect(answers).toMatchObject({
    "open-orders": {
      result: { rows: [[1, "shop"]], truncated: false },
      plan: { tree: { node: "Result" }, warnings: [] },
    },
    "customer-orders": { plan: { text: "Result" }, problem: { code: "QG510" } },
    "clean-up": { problem: { code: "QG501" } },
    slow: { plan: {}, problem: { code: "QG502" } },
  });
  expect(JSON.stringify(answers)).not.toContain("elapsedMs");
});
