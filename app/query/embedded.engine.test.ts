import { readFileSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopFiles, shopFolder } from "#test/support/shop.ts";
import { openEmbeddedConnection } from "./open-embedded.ts";
import { precompute } from "./precompute.ts";
import type { QueryConnection } from "./query-connection.ts";

let connection: QueryConnection;

beforeAll(async () => {
  connection = await openEmbeddedConnection({
    files: shopFiles(),
    fixturesSql: "insert into sales.currencies (code, name, symbol) values ('NOK', 'Norwegian krone', 'kr');",
    cacheDir: testCacheDir,
    limits: { timeoutMs: 3000, rows: 50, bytes: 100_000, waiting: 4 },
    relationRows: { "sales.orders": 2_400_000 },
  });
});
afterAll(() => connection.close());

async function rows(sql: string, more: { limit?: number; params?: string[] } = {}): Promise<unknown> {
  const answer = await connection.query({ sql, ...more });
  return answer.ok ? answer.value.rows : answer.problem;
}

describe("an answer", () => {
  test("holds the rows of migrations and fixtures", async () => {
    expect(await rows("select code from sales.currencies where code in ('EUR', 'NOK') order by code")).toEqual([
      ["EUR"],
      ["NOK"],
    ]);
  });

  test.each([
    ["9007199254740993::bigint", "9007199254740993"],
    ["1.10::numeric(5,2)", "1.10"],
    ["42", 42],
    ["0.1::float8", 0.1],
    ["'NaN'::float8", "NaN"],
    ["true", true],
    ["null", null],
    ["timestamptz '2026-03-29 03:30+02'", "2026-03-29 01:30:00+00"],
    ["timestamp 'infinity'", "infinity"],
    ["date '0044-03-15 BC'", "0044-03-15 BC"],
    ["interval '1 year 2 days'", "1 year 2 days"],
    ["'\\xdead'::bytea", "\\xdead"],
    [`'{"a": [1, 9007199254740993, 0.1]}'::json`, { a: [1, "9007199254740993", 0.1] }],
    ["array['a', null]", "{a,NULL}"],
    ["int4range(1, 5)", "[1,5)"],
    ["'naïve 😀'", "naïve 😀"],
  ])("gives %s without loss", async (sql, expected) => {
    expect(await rows(`select ${sql}`)).toEqual([[expected]]);
  });

  test("keeps columns of one name apart and names types with their sizes", async () => {
    expect(
      await connection.query({ sql: "select 1 as a, '2'::varchar(5) as a, null::support.priority[]" }),
    ).toMatchObject({
      ok: true,
      value: {
        columns: [
          { name: "a", type: "integer" },
          { name: "a", type: "character varying(5)" },
          { name: "priority", type: "support.priority[]" },
        ],
        rows: [[1, "2", null]],
      },
    });
  });

  test("takes values", async () => {
    expect(await rows("select $1::int + 1, $2", { params: ["41", "x"] })).toEqual([[42, "x"]]);
  });

  test("is checked without being run, values or not", async () => {
    const sql = "select id, grand_total from sales.orders where id = $1";
    expect(await connection.query({ sql, check: true })).toMatchObject({
      ok: true,
      value: { columns: [{ name: "id" }, { name: "grand_total" }], rows: [], rowCount: 0 },
    });
    expect(await connection.query({ sql: "select 1 / 0 from sales.orders", check: true })).toMatchObject({ ok: false });
  });
});

describe("a problem", () => {
  test.each([
    ["select nothere from sales.orders", { code: "QG201", sqlstate: "42703", position: 8 }],
    ["-- é\n select 😀", { code: "QG201", sqlstate: "42703", position: 14 }],
    ["select 1/0", { code: "QG201", sqlstate: "22012" }],
    ["select $1", { code: "QG510" }],
    ["drop table sales.orders", { code: "QG501", position: 1 }],
    ["select 1,\n pg_sleep(9)", { code: "QG501", position: 12 }],
  ])("of %j tells what and where", async (sql, problem) => {
    expect(await connection.query({ sql })).toMatchObject({ ok: false, problem });
  });

  test("of a plan points into the user's own text", async () => {
    expect(await connection.explain({ sql: "select id,\n  totl from sales.orders" })).toMatchObject({
      ok: false,
      problem: { position: 14, origin: { line: 2, column: 3 } },
    });
  });
});

describe("limits", () => {
  test("cut the rows and say so", async () => {
    const sql = "select i from generate_series(1, 51) i";
    expect(await connection.query({ sql })).toMatchObject({ value: { rowCount: 50, truncated: true } });
    expect(await connection.query({ sql, limit: 51 })).toMatchObject({ value: { rowCount: 50, truncated: true } });
    expect(await connection.query({ sql: `${sql} limit 50` })).toMatchObject({ value: { truncated: false } });
    expect(await rows(sql, { limit: 2 })).toEqual([[1], [2]]);
  });

  test("cut the bytes before they are all made", async () => {
    const answer = await connection.query({ sql: "select repeat('x', 20000) from generate_series(1, 1000000)" });
    expect(answer).toMatchObject({ ok: true, value: { rowCount: 4, truncated: true } });
  });

  test.each([
    ["a query that runs on", "select count(*) from generate_series(1, 2000000000) a, generate_series(1, 2000) b"],
    ["a plan that runs on", "explain"],
    ["a query that fills the memory", "select array_agg(repeat('x', 100000) || i) from generate_series(1, 100000) i"],
  ])("stop %s, and the next query is answered", async (_what, sql) => {
    // Folded while it is planned, and one alone may end within the limit on a fast machine.
    const slow = "length(regexp_replace(repeat('a', 90000000), '(a|b)*c', 'x'))";
    const bomb = `select 1 where ${Array<string>(20).fill(slow).join(" + ")} > 0`;
    const stopped = sql === "explain" ? await connection.explain({ sql: bomb }) : await connection.query({ sql });
    expect(stopped).toMatchObject({ ok: false, problem: { code: "QG502" } });
    expect(await rows("select 1")).toEqual([[1]]);
  });

  test("refuse whom they cannot make wait", async () => {
    const answers = await Promise.all(Array.from({ length: 7 }, () => connection.query({ sql: "select 1" })));
    expect(answers.map((answer) => (answer.ok ? "answer" : answer.problem.code))).toEqual([
      ...Array<string>(4).fill("answer"),
      ...Array<string>(3).fill("QG511"),
    ]);
  });

  test("free the query of a caller who leaves", async () => {
    const caller = new AbortController();
    const sql = "select count(*) from generate_series(1, 2000000000)";
    const left = connection.query({ sql }, { signal: caller.signal });
    const next = rows("select 1");
    setTimeout(() => caller.abort(), 100);
    await expect(left).rejects.toThrow(/abort/i);
    expect(await next).toEqual([[1]]);
  });
});

describe("a plan", () => {
  test("is a tree with relations, costs and rows, also for any values", async () => {
    const sql = "select * from sales.orders o join people.customers c on c.id = o.customer_id where o.id = $1";
    const plan = await connection.explain({ sql });
    expect(plan).toMatchObject({ ok: true, value: { tree: { node: "Nested Loop", join: "Inner" } } });
    expect(JSON.stringify(plan)).toMatch(/"relation":"sales.orders".*"relation":"people.customers"/);
  });

  test("does not warn of a table that is read as a whole because it is small here and has an index", async () => {
    const plan = await connection.explain({ sql: "select * from sales.orders where id = $1" });
    expect(plan).toMatchObject({ value: { tree: { node: "Seq Scan" }, warnings: [] } });
  });

  test("warns of a large table that is read as a whole", async () => {
    const plan = await connection.explain({ sql: "select * from sales.orders where grand_total > 5" });
    expect(plan).toMatchObject({
      value: { warnings: [expect.stringMatching(/^Reads all of sales\.orders \(about 2,400,000 rows\) to keep/)] },
    });
  });
});

test("the shop's saved queries have the same answers each time", async () => {
  const queries = readdirSync(`${shopFolder}queries`).map((name) => ({
    id: name.replace(/\.sql$/, ""),
    sql: readFileSync(`${shopFolder}queries/${name}`, "utf8"),
  }));
  const first = await precompute(queries, connection);
  expect(Object.keys(first)).toEqual(queries.map(({ id }) => id));
  const failed = Object.entries(first).filter(([, { result, plan }]) => result === undefined || plan === undefined);
  expect(failed.map(([id, { plan, problem }]) => [id, plan !== undefined, problem?.code])).toEqual([
    ["customer-orders", true, "QG510"],
    ["product-search", true, "QG510"],
  ]);
  expect(await precompute(queries, connection)).toEqual(first);
});

test("fixtures that do not load are a problem and leave no rows", async () => {
  await connection.close();
  const fixturesSql = "insert into sales.currencies (code, name, symbol) values ('NOK', 'K', 'k'), ('EUR', 'E', 'e')";
  connection = await openEmbeddedConnection({ files: shopFiles().slice(0, 3), fixturesSql, cacheDir: testCacheDir });
  expect(connection.problems.map(({ code, sqlstate }) => [code, sqlstate])).toEqual([["QG401", "23505"]]);
  expect(await rows("select count(*) from sales.currencies where code = 'NOK'")).toEqual([["0"]]);
});
