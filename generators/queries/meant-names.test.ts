import { beforeAll, expect, test } from "vitest";
import { loadParser, type Parser } from "#schemas/languages/sql/postgres/parse.ts";
import { readSchema } from "#test/support/questions/read-schema.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { withMeantNames, type Refused } from "./meant-names.ts";

let parser: Parser;
let model: SchemaModel;
beforeAll(async () => {
  parser = await loadParser();
  model = await readSchema(
    "sales",
    `create table customers (customer_id int primary key, full_name text, city text);
     create table orders (order_id int primary key, customer_id int references customers, total numeric, ordered_at date);
     create table order_items (order_id int references orders, quantity int, "unitPrice" numeric);`,
  );
});

const relation = "42P01";
const column = "42703";
const call = "42883";

/** `at`: the text that the database points at. */
function check(sql: string, sqlstate: string, at: string, help: string | undefined): void {
  const refused: Refused = { message: "?", sqlstate, position: sql.indexOf(at) + 1 };
  expect(withMeantNames(refused, { sql, model, parser }).help).toBe(help);
}

test.each([
  ["select * from ordrs", relation, "ordrs", "Did you mean sales.orders?"],
  ["select * from public.orders", relation, "public.orders", "Did you mean sales.orders?"],
  ["select * from client_orders", relation, "client_orders", "Did you mean sales.order_items or sales.orders?"],
  ["select * from zebra", relation, "zebra", undefined],
  ["select fullname from customers", column, "fullname", "Did you mean full_name?"],
  ["select 'ü', c.name from customers c", column, "c.name", "Did you mean c.full_name?"],
  ["select o.city from orders o", column, "o.city", "Did you mean city of sales.customers?"],
  ["select unitprice from order_items", column, "unitprice", "Did you mean unitPrice?"],
  ["select nvl(city, '') from customers", call, "nvl", "Did you mean coalesce()?"],
  ["select lenght(city) from customers", call, "lenght", "Did you mean length()?"],
  ["select lenght(city), total from customers", column, "total", "Did you mean total of sales.orders?"],
] as const)("%s (%s at %s): %s", (sql, sqlstate, at, help) => check(sql, sqlstate, at, help));

test("keeps the database's own hint, and says nothing twice", () => {
  const sql = "select fullname from customers";
  const refused = { message: "?", sqlstate: column, position: 8 };
  const help = 'Perhaps you meant to reference the column "customers.full_name".';
  const said = withMeantNames({ ...refused, help }, { sql, model, parser });
  expect(said.help).toBe(help);
  expect(withMeantNames({ ...refused, help: "Look again." }, { sql, model, parser }).help).toBe(
    "Look again. Did you mean full_name?",
  );
});

test.each([
  { message: "?", sqlstate: "22012" },
  { message: "?" },
  { message: "?", sqlstate: relation, position: 4000 },
])("leaves %j as it is", (refused) => {
  expect(withMeantNames(refused, { sql: "select 1/0 from orders", model, parser })).toEqual(refused);
});
