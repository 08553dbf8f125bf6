import { expect, test } from "vitest";
import type { Dialect } from "../model.ts";
import { resolveConfig } from "./resolve.ts";
import { parseTbls } from "./tbls.ts";

const full = `dsn: postgres://ada:pw@localhost/shop
docPath: ./doc/schema/
name: Shop
desc: Outdoor gear.
labels: [retail]
requiredVersion: ">= 1.42"
include: [sales.*, orders]
exclude: [sales.tmp_*]
lintExclude: [sales.log]
format:
  adjust: true
  number: true
  hideColumnsWithoutValues: true
er:
  format: png
  distance: 7
  comment: true
  font: M+
  showColumnTypes: { related: true }
comments:
  - table: orders
    tableComment: Purchases.
    labels: [core]
    columnComments: { status: Where the order is., Odd Name: Odd. }
    columnLabels: { email: [personal] }
    indexComments: { orders_idx: For the list. }
    constraintComments: { orders_pk: The number. }
    triggerComments: { touch: Sets updated_at. }
  - table: sales.carts
    tableComment: Carts.
  - labels: [no table]
relations:
  - table: logs
    columns: [user_id]
    parentTable: users
    parentColumns: [id]
    cardinality: Zero or more
    parentCardinality: exactly one
    def: logs->users
    override: true
  - table: logs
    columns: [a, b]
    parentTable: users
    parentColumns: [id]
detectVirtualRelations: { enabled: true, strategy: singularTableName }
dict: { Columns: Spalten }
viewpoints:
  - name: Orders
    desc: What is sold.
    tables: [orders, sales.*]
    distance: 1
    groups:
      - { name: Core, desc: The middle., labels: [core], color: "#ff0000" }
  - { id: People, name: People, desc: Who buys., labels: [personal] }
lint:
  requireColumnComment: { enabled: true, exclude: [id], excludeTables: [logs], allOrNothing: true }
  columnCount: { enabled: true, max: 10 }
  unrelatedTable: { enabled: false }
  requireTableComment: { allOrNothing: true }
  noSuchCheck: { enabled: true }
disableOutputSchema: true
`;

function read(text: string, dialect: Dialect = "postgres") {
  const { value: tbls, problems } = parseTbls(text, ".tbls.yml");
  const { value } = resolveConfig({
    tbls,
    detected: [{ id: "shop", path: "db", framework: "numbered", engine: dialect }],
  });
  if (!value?.databases[0]) throw new Error("no configuration");
  return { config: value, database: value.databases[0], problems };
}

test("every key of tbls that has a counterpart holds", () => {
  const { config, database } = read(full);
  expect(config).toMatchObject({
    name: "Shop",
    description: "Outdoor gear.",
    labels: ["retail"],
    output: { docs: "doc/schema" },
    docs: { align: true, numbers: true, sort: false, tbls: false, words: { Columns: "Spalten" } },
    erd: { enabled: true, formats: ["svg", "png"], distance: 3, comments: true, columns: "keys" },
  });
  expect(database).toMatchObject({
    include: ["sales.*", "orders"],
    ignore: ["sales.tmp_*"],
    descriptions: {
      "public.orders": "Purchases.",
      "public.orders.status": "Where the order is.",
      'public.orders."Odd Name"': "Odd.",
      "public.orders.orders_idx": "For the list.",
      "public.orders.orders_pk": "The number.",
      "public.orders.touch": "Sets updated_at.",
      "sales.carts": "Carts.",
    },
    labels: { "public.orders": ["core"], "public.orders.email": ["personal"] },
    relations: [
      {
        table: "public.logs",
        columns: ["user_id"],
        parentTable: "public.users",
        parentColumns: ["id"],
        cardinality: "zero or more",
        parentCardinality: "exactly one",
        description: "logs->users",
        override: true,
      },
    ],
    detectRelations: { enabled: true, strategy: "singularTableName" },
    viewpoints: [
      {
        id: "0",
        title: "Orders",
        description: "What is sold.",
        tables: ["orders", "sales.*"],
        distance: 1,
        groups: [{ name: "Core", description: "The middle.", labels: ["core"] }],
      },
      { id: "people", title: "People", description: "Who buys.", labels: ["personal"] },
    ],
  });
});

test("checks are on where tbls has enabled them", () => {
  const { lint } = read(full).config;
  expect(lint.exclude).toEqual(["sales.log"]);
  expect(lint.requireColumnComment).toEqual({
    enabled: true,
    exclude: ["id"],
    excludeTables: ["logs"],
    allOrNothing: true,
  });
  expect(lint.columnCount).toEqual({ enabled: true, exclude: [], max: 10 });
  expect([lint.unrelatedTable?.enabled, lint.requireTableComment?.enabled]).toEqual([false, false]);
  expect(lint.requireIndexComment).toBeUndefined();
});

test("a key without a counterpart is noted with what stands in its place, and no secret is repeated", () => {
  const { problems } = read(full);
  expect(
    problems.map(({ code, severity, message, origin }) => `${code} ${severity} ${origin?.line} ${message}`),
  ).toEqual([
    'QG105 info 1 "dsn" of tbls is not used',
    'QG105 info 6 "requiredVersion" of tbls is not used',
    'QG105 info 13 "format.hideColumnsWithoutValues" of tbls is not used',
    'QG105 info 18 "er.font" of tbls is not used',
  ]);
  expect(JSON.stringify(problems)).not.toContain("ada:pw");
});

test("without a folder documents lie where tbls puts them", () =>
  expect(read("name: Shop\n").config.output.docs).toBe("dbdoc"));

test("names without a schema mean the dialect's default one", () => {
  const { database } = read("comments: [{ table: orders, tableComment: Purchases. }]\n", "mssql");
  expect(database.descriptions).toEqual({ "dbo.orders": "Purchases." });
});

test.each([
  ["a list", "- a\n"],
  ["a text", "tbls\n"],
])("%s is no configuration", (_what, text) =>
  expect(parseTbls(text, ".tbls.yml").problems.map(({ code }) => code)).toEqual(["QG103"]),
);

test("what has the wrong type is passed over", () => {
  const { database, config } = read(
    "include: 7\nrelations: {}\nviewpoints: [1, { name: X }]\ncomments: [null]\nlint: [1]\ner: yes\ndict: [a]\ndetectVirtualRelations: { enabled: true, strategy: clever }\n",
  );
  expect(database).toMatchObject({
    include: [],
    relations: [],
    viewpoints: [],
    detectRelations: { strategy: "default" },
  });
  expect(config.docs.words).toEqual({});
});
