import { expect, test } from "vitest";
import { MOST_ROWS } from "./fixtures.ts";
import { resolveConfig } from "./resolve.ts";
import type { Config } from "./schema.ts";
import type { ResolveInput } from "./resolve.ts";

const detected = [{ id: "main", path: "db/migrations", framework: "prisma", engine: "mysql" }];
const shop = { id: "shop", sources: [{ path: "migrations" }], descriptions: { "sales.orders": "Purchases." } };

function check(input: ResolveInput, look: (config: Config) => unknown, expected: unknown): void {
  const { value, problems } = resolveConfig(input);
  expect(problems).toEqual([]);
  expect(value && look(value)).toEqual(expected);
}

const places = (config: Config): unknown =>
  config.databases.map(({ id, sources }) => [id, ...sources.map((one) => one.path)]);

test("takes what was detected when there is no file", () => {
  check({ detected }, places, [["main", "db/migrations"]]);
  check({ detected }, ({ databases: [one] }) => [one?.dialect, one?.sources[0]?.framework], ["mysql", "prisma"]);
});

test("takes as many rows by flag as a table may have", () => {
  const rows = ({ databases: [one] }: Config) => one?.fixtures.rows;
  check({ detected, flags: { rows: MOST_ROWS } }, rows, MOST_ROWS);
});

test("calls the root of the repository by a dot", () => {
  const atRoot = [{ id: "main", path: "", framework: "numbered", engine: "postgres" }];
  check({ detected: atRoot }, places, [["main", "."]]);
});

test("prefers the file to what was detected", () =>
  check({ detected, file: { databases: [shop] } }, places, [["shop", "migrations"]]));

test("prefers the flag to the file, and keeps the file's other words", () => {
  const input: ResolveInput = {
    detected,
    file: { databases: [shop] },
    flags: { sources: ["other"], dialect: "mssql" },
  };
  check(input, places, [["shop", "other"]]);
  check(input, ({ databases: [one] }) => [one?.dialect, one?.descriptions], [
    "mssql",
    { "sales.orders": "Purchases." },
  ]);
});

test("uses a flag alone, with no file and nothing detected", () =>
  check({ flags: { sources: ["schema.sql"] } }, places, [["main", "schema.sql"]]));

test("means no database of several when sources are given by flag", () =>
  check({ file: { databases: [shop, { ...shop, id: "billing" }] }, flags: { sources: ["a", "b"] } }, places, [
    ["main", "a", "b"],
  ]));

test("fills the sources that a database of the file leaves out", () => {
  check({ detected, file: { databases: [{ id: "shop", dialect: "postgres" }] } }, places, [["shop", "db/migrations"]]);
  check(
    { detected, file: { databases: [{ id: "shop", dialect: "postgres" }] } },
    ({ databases: [one] }) => one?.dialect,
    "postgres",
  );
});

test("reports a database of the file for which nothing was found", () => {
  const { value, problems } = resolveConfig({ file: { databases: [{ id: "shop" }] } });
  expect(value).toBeNull();
  expect(problems).toMatchObject([{ code: "QG110", message: expect.stringContaining('"shop"') }]);
});

test("knows no database when there is neither file nor flag nor find", () =>
  expect(resolveConfig({})).toEqual({ value: null, problems: [] }));

test("lets each flag win over its key and leaves the others", () =>
  check(
    {
      detected,
      file: {
        review: { failOn: "warning", largeTableRows: 5 },
        output: { docs: "doc" },
        ai: { privacy: "schema+stats" },
      },
      flags: { failOn: "never", fixtures: "mock", offline: true },
    },
    ({ review, output, ai }) => [
      review.failOn,
      review.largeTableRows,
      output.docs,
      output.fixtures,
      ai.enabled,
      ai.privacy,
    ],
    ["never", 5, "doc", "mock", false, "schema+stats"],
  ));

test("puts the words of tbls between the file and what was detected", () => {
  const tbls = {
    path: ".tbls.yml",
    top: { name: "Old shop", description: "From tbls.", docsFolder: "doc/schema" },
    database: () => ({ descriptions: { "sales.orders": "From tbls.", "sales.carts": "Carts." } }),
  };
  check(
    { detected, tbls, file: { name: "Shop", databases: [shop] } },
    ({ name, description, output, databases: [one] }) => [name, description, output.docs, one?.descriptions],
    ["Shop", "From tbls.", "doc/schema", { "sales.orders": "Purchases.", "sales.carts": "Carts." }],
  );
});

test("takes a running database that was typed for the schema, with the words of the database it is of", () => {
  const from = (config: Config): unknown =>
    config.databases.map(({ id, dialect, connection, sources }) => [id, dialect, connection, sources[0]?.connection]);
  const liveDialects = { production: "mysql" } as const;
  check({ flags: { live: "production" }, liveDialects }, from, [["main", "mysql", "production", "production"]]);
  check({ flags: { live: "production" }, file: { databases: [shop] }, liveDialects }, from, [
    ["shop", "mysql", "production", "production"],
  ]);
  const two = [shop, { id: "billing", dialect: "mssql" as const, connection: "production" }];
  check({ flags: { live: "production" }, file: { databases: two }, liveDialects }, from, [
    ["billing", "mssql", "production", "production"],
  ]);
});

test("asks a running database that is a source for the dialect that nobody wrote", () => {
  const file = { databases: [{ id: "shop", sources: [{ connection: "live" }] }] };
  const look = ({ databases: [one] }: Config): unknown => [one?.dialect, one?.connection];
  check({ file, liveDialects: { live: "mssql" } }, look, ["mssql", "live"]);
  check({ file, liveDialects: { live: "mssql" }, flags: { dialect: "mysql" } }, look, ["mysql", "live"]);
  check({ file }, look, ["postgres", "live"]);
});
