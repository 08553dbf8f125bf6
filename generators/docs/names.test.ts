import { expect, test } from "vitest";
import { capitalised, counted, listed, phraseOf, pluralPhrase, singularPhrase, withArticle } from "./names.ts";

test.each([
  ["order_items", "order items"],
  ["OrderItem", "order item"],
  ["HTTPStatus", "HTTP status"],
  ["qty_on_hand", "quantity on hand"],
  ["invoice_no", "invoice number"],
  ["no_reply", "no reply"],
  ["user-id", "user ID"],
  ["注文", "注文"],
  ["--", "--"],
  ["constructor_id", "constructor ID"],
])("%s reads as %j", (name, phrase) => expect(phraseOf(name)).toBe(phrase));

test.each([
  ["orders", "order"],
  ["order_items", "order item"],
  ["categories", "category"],
  ["addresses", "address"],
  ["boxes", "box"],
  ["statuses", "status"],
  ["status", "status"],
  ["people", "person"],
  ["children", "child"],
  ["news", "news"],
  ["data", "data"],
  ["warehouses", "warehouse"],
  ["invoices", "invoice"],
  ["movies", "movie"],
  ["analytics", "analytics"],
  ["gas", "gas"],
  ["add_ons", "add on"],
  ["billable_metrics", "billable metric"],
  ["topics", "topic"],
  ["statistics", "statistics"],
])("one of %s is %j", (name, phrase) => expect(singularPhrase(name)).toBe(phrase));

test.each([
  ["order", "orders"],
  ["orders", "orders"],
  ["category", "categories"],
  ["address", "addresses"],
  ["person", "people"],
  ["day", "days"],
  ["注文", "注文"],
  ["add_ons", "add ons"],
  ["billable_metrics", "billable metrics"],
  ["follow_up", "follow ups"],
  ["statistics", "statistics"],
])("many of %s are %j", (name, phrase) => expect(pluralPhrase(name)).toBe(phrase));

test.each([
  ["order", "an order"],
  ["customer", "a customer"],
  ["user", "a user"],
  ["unit", "a unit"],
  ["hour", "an hour"],
  ["update", "an update"],
  ["invoice", "an invoice"],
  ["SKU", "an SKU"],
  ["URL", "a URL"],
])("%s takes its article: %j", (phrase, expected) => expect(withArticle(phrase)).toBe(expected));

test("lists are cut and counted", () => {
  expect(listed(["a"])).toBe("a");
  expect(listed(["a", "b"])).toBe("a and b");
  expect(listed(["a", "b", "c", "d"], 3)).toBe("a, b and 2 more");
  expect(counted(1, "entry")).toBe("1 entry");
  expect(counted(1234567, "entry")).toBe("1,234,567 entries");
  expect(capitalised("öl")).toBe("Öl");
});
