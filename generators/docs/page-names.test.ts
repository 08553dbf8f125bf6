import { expect, test } from "vitest";
import { hostileModel } from "#test/support/hostile-model.ts";
import { model, table } from "#test/support/model-builder.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { namePages, schemaFileName } from "./page-names.ts";

function check(
  names: readonly (readonly [schema: string, name: string])[],
  expected: readonly (string | RegExp)[],
): void {
  const tables = names.map(([schema, name]) => table({ schema, name, columns: [] }));
  const pages = namePages(model({ tables }));
  for (const [at, { id }] of tables.entries()) expect(pages.of("table", id)).toEqual(like(expected[at]));
}

const like = (given: string | RegExp | undefined) => (given instanceof RegExp ? expect.stringMatching(given) : given);

test("ordinary names are file names", () => check([["sales", "order_items"]], ["sales.order_items"]));
test("names in capitals stay", () => check([["public", "OrderItem"]], ["public.OrderItem"]));
test("letters of any script stay", () => check([["public", "注文"]], ["public.注文"]));
test("names that differ in case only are told apart", () =>
  check(
    [
      ["public", "user"],
      ["public", "User"],
    ],
    ["public.user", /^public\.User-[0-9a-f]{8}$/],
  ));
test("of two names in capitals neither is plain", () =>
  check(
    [
      ["public", "USER"],
      ["public", "User"],
    ],
    [/^public\.USER-[0-9a-f]{8}$/, /^public\.User-[0-9a-f]{8}$/],
  ));
test("other characters become a line and a hash", () => check([["a", "b/c"]], [/^a\.b_c-[0-9a-f]{8}$/]));
test("a dot in a name is not the dot between schema and name", () =>
  check(
    [
      ["a.b", "c"],
      ["a", "b.c"],
    ],
    [/^a_b\.c-[0-9a-f]{8}$/, /^a\.b_c-[0-9a-f]{8}$/],
  ));
test("a name that Windows reserves is not used", () => check([["con", "log"]], [/^_con\.log-[0-9a-f]{8}$/]));
test("a very long name is cut", () => check([["s", "x".repeat(200)]], [/^s\.x{118}-[0-9a-f]{8}$/]));

test("no two pages share a file on a system without case", () => {
  const given = hostileModel();
  const pages = namePages(given);
  const names = given.tables.map(({ id }) => pages.of("table", id).normalize("NFC").toLowerCase());
  expect(new Set(names).size).toBe(given.tables.length);
});

test("a partition is found on its parent's page", () => {
  expect(namePages(shopModel).find("ops.order_events_2025")).toBe("ops.order_events");
});

test("functions of one name have a page each", () => {
  const routines = ["(integer)", "(text)"].map((types) => ({
    ...shopModel.routines[0]!,
    id: `sales.order_total${types}`,
  }));
  const pages = namePages(model({ routines }));
  expect(new Set(routines.map(({ id }) => pages.of("routine", id))).size).toBe(2);
});

test.each([
  ["sales", /^sales$/],
  ["Sales", /^Sales-[0-9a-f]{8}$/],
  ["a b", /^a_b-[0-9a-f]{8}$/],
])("the pictures of schema %j are called %s", (schema, expected) => {
  expect(schemaFileName(schema)).toMatch(expected);
});
