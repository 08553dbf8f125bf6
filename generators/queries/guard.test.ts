import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { shopFolder } from "#test/support/shop.ts";
import { guardQuery } from "./guard.ts";
import { honestQueries, hostileStatements } from "./guard-cases.ts";

const parser = await loadParser();

/** "passes", or why not. */
function check(sql: string, expected: "passes" | RegExp): void {
  const verdict = guardQuery(sql, parser);
  const answer = verdict.ok ? "passes" : `${verdict.problem.code} ${verdict.problem.message}`;
  expect(answer).toMatch(expected === "passes" ? /^passes$/ : expected);
  expect(answer).toMatch(/^passes$|^QG501 /);
}

describe("guardQuery refuses", () => {
  test.each(hostileStatements.map(([sql, reason]) => ({ sql, reason })))("$sql", ({ sql, reason }) => {
    expect.hasAssertions();
    check(sql, reason);
  });
});

describe("guardQuery lets pass", () => {
  test.each(honestQueries.map((sql) => ({ sql })))("$sql", ({ sql }) => {
    expect.hasAssertions();
    check(sql, "passes");
  });
  test.each(readdirSync(`${shopFolder}queries`))("the shop's %s", (name) => {
    expect.hasAssertions();
    check(readFileSync(`${shopFolder}queries/${name}`, "utf8"), "passes");
  });
});

test.each([
  { tells: "where a function stands", sql: "select 1,\n  pg_sleep(9)", line: 2, column: 3 },
  { tells: "the place in UTF-16 units after other letters", sql: "select '😀é', pg_sleep(9)", line: 1, column: 15 },
  { tells: "where the second statement begins", sql: "select 1;\n\n drop table sales.orders", line: 3, column: 2 },
  { tells: "where the text stops being SQL", sql: "select 1 form sales.orders", line: 1, column: 15 },
  { tells: "where a secret relation is read", sql: "select 1 from pg_authid", line: 1, column: 15 },
])("guardQuery tells $tells", ({ sql, line, column }) => {
  const origin = { file: "queries/late.sql", line, column };
  expect(guardQuery(sql, parser, "queries/late.sql")).toMatchObject({ ok: false, problem: { origin } });
});

test.each([
  { gives: "the statement without its semicolon", sql: "select 1 ;  \n", text: "select 1", parameters: 0 },
  { gives: "the statement after another letter", sql: "select 'é'; -- done", text: "select 'é'", parameters: 0 },
  { gives: "how many values it needs", sql: "select $2::int, $1", text: "select $2::int, $1", parameters: 2 },
])("guardQuery gives $gives", ({ sql, text, parameters }) => {
  expect(guardQuery(sql, parser)).toMatchObject({ ok: true, text, parameters });
});

test("the tables of cases are as long as promised and name each case once", () => {
  expect(new Set(hostileStatements.map(([sql]) => sql)).size).toBe(hostileStatements.length);
  expect(hostileStatements.length).toBeGreaterThanOrEqual(130);
  expect(honestQueries.length).toBeGreaterThanOrEqual(40);
});
