import { expect, test } from "vitest";
import { configSchema } from "#schemas/config/schema.ts";
import { lintDatabase } from "#generators/lint/lint-database.ts";
import { model, table } from "#test/support/model-builder.ts";
import { lintIgnores } from "./lint-ignores.ts";

const origin = (line: number) => ({ created: { file: "migrations/1.sql", line, column: 1 } });
const codes = model({
  tables: ["codes", "names"].map((name, at) =>
    table({ schema: "sales", name, columns: [{ name: "id", type: "bigint" }], origin: origin(3 + at * 2) }),
  ),
});

/** Which tables are said to have one column. */
function check(review: object, comment: string, expected: readonly string[], lint: object = {}): void {
  const sources = [{ path: "migrations" }];
  const config = configSchema.parse({ databases: [{ id: "shop", sources }], review, lint });
  const [settings] = config.databases;
  if (!settings) throw new Error("the configuration has no database");
  const text = `\n${comment}\nCREATE TABLE sales.codes (id bigint);\n\nCREATE TABLE sales.names (id bigint);\n`;
  const files = [{ path: "migrations/1.sql", version: "1", transaction: "file" as const, text }];
  const ignored = lintIgnores({ files, settings });
  const found = lintDatabase(codes, settings, config, { ignored });
  const single = found.filter(({ rule }) => rule === "single-column-table");
  expect(single.map(({ objects }) => objects[0])).toEqual(expected);
}

test("everything is said that nothing silences", () => check({}, "", ["sales.codes", "sales.names"]));

test("a comment at the statement silences what it makes, for the rules it names", () => {
  check({}, "-- querygenie-ignore single-column-table -- a list", ["sales.names"]);
  check({}, "-- querygenie-ignore table-without-index -- a list", ["sales.codes", "sales.names"]);
});

test("an exception of the configuration silences by object, with its reason", () =>
  check({ ignore: [{ object: "sales.names", reason: "A list." }] }, "", ["sales.codes"]));

test("what lint leaves out is not looked at", () => check({}, "", ["sales.codes"], { exclude: ["sales.names"] }));

test("anomalies can be chosen or left out", () => {
  check({}, "", [], { anomalies: false });
  check({}, "", [], { anomalies: ["table-without-index"] });
});
