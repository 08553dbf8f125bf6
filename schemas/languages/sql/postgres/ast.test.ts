import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { isNodeTag, walk } from "./ast.ts";
import { createParser } from "./parse.ts";
import { unwrappedTag } from "./unwrapped-fields.ts";

/** The tables a statement names, in the order in which they are visited. */
async function check(sql: string, tables: readonly string[]): Promise<void> {
  const parser = await createParser();
  const outcome = parser.parse(sql);
  if (!outcome.ok) throw new Error(outcome.message);
  const found: string[] = [];
  walk(outcome.tree, {
    RangeVar: ({ relname }) => {
      found.push(relname ?? "");
    },
  });
  expect(found.sort()).toEqual([...tables].sort());
}

it.each([
  ["select * from orders o join customers c on c.id = o.customer_id", ["orders", "customers"]],
  ["insert into orders select * from carts", ["orders", "carts"]],
  ["with x as (delete from carts returning *) update orders set id = 1 from x", ["carts", "orders", "x"]],
  ["select 1 from a union (select 1 from b union select (select 1 from c) from d)", ["a", "b", "c", "d"]],
  ["create table lines (order_id int references orders)", ["lines", "orders"]],
  ["create view v as select case when exists (select from a) then 1 end from b", ["v", "a", "b"]],
  ["create function f() returns int begin atomic select 1 from a; delete from b; end", ["a", "b"]],
  ["alter table orders attach partition orders_2024 default", ["orders", "orders_2024"]],
  ["create policy p on orders using (exists (select from members))", ["orders", "members"]],
] as const)("finds the tables of %j", check);

it("leaves out what the visitor does not want", async () => {
  const parser = await createParser();
  const outcome = parser.parse("select a from orders where id in (select b from carts)");
  if (!outcome.ok) throw new Error(outcome.message);
  const columns: unknown[] = [];
  walk(outcome.tree, {
    SubLink: () => false,
    ColumnRef: ({ fields }) => {
      columns.push(fields);
    },
  });
  expect(columns).toEqual([[{ String: { sval: "a" } }]]);
});

it("walks trees as deep as the parser can make them", async () => {
  const parser = await createParser();
  const outcome = parser.parse(`select ${"not ".repeat(3000)}true`);
  if (!outcome.ok) throw new Error(outcome.message);
  let nots = 0;
  walk(outcome.tree, {
    BoolExpr: () => {
      nots++;
    },
  });
  expect(nots).toBe(3000);
});

it("knows every field that does not name its node", () => {
  const types = readFileSync(
    join(dirname(createRequire(import.meta.url).resolve("@pgsql/types")), "types.d.ts"),
    "utf8",
  );
  const interfaces = [...types.matchAll(/export interface (\w+) \{([^}]*)\}/g)];
  const names = new Set(interfaces.map(([, name]) => name));
  const outside = new Set(["ScanResult", "SummaryResult"]);
  const wrong: string[] = [];
  for (const [, parent = "", body = ""] of interfaces) {
    if (outside.has(parent) || !isNodeTag(parent)) continue;
    for (const [, field = "", type = ""] of body.matchAll(/(\w+)\?: (\w+)(?:\[\])?;/g)) {
      if (names.has(type) && unwrappedTag(parent, field) !== type) wrong.push(`${parent}.${field}: ${type}`);
    }
  }
  expect(interfaces.length).toBeGreaterThan(200);
  expect(wrong).toEqual([]);
});
