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
    'QG105 info 16 "er.distance" of tbls is more than the 3 steps that pictures go, and counts as 3',
    'QG105 warning 31 "comments[2].table" of tbls is not used: it is to be text',
    'QG105 warning 41 "relations[1]" of tbls is not used: it has 2 columns and 1 parentColumns',
    'QG105 info 53 "viewpoints[0].groups[0].color" of tbls is not drawn: groups have headings, and pictures no frames around them',
    'QG105 info 60 "lint.noSuchCheck" of tbls is not used: it is not known here',
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

/** Files as people have them, and what is said of each: line, severity and what is wrong. */
const odd: readonly (readonly [what: string, text: string, told: readonly string[]])[] = [
  ["an empty file", "", []],
  ["comments only", "# later\n", []],
  ["keys without values", "name:\nlabels:\nlint:\ncomments:\nrelations:\ner:\n", []],
  ["a text where a list is due", "name: Shop\ninclude: sales.*\n", ['2 warning "include": it is to be a list']],
  ["a list where a text is due", "desc: [a]\n", ['1 warning "desc": it is to be text']],
  ["a number as a name", "name: 2024\nlabels: [1, true]\n", []],
  ["a distance in words", "er:\n  distance: far\n", ['2 warning "er.distance": it is to be a number']],
  ["a distance of nothing", "er:\n  distance: 0\n", ['2 warning "er.distance": it is to be at least 1']],
  [
    "a strategy that nobody has",
    "detectVirtualRelations:\n  enabled: true\n  strategy: plural\n",
    [
      '3 warning "detectVirtualRelations.strategy": it is to be one of default, singularTableName, identical, identicalSingularTableName, invertedSingularTableName',
    ],
  ],
  [
    "a comment without its table",
    "comments:\n  - tableComment: Orders.\n  - table: carts\n    columComments: { id: x }\n",
    ['2 warning "comments[0].table": it is to be text', '4 info "comments[1].columComments": it is not known here'],
  ],
  [
    "a relation of a cardinality that is none",
    "relations:\n  - table: a\n    columns: [b]\n    parentTable: c\n    parentColumns: [d]\n    cardinality: many\n",
    ['6 warning "relations[0].cardinality": it is to be one of zero or one, exactly one, zero or more, one or more'],
  ],
  [
    "a viewpoint without a name",
    "viewpoints:\n  - tables: [a]\n    groups:\n      - { tables: [a] }\n",
    ['2 warning "viewpoints[0].name": it is to be text', '4 warning "viewpoints[0].groups[0].name": it is to be text'],
  ],
  [
    "checks with keys of other checks",
    "lint:\n  duplicateRelations: { enabled: true, exclude: [a] }\n  columnCount: { enabled: true, max: '10' }\n  requireTableComment: yes\n",
    [
      '2 info "lint.duplicateRelations.exclude": it is not known here',
      '3 warning "lint.columnCount.max": it is to be a number',
      '4 warning "lint.requireTableComment": it is to be a group of keys',
    ],
  ],
  [
    "variables of the environment",
    "dsn: ${DATABASE_URL}\nname: ${APP} shop\ndocPath: docs/${STAGE}\n",
    ['2 warning "name" has ${APP}', '3 warning "docPath" has ${STAGE}'],
  ],
  [
    "a picture of another format",
    "er:\n  format: jpg\n",
    ['2 info "er.format" of tbls asks for jpg, which is not written; pictures are SVG'],
  ],
  [
    "a viewpoint that reaches further than pictures go",
    "viewpoints:\n  - name: All\n    tables: [a]\n    distance: 5\n",
    ['4 info "viewpoints[0].distance" of tbls is more than the 3 steps that pictures go, and counts as 3'],
  ],
  ["a dsn with headers", "dsn:\n  url: https://example.com/schema.json\n  headers: { Authorization: token }\n", []],
];

test.each(odd)("%s is told with its line, and the rest holds", (_what, text, told) => {
  const { value, problems } = parseTbls(text, ".tbls.yml");
  expect(value).not.toBeNull();
  const lines = problems
    .filter(({ message }) => !message.startsWith('"dsn"'))
    .map(({ severity, message, origin }) => `${origin?.line} ${severity} ${message}`);
  const short = lines.map((line) => line.replace(" of tbls is not used:", ":").replace(" of tbls has", " has"));
  expect(short.map((line) => line.replace(/, which is not filled in$/, ""))).toEqual(told);
});

test("a wrong key of a check costs itself and not the check", () => {
  const { lint } = read(
    "lint:\n  duplicateRelations: { enabled: true, exclude: [a] }\n  requireColumnComment: { enabled: true, exclude: id, allOrNothing: true }\n",
  ).config;
  expect(lint.duplicateRelations).toEqual({ enabled: true });
  expect(lint.requireColumnComment).toMatchObject({ enabled: true, exclude: [], allOrNothing: true });
});

test("a viewpoint and a group that name nothing have all tables, and every viewpoint has a page of its own", () => {
  const { viewpoints } = read(
    "viewpoints:\n  - { id: 注文, name: 注文, groups: [{ name: All }] }\n  - { id: A b!, name: A, tables: [a] }\n  - { id: a-b, name: B, labels: [b] }\n",
  ).database;
  expect(viewpoints).toMatchObject([
    { id: "0", tables: ["*"], groups: [{ name: "All", tables: ["*"] }] },
    { id: "a-b", tables: ["a"] },
    { id: "a-b-2", tables: [], labels: ["b"] },
  ]);
});

test("labels of two entries about a table are put together", () => {
  const entry = (labels: string) => `  - { table: a, labels: ${labels}, columnLabels: { b: ${labels} } }\n`;
  const { labels } = read(`comments:\n${entry("[x, y]")}${entry("[y, z]")}`).database;
  expect(labels).toEqual({ "public.a": ["x", "y", "z"], "public.a.b": ["x", "y", "z"] });
});

test("numbers stand for their text, as in tbls", () => {
  const { config, database } = read("name: 2024\nlabels: [1]\ncomments: [{ table: a.b, tableComment: 7 }]\n");
  expect([config.name, config.labels]).toEqual(["2024", ["1"]]);
  expect(database.descriptions).toEqual({ "a.b": "7" });
});

test("what has the wrong type is passed over", () => {
  const { database, config } = read(
    "include: 7\nrelations: {}\nviewpoints: [1, { name: X }]\ncomments: [null]\nlint: [1]\ner: yes\ndict: [a]\ndetectVirtualRelations: { enabled: true, strategy: clever }\n",
  );
  expect(database).toMatchObject({
    include: [],
    relations: [],
    viewpoints: [{ id: "1", title: "X", tables: ["*"] }],
    detectRelations: { strategy: "default" },
  });
  expect(config.docs.words).toEqual({});
});
