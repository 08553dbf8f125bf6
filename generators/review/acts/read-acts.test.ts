import { beforeAll, describe, expect, it } from "vitest";
import { createParser, type Parser } from "#schemas/languages/sql/postgres/parse.ts";
import { indexModel } from "#schemas/model-index.ts";
import { shopModel } from "#test/support/shop.ts";
import type { Act } from "./act.ts";
import { createKnownNames } from "./known-names.ts";
import { readActs } from "./read-acts.ts";

let parser: Parser;
beforeAll(async () => {
  parser = await createParser();
});

/** What a script does to the shop, each act in a line. */
function check(script: readonly string[], expected: readonly string[]): void {
  const base = indexModel(shopModel());
  const names = createKnownNames(base);
  const acts = script.flatMap((sql) => {
    const outcome = parser.parse(sql);
    if (!outcome.ok) throw new Error(outcome.message);
    return readActs(outcome.tree, names, base);
  });
  expect(acts.map(words)).toEqual(expected);
}

function words(act: Act): string {
  const table = "table" in act ? ` ${act.table.isNew ? "new " : ""}${act.table.id}` : "";
  switch (act.kind) {
    case "add column":
      return `${act.kind}${table} ${act.column.name}${act.column.required ? " required" : ""}`;
    case "drop column":
    case "rename column":
    case "set not null":
    case "change type":
      return `${act.kind}${table} ${act.column}`;
    case "add constraint":
      return `${act.kind}${table} ${act.constraint}${act.isNotValid ? " not valid" : ""}`;
    case "update rows":
    case "delete rows":
      return `${act.kind}${table}${act.everyRow ? " all" : ""}`;
    default:
      return act.kind + table;
  }
}

describe("readActs", () => {
  it("reads each command of ALTER TABLE", () =>
    check(
      [
        `ALTER TABLE sales.orders ADD COLUMN note text NOT NULL, DROP COLUMN state, ALTER status SET NOT NULL,
         ALTER customer_reference TYPE text, ADD CHECK (grand_total >= 0) NOT VALID`,
      ],
      [
        "add column sales.orders note required",
        "drop column sales.orders state",
        "set not null sales.orders status",
        "change type sales.orders customer_reference",
        "add constraint sales.orders check not valid",
      ],
    ));

  it("follows a table to its new name", () =>
    check(
      ["ALTER TABLE sales.orders RENAME TO purchases", "ALTER TABLE sales.purchases ALTER status SET NOT NULL"],
      ["rename table sales.orders", "set not null sales.orders status"],
    ));

  it("follows a column to its new name", () =>
    check(
      ["ALTER TABLE sales.orders RENAME COLUMN state TO phase", "ALTER TABLE sales.orders DROP COLUMN phase"],
      ["rename column sales.orders state", "drop column sales.orders state"],
    ));

  it("says nothing about dropping a column that the migration itself added", () =>
    check(
      ["ALTER TABLE sales.orders ADD COLUMN draft text", "ALTER TABLE sales.orders DROP COLUMN draft"],
      ["add column sales.orders draft"],
    ));

  it("says nothing about adding a column that is there already", () =>
    check(["ALTER TABLE sales.orders ADD COLUMN IF NOT EXISTS state text"], []));

  it("knows the tables that the migration makes, temporary ones too", () =>
    check(
      [
        "CREATE TABLE sales.notes (id bigint)",
        "CREATE INDEX ON sales.notes (id)",
        "CREATE TEMP TABLE batch AS SELECT 1 AS id",
        "DELETE FROM batch",
      ],
      [
        "create table new sales.notes",
        "create index new sales.notes",
        "create table new pg_temp.batch",
        "delete rows new pg_temp.batch all",
      ],
    ));

  it("knows a table that is made again under its old name", () =>
    check(
      ["DROP TABLE sales.refunds", "CREATE TABLE sales.refunds (id bigint)", "CREATE INDEX ON sales.refunds (id)"],
      ["drop table sales.refunds", "create table new sales.refunds", "create index new sales.refunds"],
    ));

  it("takes CREATE TABLE IF NOT EXISTS of a table that is there for nothing", () =>
    check(
      ["CREATE TABLE IF NOT EXISTS sales.refunds (id bigint)", "CREATE INDEX ON sales.refunds (id)"],
      ["create table sales.refunds", "create index sales.refunds"],
    ));

  it("finds a table by the search path", () =>
    check(["SET search_path = stock, public", "TRUNCATE movements"], ["set", "truncate stock.movements"]));

  it("finds a table of a name that there is once, whatever the path", () =>
    check(["TRUNCATE movements"], ["truncate stock.movements"]));

  it.each([
    ["", true],
    ["WHERE true", true],
    ["WHERE 1 = 1", true],
    ["WHERE 'x' = 'x' OR state IS NULL", true],
    ["WHERE 1 = 1 AND state IS NULL", false],
    ["WHERE state = state", false],
    ["WHERE 1 = 2", false],
  ])("sees whether UPDATE … %s reaches every row", (condition, everyRow) =>
    check(
      [`UPDATE sales.orders SET state = 'paid' ${condition}`],
      [`update rows sales.orders${everyRow ? " all" : ""}`],
    ),
  );
});
