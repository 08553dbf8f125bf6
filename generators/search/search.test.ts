import { describe, expect, it } from "vitest";
import { shopModel, shopQueries } from "#test/support/shop-model.ts";
import { buildIndex } from "./build-index.ts";
import { linkTables, searchIndex, type SearchOptions } from "./search.ts";

const input = {
  model: shopModel,
  queries: shopQueries,
  descriptions: { "sales.tags": "Labels that shoppers browse by." },
};
const index = buildIndex(input);

/** The first results, as `kind id`. */
function check(words: string, expected: readonly string[], options: SearchOptions = {}): void {
  const found = searchIndex(index, words, { limit: expected.length, ...options });
  expect(found.map(({ kind, id }) => `${kind} ${id}`)).toEqual(expected);
}

describe("searchIndex", () => {
  it("puts the table of that name first", () => check("orders", ["table sales.orders"]));
  it("finds a table by a word of its description", () => check("browse labels", ["table sales.tags"]));
  it("finds a table by the comment of the DDL", () => check("people who buy from the shop", ["table sales.customers"]));
  it("finds a table by a synonym", () => check("clients", ["table sales.customers"]));
  it("finds an abbreviated column by its long form", () =>
    check("quantity", ["column sales.order_items.qty"], { kinds: ["column"] }));
  it("finds a name written as one word", () => check("orderitems", ["table sales.order_items"]));
  it("finds an enum by one of its labels", () => check("shipped", ["enum sales.order_status"], { kinds: ["enum"] }));
  it("finds a saved query by its question", () => check("waited more than three days", ["query late-orders"]));
  it("finds a function by its name", () => check("touch updated at", ["function sales.touch_updated_at()"]));
  it("finds an object by its whole id", () => check("ops.daily_revenue", ["view ops.daily_revenue"]));
  it("completes the last word while it is typed", () => {
    check("custo", []);
    check("custo", ["table sales.customers"], { completesLastWord: true });
  });
  it("gives only the kinds asked for", () => {
    const kinds = searchIndex(index, "order", { kinds: ["view", "enum"], limit: 50 }).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["view", "enum"]));
  });
  it("ranks a kind alike whether other kinds are in the list or not", () => {
    const among = searchIndex(index, "order item price", { limit: 100 }).filter(({ kind }) => kind === "table");
    const alone = searchIndex(index, "order item price", { limit: 100, kinds: ["table"] });
    expect(among.map(({ id }) => id)).toEqual(alone.map(({ id }) => id));
  });
  it("finds nothing for nothing", () => {
    for (const words of ["", "   ", "the of", "constructor", "__proto__", "(((("])
      expect(searchIndex(index, words)).toEqual([]);
  });
  it("carries the description before the comment as the snippet", () => {
    expect(searchIndex(index, "tags", { limit: 1 })[0]?.snippet).toBe("Labels that shoppers browse by.");
  });
});

describe("linkTables", () => {
  it("adds the junction that a question does not name", () => {
    const linked = linkTables(index, "Which products carry which label?", 5).map(({ id }) => id);
    expect(linked).toContain("sales.product_tags");
  });
  it("gives tables and views only, each once", () => {
    const linked = linkTables(index, "orders of customers by city", 50);
    expect(linked.every(({ kind }) => kind === "table" || kind === "view")).toBe(true);
    expect(new Set(linked.map(({ id }) => id)).size).toBe(linked.length);
  });
});

describe("buildIndex", () => {
  it("gives the same bytes for the same input, whatever its order", () => {
    const reversed = { ...shopModel, tables: shopModel.tables.toReversed(), views: shopModel.views.toReversed() };
    const again = buildIndex({ ...input, model: reversed, queries: shopQueries.toReversed() });
    expect(JSON.stringify(again)).toBe(JSON.stringify(index));
  });
  it("joins tables whose keys are only named alike", () => {
    const keyless = shopModel.tables.map((table) => ({
      ...table,
      name: table.name.replace(/s$/, ""),
      constraints: table.constraints.filter(({ kind }) => kind === "primary key"),
    }));
    const plain = buildIndex({ ...input, model: { ...shopModel, tables: keyless } }, ["table"]);
    const position = (id: string): number => plain.documents.findIndex((document) => document.id === id);
    expect(new Map(plain.neighbours).get(position("sales.orders"))).toContain(position("sales.order_items"));
  });
});
