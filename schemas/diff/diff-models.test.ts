import { describe, expect, test } from "vitest";
import type { Change, RenameHint } from "#schemas/change.ts";
import { buildModel } from "#test/support/build-model.ts";
import type { ModelDraft, TableDraft } from "#test/support/model-draft.ts";
import { diffModels } from "./diff-models.ts";

const orders: TableDraft = {
  name: "sales.orders",
  columns: [
    { name: "id", type: "bigint", identity: true },
    { name: "customer_id", type: "bigint" },
    { name: "state", type: "text", comment: "open, paid or sent" },
    { name: "total", type: "numeric(10,2)" },
    { name: "placed_at", type: "timestamptz" },
  ],
  primaryKey: ["id"],
  foreignKeys: [{ columns: ["customer_id"], to: "people.customers" }],
  checks: [{ name: "orders_total_check", expression: "total > 0" }],
  indexes: [{ name: "orders_by_state", columns: ["state"], predicate: "state = 'open'" }],
};
const customers: TableDraft = {
  name: "people.customers",
  columns: [
    { name: "id", type: "bigint", identity: true },
    { name: "email", type: "varchar(50)" },
    { name: "joined_on", type: "date", nullable: true },
  ],
  primaryKey: ["id"],
  uniques: [{ columns: ["email"] }],
};
const openOrders = {
  name: "sales.open_orders",
  reads: ["sales.orders"],
  columns: [{ name: "id", type: "bigint" }, { name: "state" }],
  definition: " SELECT id,\n    state\n   FROM sales.orders\n  WHERE state = 'open'::text;",
};
const shop: ModelDraft = {
  enums: [{ name: "sales.channel", labels: ["web", "till", "phone"] }],
  tables: [customers, orders],
  views: [openOrders],
};

/** One line a change: sign, kind, id, and what differs. */
function check(
  base: ModelDraft,
  head: ModelDraft,
  expected: readonly string[],
  renames: readonly RenameHint[] = [],
): void {
  expect(diffModels(buildModel(base), buildModel(head), { renames }).map(line)).toEqual(expected);
}

function line(change: Change): string {
  const { object, id } = change;
  if (change.kind === "added") return `+ ${object} ${id}`;
  if (change.kind === "dropped") return `- ${object} ${id}`;
  const fields = change.fields.length > 0 ? `: ${change.fields.join()}` : "";
  if (change.kind === "changed") return `~ ${object} ${id}${fields}`;
  return `> ${object} ${change.from} → ${id} ${change.certainty}${fields}`;
}

/** A table with some columns replaced by name; null drops one. */
function withColumns(table: TableDraft, edits: Readonly<Record<string, object | null>>): TableDraft {
  const columns = table.columns.flatMap((column) => {
    const edit = edits[column.name];
    return edit === null ? [] : [{ ...column, ...edit }];
  });
  return { ...table, columns };
}

describe("own fields and nested objects", () => {
  test("lists a changed column, not its table", () => {
    const wider = withColumns(customers, { email: { type: "varchar(120)" } });
    check(shop, { ...shop, tables: [wider, orders] }, ["~ column people.customers.email: type"]);
  });
  test("lists an added table once, with what is nested in it inside", () => {
    const lines: TableDraft = { name: "sales.lines", columns: [{ name: "id" }, { name: "sku" }], primaryKey: ["id"] };
    check(shop, { ...shop, tables: [customers, lines, orders] }, ["+ table sales.lines"]);
  });
  test("does not list the columns that moved up behind a dropped one", () => {
    const without = withColumns(orders, { total: null });
    const head = { ...shop, tables: [customers, { ...without, checks: [] }] };
    check(shop, head, ["- check sales.orders.orders_total_check", "- column sales.orders.total"]);
  });
  test("lists the column that changed places, not those around it", () => {
    const [id, customer, state, total, placed] = orders.columns;
    if (!id || !customer || !state || !total || !placed) throw new Error("orders has five columns");
    const moved = { ...orders, columns: [id, total, customer, state, placed] };
    check(shop, { ...shop, tables: [customers, moved] }, ["~ column sales.orders.total: position"]);
  });
  test("lists own fields of a table", () => {
    const commented = { ...orders, comment: "what was bought", rowSecurity: true };
    check(shop, { ...shop, tables: [customers, commented] }, ["~ table sales.orders: comment,rowSecurity"]);
  });
  test("lists labels added to an enum", () => {
    const enums = [{ name: "sales.channel", labels: ["web", "till", "phone", "fax"] }];
    check(shop, { ...shop, enums }, ["~ enum sales.channel: labels"]);
  });
  test("lists a constraint that became another kind as dropped and added", () => {
    const table = { ...customers, uniques: [], checks: [{ name: "customers_email_key", expression: "email <> ''" }] };
    check(shop, { ...shop, tables: [table, orders] }, [
      "- index people.customers.customers_email_key",
      "- unique people.customers.customers_email_key",
      "+ check people.customers.customers_email_key",
    ]);
  });
  test("drops what hangs on a table first and makes what others need first", () => {
    const base: ModelDraft = { tables: [customers], views: [{ ...openOrders, reads: [], definition: "SELECT 1;" }] };
    const head: ModelDraft = { enums: shop.enums, tables: [orders], routines: [{ name: "sales.touch", body: "x" }] };
    check(base, head, [
      "- view sales.open_orders",
      "+ enum sales.channel",
      "+ table sales.orders",
      "+ routine sales.touch()",
      "- table people.customers",
      "- schema people",
    ]);
  });
});

describe("renames", () => {
  // As an engine does it: constraints and indexes keep their names, printed texts show the new one.
  const purchases: TableDraft = {
    ...orders,
    name: "sales.purchases",
    primaryKeyName: "orders_pkey",
    foreignKeys: [{ columns: ["customer_id"], to: "people.customers", name: "orders_customer_id_fkey" }],
  };
  const openPurchases = {
    ...openOrders,
    reads: ["sales.purchases"],
    definition: openOrders.definition.replace("sales.orders", "sales.purchases"),
  };
  const renamedTable = { ...shop, tables: [customers, purchases], views: [openPurchases] };

  test("sees a renamed table as one change", () => {
    check(shop, renamedTable, ["> table sales.orders → sales.purchases 0.91"]);
  });
  test("carries what repeats the new name in the rename", () => {
    const [change] = diffModels(buildModel(shop), buildModel(renamedTable));
    const follows = change?.kind === "renamed" ? change.follows.map(({ object, from }) => `${object} ${from}`) : [];
    expect(follows).toEqual([
      "view sales.open_orders",
      ...["id", "customer_id", "state", "total", "placed_at"].map((name) => `column sales.orders.${name}`),
      "foreign key sales.orders.orders_customer_id_fkey",
      "primary key sales.orders.orders_pkey",
      "check sales.orders.orders_total_check",
      "index sales.orders.orders_by_state",
      "index sales.orders.orders_pkey",
    ]);
  });
  test("compares what is nested in a renamed table under its new name", () => {
    const wider = withColumns(purchases, { total: { type: "numeric(12,2)" } });
    check(shop, { ...renamedTable, tables: [customers, wider] }, [
      "> table sales.orders → sales.purchases 0.82",
      "~ column sales.purchases.total: type",
    ]);
  });
  test("does not take two unlike tables that share what every table has for a rename", () => {
    const common = [{ name: "id", type: "bigint" }, { name: "name" }];
    const tags = { name: "sales.tags", columns: common, primaryKey: ["id"] };
    const roles = { name: "people.roles", columns: common, primaryKey: ["id"] };
    const others = ["sales.shops", "sales.tills", "people.teams"].map((name) => ({ ...tags, name }));
    check({ tables: [...others, tags, customers] }, { tables: [...others, roles, customers] }, [
      "+ table people.roles",
      "- table sales.tags",
    ]);
  });
  test("sees a table that moved to another schema", () => {
    const moved = { ...customers, name: "sales.customers", primaryKeyName: "customers_pkey" };
    const head = {
      ...shop,
      tables: [moved, { ...orders, foreignKeys: [{ columns: ["customer_id"], to: "sales.customers" }] }],
    };
    check(shop, { ...head, schemas: ["people"] }, ["> table people.customers → sales.customers 0.95"]);
  });
  test("sees a renamed schema as one change", () => {
    const definition = openOrders.definition.replace("sales.", "shop.");
    const head: ModelDraft = {
      enums: [{ name: "shop.channel", labels: ["web", "till", "phone"] }],
      tables: [customers, { ...orders, name: "shop.orders" }],
      views: [{ ...openOrders, name: "shop.open_orders", reads: ["shop.orders"], definition }],
    };
    check(shop, head, ["> schema sales → shop 0.95"]);
  });
  test("sees a renamed column by its type and place, and no change in what reads it", () => {
    const renamed: TableDraft = {
      ...withColumns(orders, { state: { name: "status" } }),
      indexes: [{ name: "orders_by_state", columns: ["status"], predicate: "status = 'open'" }],
    };
    const definition = " SELECT id,\n    status AS state\n   FROM sales.orders\n  WHERE status = 'open'::text;";
    check(shop, { ...shop, tables: [customers, renamed], views: [{ ...openOrders, definition }] }, [
      "> column sales.orders.state → sales.orders.status 0.95",
    ]);
  });
  test("takes a column dropped at the end and an unlike one added there for what they are", () => {
    const base = { ...customers, columns: [...customers.columns, { name: "note", nullable: true }] };
    const head = { ...customers, columns: [...customers.columns, { name: "phone", nullable: true }] };
    check({ tables: [base] }, { tables: [head] }, [
      "+ column people.customers.phone",
      "- column people.customers.note",
    ]);
  });
  test("takes a column dropped in the middle and one of its type added at the end for what they are", () => {
    const [id, email, joined] = customers.columns;
    if (!id || !email || !joined) throw new Error("customers has three columns");
    const head = { ...customers, uniques: [], columns: [id, joined, { name: "nickname", type: "varchar(50)" }] };
    check({ tables: [{ ...customers, uniques: [] }] }, { tables: [head] }, [
      "+ column people.customers.nickname",
      "- column people.customers.email",
    ]);
  });
  test("sees a renamed enum by its labels, and no change in the columns of its type", () => {
    const typed = (type: string) => withColumns(orders, { state: { type } });
    const enums = [{ name: "sales.order_channel", labels: ["web", "till", "phone"] }];
    check(
      { enums: shop.enums, tables: [customers, typed("sales.channel")] },
      { enums, tables: [customers, typed("sales.order_channel")] },
      ["> enum sales.channel → sales.order_channel 0.87"],
    );
  });
  test("sees a renamed index by its definition", () => {
    const indexes = [{ name: "open_orders_only", columns: ["state"], predicate: "state = 'open'" }];
    check(shop, { ...shop, tables: [customers, { ...orders, indexes }] }, [
      "> index sales.orders.orders_by_state → sales.orders.open_orders_only 0.95",
    ]);
  });
  test("follows the sequence of a renamed column", () => {
    const named = (column: string, sequence: string): ModelDraft => ({
      tables: [{ name: "sales.lines", columns: [{ name: column, type: "bigint" }, { name: "sku" }] }],
      sequences: [{ name: sequence, ownedBy: `sales.lines.${column}` }],
    });
    check(named("line", "sales.lines_line_seq"), named("line_no", "sales.lines_line_seq"), [
      "> column sales.lines.line → sales.lines.line_no 0.88",
    ]);
  });
  test("takes no notice of NOT NULL names that a rename made explicit", () => {
    const named = {
      ...purchases,
      columns: purchases.columns.map((column) => ({ ...column, notNullName: `orders_${column.name}_not_null` })),
    };
    check(shop, { ...renamedTable, tables: [customers, named] }, ["> table sales.orders → sales.purchases 0.91"]);
  });
  test("believes the history about a rename it would not guess", () => {
    const contacts: TableDraft = { name: "people.contacts", columns: [{ name: "key", type: "uuid" }] };
    check(
      { tables: [contacts] },
      { tables: [{ name: "people.persons", columns: [{ name: "id", type: "bigint" }] }] },
      ["> table people.contacts → people.persons 1", "+ column people.persons.id", "- column people.contacts.key"],
      [{ object: "table", from: "people.contacts", to: "people.persons" }],
    );
  });
  test("believes the history about two columns that exchanged their names", () => {
    const table = (first: string, second: string): ModelDraft => ({
      tables: [
        {
          name: "sales.prices",
          columns: [
            { name: first, type: "bigint" },
            { name: second, type: "text" },
          ],
        },
      ],
    });
    check(
      table("net", "gross"),
      table("gross", "net"),
      ["> column sales.prices.net → sales.prices.gross 1", "> column sales.prices.gross → sales.prices.net 1"],
      [
        { object: "column", from: "sales.prices.net", to: "sales.prices.gross" },
        { object: "column", from: "sales.prices.gross", to: "sales.prices.net" },
      ],
    );
  });
  test("reports a foreign key that points elsewhere, renames or not", () => {
    const elsewhere = {
      ...purchases,
      foreignKeys: [{ columns: ["customer_id"], to: "sales.purchases", name: "orders_customer_id_fkey" }],
    };
    check(shop, { ...renamedTable, tables: [customers, elsewhere] }, [
      "> table sales.orders → sales.purchases 0.82",
      "~ foreign key sales.purchases.orders_customer_id_fkey: definition,references",
    ]);
  });
  test("reports a view whose query changed beside the name", () => {
    const definition = openPurchases.definition.replace("open", "paid");
    check(shop, { ...renamedTable, views: [{ ...openPurchases, definition }] }, [
      "> table sales.orders → sales.purchases 0.91",
      "~ view sales.open_orders: definition",
    ]);
  });
});
