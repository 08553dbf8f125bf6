import { expect, test } from "vitest";
import { bestMatch, objectPattern } from "./object-pattern.ts";

const ids = ["public.orders", "public.order_lines", "sales.orders", 'sales."Order Log"', "audit.events"];

function check(pattern: string, expected: readonly string[]): void {
  expect(ids.filter((id) => objectPattern(pattern).matches(id))).toEqual(expected);
}

test("a name without a schema means the default one", () => check("orders", ["public.orders"]));
test("a star stands for any characters", () => check("order*", ["public.orders", "public.order_lines"]));
test("a star alone means everything", () => check("*", ids));
test("a star may stand for the schema", () => check("*.orders", ["public.orders", "sales.orders"]));
test("quotes of an id do not count", () => check("sales.Order Log", ['sales."Order Log"']));
test("dots and brackets are themselves", () => check("audit.e[v]ents", []));
test("the default schema is the dialect's", () => {
  expect(objectPattern("orders", "mssql").matches("dbo.orders")).toBe(true);
  expect(objectPattern("orders", "mysql").matches("main.orders")).toBe(true);
});
test("the more specific of two patterns counts", () => {
  const patterns = ["sales.*", "sales.ord*", "audit.*"].map((pattern) => objectPattern(pattern));
  expect(bestMatch(patterns, "sales.orders")).toBe("sales.ord".length);
  expect(bestMatch(patterns, "public.orders")).toBeNull();
});
test("many stars cost no more than the product of the lengths", () => {
  expect(objectPattern(`${"*a".repeat(40)}*b.x`).matches(`public.${"a".repeat(4000)}`)).toBe(false);
});
