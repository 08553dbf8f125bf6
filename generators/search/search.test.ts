import { describe, expect, it } from "vitest";
import { shopModel } from "#test/support/shop.ts";
import type { SavedQuery } from "../generator.ts";
import { buildIndex } from "./build-index.ts";
import { linkTables } from "./link-tables.ts";
import { searchIndex, type SearchOptions } from "./search.ts";

const openOrders: SavedQuery = {
  id: "open-orders",
  path: "queries/open-orders.sql",
  title: "Open orders by age",
  question: "Which paid orders have not left the warehouse yet, oldest first?",
  sql: "select order_no from sales.orders",
  origin: { file: "queries/open-orders.sql", line: 1, column: 1 },
  uses: ["sales.orders"],
};
const descriptions = { "catalog.brands": "Labels on the gear, such as our own." };
const input = { model: shopModel(), queries: [openOrders], descriptions };
const index = buildIndex(input);

/** The first results, as `kind id`. */
function check(words: string, expected: readonly string[], options: SearchOptions = {}): void {
  const found = searchIndex(index, words, { limit: Math.max(1, expected.length), ...options });
  expect(found.map(({ kind, id }) => `${kind} ${id}`)).toEqual(expected);
}

describe("searchIndex", () => {
  it("puts the table of that name first", () => check("orders", ["table sales.orders"]));
  it("finds a table by a word of its description", () => check("labels on gear", ["table catalog.brands"]));
  it("finds a table by the comment of the DDL", () => check("shelf places", ["table stock.bins"]));
  it("finds a table by a synonym", () => check("clients", ["table people.customers"]));
  it("finds an abbreviated name by its long form", () => {
    check("number of the invoice", ["column sales.invoices.invoice_no"], { kinds: ["column"] });
  });
  it("finds a name written as one word", () => check("orderlines", ["table sales.order_lines"]));
  it("finds an enum by its name", () => check("return reason", ["enum support.return_reason"], { kinds: ["enum"] }));
  it("finds a saved query by its question", () => check("paid but not left the warehouse", ["query open-orders"]));
  it("finds a function by its name", () => check("find gift card", ["function sales.find_gift_card(text)"]));
  it("finds an object by its whole id", () => check("reporting.daily_sales", ["view reporting.daily_sales"]));
  it("finds the parent by the name of a partition", () => check("events_2026_08", ["table audit.events"]));
  it("completes the last word while it is typed", () => {
    check("wareho", []);
    check("wareho", ["table stock.warehouses"], { completesLastWord: true });
  });
  it("gives only the kinds asked for", () => {
    const kinds = searchIndex(index, "order status", { kinds: ["view", "enum"], limit: 50 }).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["view", "enum"]));
  });
  it("ranks a kind alike whether other kinds are in the list or not", () => {
    const among = searchIndex(index, "order line price", { limit: 500 }).filter(({ kind }) => kind === "table");
    const alone = searchIndex(index, "order line price", { limit: 500, kinds: ["table"] });
    expect(among.map(({ id }) => id)).toEqual(alone.map(({ id }) => id));
  });
  it("finds nothing for nothing", () => {
    for (const words of ["", "   ", "the of", "__proto__", "toString", "((((", "'; drop"]) {
      expect(searchIndex(index, words).filter(({ score }) => Number.isNaN(score))).toEqual([]);
    }
    expect(searchIndex(index, "the of")).toEqual([]);
  });
  it("carries the description before the comment as the snippet", () => {
    expect(searchIndex(index, "brands", { limit: 1 })[0]?.snippet).toBe(descriptions["catalog.brands"]);
  });
});

describe("linkTables", () => {
  it("adds the junction that a question does not name", () => {
    const linked = linkTables(index, "Which products are in which categories?", 6).map(({ id }) => id);
    expect(linked).toContain("catalog.product_categories");
  });
  it("gives tables and views only, each once", () => {
    const linked = linkTables(index, "orders of customers by city", 50);
    expect(linked.every(({ kind }) => kind === "table" || kind === "view")).toBe(true);
    expect(new Set(linked.map(({ id }) => id)).size).toBe(linked.length);
  });
});

describe("buildIndex", () => {
  it("gives the same bytes for the same input, whatever its order", () => {
    const { model } = input;
    const reversed = { ...model, tables: model.tables.toReversed(), views: model.views.toReversed() };
    expect(JSON.stringify(buildIndex({ ...input, model: reversed }))).toBe(JSON.stringify(index));
  });
  it("joins tables whose keys are only named alike", () => {
    const tables = input.model.tables.map((table) => ({
      ...table,
      name: table.name.replace(/s$/, ""),
      constraints: table.constraints.filter(({ kind }) => kind === "primary key"),
    }));
    const plain = buildIndex({ ...input, model: { ...input.model, tables } }, ["table"]);
    const position = (id: string): number => plain.documents.findIndex((document) => document.id === id);
    expect(new Map(plain.neighbours).get(position("sales.orders"))).toContain(position("sales.order_lines"));
  });
});
