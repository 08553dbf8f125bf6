import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseConfig, parseConfigFile } from "./load.ts";

/** Expects problems as `CODE line:column message | help`. */
function check(text: string, expected: readonly string[]): void {
  const { value, problems } = parseConfigFile(text, "querygenie.yml");
  const told = problems.map(({ code, origin, message, help }) =>
    [`${code} ${origin?.line}:${origin?.column} ${message}`, help].filter((part) => part !== undefined).join(" | "),
  );
  expect(told).toEqual(expected);
  expect(value === null).toBe(expected.length > 0);
}

test("reads the shop's configuration", () => {
  const path = join(import.meta.dirname, "../../examples/shop/querygenie.yml");
  const { value, problems } = parseConfig(readFileSync(path, "utf8"), "querygenie.yml");
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    name: "Shop",
    databases: [{ id: "shop", engineVersion: "16" }],
    output: { docs: "docs/database" },
  });
});

test("fills in every default", () => {
  const { value } = parseConfig("databases: [{ id: shop, sources: [{ path: migrations }] }]", "querygenie.yml");
  expect(value).toMatchObject({
    version: 1,
    databases: [{ dialect: "postgres", queries: ["queries/*.sql"], fixtures: { rows: 20, seed: "querygenie" } }],
    review: { rules: "default", failOn: "error" },
    ai: { enabled: true, privacy: "schema", budget: { calls: 200, month: { calls: 5000 } } },
    site: { public: false, base: "/" },
    publish: { mode: "commit" },
    limits: { statementSeconds: 30, fileMegabytes: 64 },
  });
});

test("names the new key in place of one that was renamed", () => {
  const { problems } = parseConfigFile("ai:\n  sendRows: true\n", "querygenie.yml");
  expect(problems).toMatchObject([
    { code: "QG102", message: "ai.sendRows is now called ai.privacy", origin: { line: 2 } },
  ]);
});

test("accepts an empty file, for everything can be found", () => check("# nothing yet\n", []));
test("takes a running database for the whole schema, and for nothing but that", () => {
  const source = (text: string): string => `databases:\n  - id: shop\n    sources:\n      - ${text}\n`;
  check(source("connection: live"), []);
  check(source("{ connection: live, path: migrations }"), [
    "QG103 4:9 databases[0].sources[0] must have either a path or a connection",
  ]);
  check(source("{ prelude: [roles.sql] }"), [
    "QG103 4:9 databases[0].sources[0] must have either a path or a connection",
  ]);
  check(source("{ connection: live, framework: prisma }"), [
    "QG103 4:9 databases[0].sources[0] takes nothing beside a connection: the running database is whole",
  ]);
  check(source("connection: live\n      - path: migrations"), [
    "QG103 4:7 databases[0].sources must not name a connection beside other sources: a running database is whole by itself",
  ]);
});
test("accepts a database without sources", () => check("databases:\n  - id: shop\n", []));
test("accepts a list of rules as well as a word", () =>
  check("review: { rules: [set-not-null] }\nlint: { rules: all }\n", []));

test("names the unknown key, its line and the one that was meant", () =>
  check("name: Shop\ndatabase:\n  - id: shop\n", [
    'QG102 2:1 there is no key "database" at the top level | Did you mean "databases"? Known here: version, name, description, labels, databases, output, docs, erd, search, review, lint, coverage, ai, site, publish, connections, limits.',
  ]));

test("names an unknown key inside a list", () =>
  check("databases:\n  - id: shop\n    sources:\n      - path: migrations\n        frameworks: prisma\n", [
    'QG102 5:9 there is no key "frameworks" in databases[0].sources[0] | Did you mean "framework"? Known here: path, connection, command, framework, prelude, variables.',
  ]));

test("lists the values that are allowed", () =>
  check("databases:\n  - id: shop\n    dialect: postgresql\n", [
    'QG103 3:14 databases[0].dialect is "postgresql" | Did you mean "postgres"? Allowed: postgres, mysql, mssql.',
  ]));

test("knows that a version needs quotes", () =>
  check("databases:\n  - id: shop\n    engineVersion: 16\n", [
    'QG103 3:20 databases[0].engineVersion is 16, but must be a text | Put it in quotes: "16".',
  ]));

test("says what is missing, at the place where it should be", () =>
  check('databases:\n  - engineVersion: "16"\n', ["QG103 2:5 databases[0].id is missing | Write a text there."]));

test("reports everything at once, in the order of the file", () =>
  check("site: { base: docs }\nerd: { distance: 9 }\nlimits: { resultRows: 0.5 }\n", [
    'QG103 1:15 site.base is "docs", but must be a path that starts with a slash, such as /docs',
    "QG103 2:18 erd.distance is 9, but must be at most 3",
    "QG103 3:23 limits.resultRows is 0.5, but must be a whole number",
  ]));

test("reports two databases with one id", () =>
  check("databases:\n  - id: shop\n  - id: shop\n", ['QG103 3:9 databases[1].id is used twice: "shop"']));

test("reports a file that is only a word", () =>
  check("shop\n", ['QG103 1:1 the file is "shop", but must be a group of keys']));

test("explains the form of a value that came closest", () =>
  check("review:\n  rules: [set_not_null]\n", [
    'QG103 2:11 review.rules[0] is "set_not_null", but must be the id of a rule, such as set-not-null',
  ]));

test("asks for a reason and a target of an exception", () =>
  check("review:\n  ignore:\n    - reason: Old.\n    - rule: drop-column\n", [
    "QG103 3:7 review.ignore[0] must name a rule, a file or an object",
    "QG103 4:7 review.ignore[1].reason is missing | Write a text there.",
  ]));

test.each([
  ["a connection's URL", "postgresql://localhost/shop"],
  ["a connection's URL", "MySQL://localhost/shop"],
  ["a URL with a password", "https://ada:s3cret@shop.example/"],
  ["an API key", `sk-${"a1".repeat(12)}`],
  ["a connection string", "Server=db;Database=shop;Password=s3cret"],
])("refuses %s in place of a variable's name and does not repeat it", (kind, secret) => {
  const { value, problems } = parseConfigFile(`connections:\n  live:\n    urlFrom: "${secret}"\n`, "querygenie.yml");
  expect(value).toBeNull();
  expect(problems).toMatchObject([
    {
      code: "QG104",
      origin: { line: 3, column: 14 },
      message: expect.stringContaining(`connections.live.urlFrom holds ${kind}`),
    },
  ]);
  expect(JSON.stringify(problems)).not.toContain(secret);
});

test("refuses a secret anywhere, such as in a description", () =>
  expect(parseConfigFile("description: see postgres://ada:pw@db/shop\n", "querygenie.yml").problems).toMatchObject([
    { code: "QG104" },
  ]));

test("wants a name where a variable's name belongs", () =>
  check("connections:\n  live: { urlFrom: localhost }\n", [
    'QG103 2:20 connections.live.urlFrom is "localhost", but must be the NAME of an environment variable, such as SHOP_DATABASE_URL',
  ]));

test("reports a name that is no name at its key", () =>
  check("connections:\n  Live One: { urlFrom: SHOP_URL }\n", [
    'QG103 2:3 the name "Live One" in connections must be lower-case letters, digits and dashes',
  ]));

test.each([
  ["an open quote", 'name: "Shop\n', 'QG101 2:1 not valid YAML: Missing closing "quote'],
  ["a key twice", "name: Shop\nname: Store\n", "QG101 2:1 not valid YAML: Map keys must be unique"],
  [
    "a tag of another language",
    "name: !!js/function alert\n",
    "QG101 1:7 not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function",
  ],
  ["a tab", "site:\n\tpublic: true\n", "QG101 2:1 not valid YAML: Tabs are not allowed as indentation"],
])("points at %s", (_, text, expected) => {
  const { value, problems } = parseConfigFile(text, "querygenie.yml");
  const [first] = problems;
  expect(value).toBeNull();
  expect(`${first?.code} ${first?.origin?.line}:${first?.origin?.column} ${first?.message}`).toBe(expected);
});

test("stops an alias bomb before it unfolds", () => {
  const level = (name: string, of: string): string =>
    `${name}: &${name} [${Array.from({ length: 9 }, () => `*${of}`).join(", ")}]`;
  const bomb = [
    "a: &a [x, x, x]",
    level("b", "a"),
    level("c", "b"),
    level("d", "c"),
    level("e", "d"),
    level("f", "e"),
  ].join("\n");
  const { value, problems } = parseConfigFile(bomb, "querygenie.yml");
  expect(value).toBeNull();
  expect(problems).toMatchObject([{ code: "QG101", message: expect.stringContaining("alias") }]);
});

test("refuses a file of megabytes unread", () =>
  expect(parseConfigFile(`name: ${"x".repeat(1_100_000)}`, "querygenie.yml").problems).toMatchObject([
    { code: "QG101" },
  ]));

test("keys named like the parts of objects change nothing", () =>
  check("__proto__: { public: true }\n", [
    expect.stringMatching(/^QG102 1:1 there is no key "__proto__" at the top level/),
  ]));

test("knows the line of a value for problems that show up later", () => {
  const text = "name: Shop\ndatabases:\n  - id: shop\n    sources:\n      - path: db/migrate\n";
  const { value } = parseConfigFile(text, "querygenie.yml");
  expect(value?.places.valueAt(["databases", 0, "sources", 0, "path"])).toEqual({
    file: "querygenie.yml",
    line: 5,
    column: 15,
  });
  expect(value?.places.keyAt(["databases", 0, "sources"])).toEqual({ file: "querygenie.yml", line: 4, column: 5 });
});
