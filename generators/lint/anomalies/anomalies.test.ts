import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { databaseSchema } from "#schemas/config/database.ts";
import { anomalyIds, checksShape, type AnomalyId } from "#schemas/config/lint.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import { labelsOf } from "../../documented/labels.ts";
import { rules } from "../../review/rules/registry.ts";
import { foreignKey, index, model, primaryKey, table, view, type ColumnSpec } from "#test/support/model-builder.ts";
import { shopModel } from "#test/support/shop.ts";
import { findAnomalies } from "./anomalies.ts";

interface Settings {
  readonly labels?: Readonly<Record<string, string[]>>;
  readonly statistics?: Statistics;
  readonly severity?: Readonly<Record<string, "off" | "error">>;
}

/** What one check says about a schema, without its help. */
function check(id: AnomalyId, given: SchemaModel, expected: readonly string[], settings: Settings = {}): void {
  const { labels } = databaseSchema.parse({ id: "shop", sources: [{ path: "m" }], labels: settings.labels ?? {} });
  const { statistics, severity = {} } = settings;
  const scene = { index: indexModel(given), labels: labelsOf(given, labels), ...(statistics && { statistics }) };
  const found = findAnomalies(scene, { wanted: [id], severity });
  expect(found.map(({ message }) => message)).toEqual(expected);
  expect(found.every(({ rule, help }) => rule === id && help !== undefined)).toBe(true);
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(found.length);
}

const id: ColumnSpec = { name: "id", type: "bigint" };
const text = (name: string, extra: Partial<ColumnSpec> = {}): ColumnSpec => ({ name, type: "text", ...extra });
const key = primaryKey("key", ["id"]);
const one = (name: string, columns: readonly ColumnSpec[], rest: object = {}): SchemaModel =>
  model({ tables: [table({ schema: "sales", name, columns, constraints: [key], ...rest })] });

test("table-without-index", () => {
  check("table-without-index", one("log", [id], { constraints: [] }), [
    "sales.log has no index: every lookup reads all of it",
  ]);
  check("table-without-index", one("log", [id], { constraints: [], indexes: [index("i", [{ column: "id" }])] }), []);
  check("table-without-index", one("log", [id]), []);
});

test("single-column-table, unless others refer to it", () => {
  check("single-column-table", one("codes", [id]), ["sales.codes has one column, and no table refers to it"]);
  const codes = table({ schema: "sales", name: "codes", columns: [id], constraints: [key] });
  const to = { table: "sales.codes", columns: ["id"] };
  const user = table({
    schema: "sales",
    name: "uses",
    columns: [id, { name: "code_id", type: "bigint" }],
    constraints: [foreignKey("f", ["code_id"], to)],
  });
  check("single-column-table", model({ tables: [codes, user] }), []);
});

test("all-columns-nullable, keys and generated columns aside", () => {
  const generated = { expression: "a", stored: true };
  const columns = [id, text("a", { nullable: true }), text("b", { nullable: true }), text("c", { generated })];
  check("all-columns-nullable", one("notes", columns), [
    "sales.notes accepts a row with nothing in it: every column outside its key is optional",
  ]);
  check("all-columns-nullable", one("notes", [id, text("a", { nullable: true }), text("b")]), []);
});

test("primary-key-not-first, whatever the order inside the key", () => {
  check("primary-key-not-first", one("a", [text("b"), id]), ["the primary key of sales.a (id) does not come first"]);
  const both = primaryKey("key", ["b", "id"]);
  check("primary-key-not-first", one("a", [id, text("b"), text("c")], { constraints: [both] }), []);
});

test("large-columns", () => {
  const bytes = (name: string): ColumnSpec => ({ name, type: { raw: "bytea", family: "binary" } });
  check("large-columns", one("files", [id, bytes("scan"), bytes("thumb")]), [
    "sales.files keeps 2 binary values in each row: scan, thumb",
  ]);
  check("large-columns", one("files", [id, bytes("scan")]), []);
});

test("empty-table, where production's sizes are known", () => {
  const relations = { "sales.a": { rows: 0, bytes: 0 } };
  const statistics: Statistics = { version: 1, connection: "production", takenAt: "2026-01-01", relations };
  check("empty-table", one("a", [id]), ["sales.a has no row on production"], { statistics });
  check("empty-table", one("b", [id]), [], { statistics });
  check("empty-table", one("a", [id]), []);
});

test.each(["'NULL'::text", "'null'::character varying", "('NULL')", "'NULL'"])("null-as-text: %s", (literal) =>
  check("null-as-text", one("a", [id, text("b", { default: literal })]), [
    "the default of sales.a.b is the word NULL, not the absence of a value",
  ]),
);
test.each(["NULL::text", "'nullable'::text", "'NULL' || 'x'"])("null-as-text leaves %s alone", (expression) =>
  check("null-as-text", one("a", [id, text("b", { default: expression })]), []),
);

test("reference-to-own-row", () => {
  const to = { table: "sales.a", columns: ["id"] };
  const columns = [id, { name: "parent_id", type: "bigint" }];
  check("reference-to-own-row", one("a", columns, { constraints: [key, foreignKey("self", ["id"], to)] }), [
    "sales.a.self lets each row of sales.a refer to itself and to no other",
  ]);
  check("reference-to-own-row", one("a", columns, { constraints: [key, foreignKey("up", ["parent_id"], to)] }), []);
});

test("inconsistent-column-type, where most tables agree", () => {
  const tables = ["text", "text", "integer"].map((type, at) =>
    table({
      schema: "sales",
      name: `t${at}`,
      columns: [
        { name: "sku", type },
        { name: "value", type },
      ],
    }),
  );
  check("inconsistent-column-type", model({ tables }), [
    "sales.t2.sku is integer; 2 other columns called sku are text",
  ]);
  check("inconsistent-column-type", model({ tables: tables.slice(1) }), []);
});

test("quoted-name", () => {
  check("quoted-name", one("Order Items", [id, text("100%"), text("größe"), text("CamelCase")]), [
    'sales."Order Items" has names that must be quoted everywhere: "Order Items", "100%"',
  ]);
});

test("unlabelled-sensitive-column, by name and type, and no more once it is labelled", () => {
  const people = one("customers", [
    id,
    text("email"),
    text("firstName"),
    text("name"),
    text("email_template"),
    { name: "email_verified", type: "boolean" },
    { name: "birth_date", type: "date" },
    { name: "card_number", type: "character varying(19)" },
    { name: "street_id", type: "bigint" },
  ]);
  check("unlabelled-sensitive-column", people, [
    "sales.customers holds what looks sensitive and carries no label: email (e-mail address), firstName (name of a person), name (name of a person), birth_date (date of birth), card_number (payment card or account)",
  ]);
  check(
    "unlabelled-sensitive-column",
    people,
    ["sales.customers holds what looks sensitive and carries no label: name (name of a person)"],
    {
      labels: {
        "sales.customers.email": ["personal"],
        "sales.customers.firstName": ["p"],
        "sales.customers.birth_date": ["p"],
        "sales.customers.card_number": ["p"],
      },
    },
  );
  check("unlabelled-sensitive-column", people, [], { labels: { "sales.customers": ["PII"] } });
  const reads = view({ schema: "sales", name: "mailing", columns: [text("email")], definition: "SELECT 1" });
  check("unlabelled-sensitive-column", model({ views: [reads] }), [
    "sales.mailing holds what looks sensitive and carries no label: email (e-mail address)",
  ]);
  check("unlabelled-sensitive-column", one("products", [id, text("name"), text("description")]), []);
});

test("severity is the configuration's, and off is silence", () => {
  const scene = { index: indexModel(one("codes", [id])), labels: new Map() };
  const found = (severity: "error" | "off") =>
    findAnomalies(scene, { wanted: true, severity: { "single-column-table": severity } }).map((each) => each.severity);
  expect([found("error"), found("off")]).toEqual([["error"], []]);
  expect(findAnomalies(scene, { wanted: false, severity: {} })).toEqual([]);
});

test("the sample has the anomalies that it is known for", () => {
  const scene = { index: indexModel(shopModel()), labels: new Map() };
  const counts = Map.groupBy(findAnomalies(scene, { wanted: true, severity: {} }), ({ rule }) => rule);
  expect([...counts].map(([rule, found]) => `${rule} ${found.length}`)).toMatchInlineSnapshot(`
    [
      "inconsistent-column-type 1",
      "primary-key-not-first 3",
      "unlabelled-sensitive-column 6",
    ]
  `);
});

test("the guide names every check, and every check that it names for those of other tools is there", () => {
  const guide = readFileSync(new URL("../../../docs/guides/lint.md", import.meta.url), "utf8");
  for (const anomaly of anomalyIds) expect(guide).toMatch(new RegExp(`^\\| \`${anomaly}\` +\\|`, "m"));
  const known = new Set<string>([...anomalyIds, ...Object.keys(checksShape), ...rules.map((rule) => rule.id)]);
  const table = guide.slice(guide.indexOf("## Checks of other tools"));
  const named = [...table.matchAll(/^\| [^|]+ \| (.*) \|$/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
