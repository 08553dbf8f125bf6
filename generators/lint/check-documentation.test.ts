import { expect, test } from "vitest";
import { databaseSchema } from "#schemas/config/database.ts";
import { checksShape, lintSchema } from "#schemas/config/lint.ts";
import { foreignKey, model, primaryKey, table } from "#test/support/model-builder.ts";
import { checkDocumentation } from "./check-documentation.ts";

const id = { name: "id", type: "bigint", nullable: false, comment: "Number." };
const to = { table: "public.customers", columns: ["id"] };

const shop = model({
  tables: [
    table({
      schema: "public",
      name: "customers",
      comment: "Who buys.",
      columns: [id],
      constraints: [primaryKey("customers_pkey", ["id"])],
    }),
    table({
      schema: "public",
      name: "orders",
      columns: [
        id,
        { name: "customer_id", type: "bigint", nullable: false },
        { name: "note", type: "text", nullable: true },
      ],
      constraints: [foreignKey("placed_by", ["customer_id"], to), foreignKey("placed_again", ["customer_id"], to)],
    }),
    table({ schema: "public", name: "settings", columns: [{ name: "note", type: "text", nullable: true }] }),
  ],
});

function check(lint: Readonly<Record<string, unknown>>, expected: readonly string[], settings: object = {}): void {
  const database = databaseSchema.parse({ id: "shop", sources: [{ path: "migrations" }], ...settings });
  const findings = checkDocumentation(shop, database, lintSchema.parse(lint));
  expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual(expected);
  expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(findings.length);
}

test("nothing is checked that nobody asked for", () => check({}, []));

test("a table comment is required, and a text of the configuration counts", () => {
  check({ requireTableComment: {} }, [
    "require-table-comment public.orders: table comment required",
    "require-table-comment public.settings: table comment required",
  ]);
  check({ requireTableComment: { exclude: ["settings"] } }, [], { descriptions: { "public.orders": "Purchases." } });
});

test("a column comment is required but where a name, a table or a wholly silent table is left out", () => {
  const remark = (column: string) => `require-column-comment ${column}: column comment required`;
  check({ requireColumnComment: {} }, [
    remark("public.orders.customer_id"),
    remark("public.orders.note"),
    remark("public.settings.note"),
  ]);
  check({ requireColumnComment: { exclude: ["note", "orders.customer_id"] } }, []);
  check({ requireColumnComment: { excludeTables: ["orders"] } }, [remark("public.settings.note")]);
  check({ requireColumnComment: { allOrNothing: true } }, [
    remark("public.orders.customer_id"),
    remark("public.orders.note"),
  ]);
  check({ requireColumnComment: { enabled: false } }, []);
});

test("constraints want comments, references that are none do not", () =>
  check(
    { requireConstraintComment: { exclude: ["placed_again", "customers.customers_pkey"] } },
    ["require-constraint-comment public.orders.placed_by: constraint comment required"],
    { relations: [{ table: "settings", columns: ["note"], parentTable: "customers", parentColumns: ["id"] }] },
  ));

test("a table that nothing is joined to is found, and a declared relation joins it", () => {
  check({ unrelatedTable: {} }, ["unrelated-table public.settings: unrelated (isolated) table"]);
  check({ unrelatedTable: {} }, [], {
    relations: [{ table: "settings", columns: ["note"], parentTable: "customers", parentColumns: ["id"] }],
  });
});

test("columns are counted and required", () => {
  check({ columnCount: { max: 2 } }, ["column-count public.orders: too many columns [3/2]"]);
  check(
    {
      requireColumns: {
        columns: [
          { name: "id", exclude: [] },
          { name: "note", exclude: ["customers"] },
        ],
      },
    },
    ["require-columns public.settings: column id required"],
  );
});

test("labels are required and have a style", () => {
  const labels = { orders: ["core"], "orders.note": ["Personal Data"], customers: ["core", "backup:true"] };
  check({ requireTableLabels: {} }, ["require-table-labels public.settings: table labels required"], { labels });
  check(
    { labelStyleBigQuery: {} },
    ['label-style-big-query public.orders.note: "Personal Data" is not in BigQuery label style'],
    { labels: { ...labels, "public.orders.note": ["Personal Data"] } },
  );
});

test("a table must be in a viewpoint", () =>
  check(
    { requireViewpoints: { exclude: ["customers"] } },
    ["require-viewpoints public.settings: table is in no viewpoint"],
    {
      viewpoints: [{ id: "orders", title: "Orders", tables: ["orders"] }],
    },
  ));

test("the same reference twice and a referring column without an index are found", () => {
  check({ duplicateRelations: {} }, [
    "duplicate-relations public.orders: duplicate relation to public.customers (customer_id)",
  ]);
  check(
    { requireForeignKeyIndex: {} },
    [
      "require-foreign-key-index public.orders.customer_id: foreign key without index",
      "require-foreign-key-index public.orders.customer_id: foreign key without index",
    ].slice(0, 2),
  );
  check({ requireForeignKeyIndex: { exclude: ["orders.customer_id"] } }, []);
});

test("lint looks at nothing that is excluded", () => {
  const all = Object.fromEntries(
    Object.keys(checksShape)
      .filter(
        (name) => !["columnCount", "requireColumns", "duplicateRelations", "requireForeignKeyIndex"].includes(name),
      )
      .map((name) => [name, {}]),
  );
  check({ ...all, exclude: ["*"] }, []);
});
