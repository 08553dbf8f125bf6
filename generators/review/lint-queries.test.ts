import { describe, expect, it } from "vitest";
import { readerOf } from "#schemas/dialects/readers.ts";
import { shopModel } from "#test/support/shop.ts";
import { migration } from "#test/support/review-by-rule.ts";
import { lintQueries, type LintQueriesInput } from "./lint-queries.ts";
import type { FoundQuery, QuerySource } from "./query.ts";

const saved: QuerySource = { kind: "saved", id: "a", title: "a" };

function query(sql: string, more: Partial<FoundQuery> = {}): FoundQuery {
  return { source: saved, origin: { file: "queries/a.sql", line: 3, column: 1 }, sql, ...more };
}

async function check(
  queries: readonly FoundQuery[],
  expected: readonly string[],
  more: Partial<LintQueriesInput> = {},
) {
  const { findings } = await lintQueries({ model: shopModel(), queries, ...more });
  expect(findings.map(({ rule, span }) => `${span.file}:${span.line}:${span.column} ${rule}`)).toEqual(expected);
}

describe("lintQueries", () => {
  it("points at the part of the query, in the order of the text", async () => {
    await check(
      [query("SELECT *\nFROM sales.orders\nWHERE cancelled_at = NULL")],
      ["queries/a.sql:3:8 select-star", "queries/a.sql:5:20 equals-null"],
    );
  });

  it("is silenced by a comment with the rule's name, and says which comment silences nothing", async () => {
    const comments = [{ text: "querygenie-ignore select-star, equals-null -- all of it", line: 2 }];
    const { findings, ignored, problems } = await lintQueries({
      model: shopModel(),
      queries: [query("SELECT * FROM sales.orders", { comments })],
    });
    expect(findings).toEqual([]);
    expect(ignored.map(({ rule }) => rule)).toEqual(["select-star"]);
    expect(problems.map(({ code, message, origin }) => `${code} ${origin?.file}:${origin?.line} ${message}`)).toEqual([
      "QG411 queries/a.sql:2 The ignore comment for equals-null silences nothing",
    ]);
  });

  it("is silenced by an exception of the configuration and by the baseline", async () => {
    const star = query("SELECT * FROM sales.orders");
    await check([star], [], { ignore: [{ file: "queries/**", rule: "select-star", reason: "old" }] });
    const { findings } = await lintQueries({ model: shopModel(), queries: [star] });
    await check([star], [], { baseline: new Set(findings.map(({ fingerprint }) => fingerprint)) });
  });

  it("takes the severity and the rules of the configuration", async () => {
    const input = { model: shopModel(), queries: [query("SELECT * FROM sales.orders LIMIT 5")] };
    const strict = await lintQueries(input, { severity: { "select-star": "error", "limit-without-order": "off" } });
    expect(strict.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(["error select-star"]);
    const chosen = await lintQueries(input, { rules: ["limit-without-order"] });
    expect(chosen.findings.map(({ rule }) => rule)).toEqual(["limit-without-order"]);
  });

  it("reports a saved query that does not parse, and is silent about code that does not", async () => {
    const code: QuerySource = {
      kind: "code",
      language: "typescript",
      caller: "db.query",
      interpolated: false,
      inLoop: false,
    };
    const queries = [query("SELECT FROM WHERE"), query("SELECT FROM WHERE", { source: code })];
    const { findings, problems } = await lintQueries({ model: shopModel(), queries });
    expect(findings).toEqual([]);
    expect(problems.map(({ code: id }) => id)).toEqual(["QG750"]);
  });

  it("says of a strange table in code only what is nearly one of the schema", async () => {
    const code: QuerySource = {
      kind: "code",
      language: "python",
      caller: "cur.execute",
      interpolated: false,
      inLoop: false,
    };
    await check(
      [
        query("SELECT id FROM sales.ordres", { source: code }),
        query("SELECT id FROM zzz_quux_other_thing", { source: code }),
      ],
      ["queries/a.sql:3:16 unknown-table"],
    );
  });

  it("judges queries of MySQL by rule", async () => {
    const { model } = await readerOf("mysql").readModel(
      [migration("0001", "CREATE TABLE t (id BIGINT PRIMARY KEY, a TEXT);")],
      {},
    );
    const { findings } = await lintQueries({ model, queries: [query("SELECT * FROM t WHERE b = ?")] });
    expect(findings.map(({ rule, evidence }) => `${evidence} ${rule}`)).toEqual([
      "rule select-star",
      "rule unknown-column",
    ]);
  });
});
