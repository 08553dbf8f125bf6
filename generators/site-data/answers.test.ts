import { describe, expect, it } from "vitest";
import { shopModel } from "#test/support/shop.ts";
import type { SavedQuery } from "../generator.ts";
import { sampleQueries, siteAnswers } from "./answers.ts";

const openOrders: SavedQuery = {
  id: "open-orders",
  path: "queries/open-orders.sql",
  title: "Open orders by age",
  sql: "select order_no from sales.orders",
  origin: { file: "queries/open-orders.sql", line: 1, column: 1 },
  uses: ["sales.orders"],
};
const rows = (number: number) => ({
  columns: [{ name: "order_no" }],
  rows: Array.from({ length: number }, (_, at) => [`S-${at}`]),
  rowCount: number,
  truncated: false,
});

describe("siteAnswers", () => {
  it("shows some sample rows and tells how many there are", () => {
    const { samples } = siteAnswers([], { queries: {}, samples: { "sales.orders": { result: rows(20) } } });
    expect(samples["sales.orders"]).toMatchObject({
      rowCount: 20,
      rows: [["S-0"], ["S-1"], ["S-2"], ["S-3"], ["S-4"]],
    });
  });
  it("leaves out a table without rows", () => {
    expect(siteAnswers([], { queries: {}, samples: { "sales.orders": { result: rows(0) } } }).samples).toEqual({});
  });
  it("says why a query has no answer", () => {
    const problem = { message: "The query asks for 1 value.", help: "Give it." };
    const { queries } = siteAnswers([openOrders], { queries: { "open-orders": { problem } }, samples: {} });
    expect(queries).toEqual([{ ...openOrders, failure: "The query asks for 1 value. Give it." }]);
  });
});

describe("sampleQueries", () => {
  it("asks for each table but not for its partitions", () => {
    const ids = sampleQueries(shopModel()).map(({ id }) => id);
    expect(ids).toContain("audit.events");
    expect(ids.filter((id) => id.startsWith("audit.events_"))).toEqual([]);
  });
});
