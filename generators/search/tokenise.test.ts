import { describe, expect, it } from "vitest";
import { tokenise } from "./tokenise.ts";

function check(input: string, expected: readonly string[]): void {
  expect(tokenise(input)).toEqual(expected);
}

describe("tokenise", () => {
  it("splits snake_case and takes the plural off", () => check("order_items", ["order", "item"]));
  it("splits camelCase and keeps an acronym whole", () => check("parseXMLFile", ["parse", "xml", "file"]));
  it("splits digits from letters", () => check("address2", ["address", "2"]));
  it("keeps a word that only looks like a plural", () => check("status address", ["status", "address"]));
  it("lets a singular meet its plural", () => {
    check("categories category", ["category", "category"]);
    check("movies movie", ["movy", "movy"]);
    check("boxes box", ["box", "box"]);
  });
  it("lets verb forms meet", () => check("shipped shipping ship", ["ship", "ship", "ship"]));
  it("knows the usual irregular forms", () => check("people who bought", ["person", "buy"]));
  it("sets the long form beside an abbreviation", () => check("cust_qty", ["cust", "customer", "qty", "quantity"]));
  it("drops stop words but keeps name, number and id", () =>
    check("the name of the id number", ["name", "id", "number"]));
  it("takes accents off", () => check("Café_Größe", ["cafe", "große"]));
  it("keeps other scripts", () => check("заказы 注文", ["заказы", "注文"]));
  it("gives nothing for punctuation", () => check("?! -- ''", []));
});
