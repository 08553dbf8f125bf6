import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { walk } from "#schemas/languages/sql/postgres/ast.ts";
import { createParser, type Parser } from "#schemas/languages/sql/postgres/parse.ts";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";
import { readQuestions } from "#test/support/questions/read-questions.ts";
import { queryInWords } from "./query-in-words.ts";

let parser: Parser;
beforeAll(async () => {
  parser = await createParser();
});

function words(sql: string): string[] {
  const outcome = parser.parse(sql);
  const statement = outcome.ok ? outcome.tree.stmts?.[0]?.stmt : undefined;
  if (statement === undefined) throw new Error(sql);
  return queryInWords(statement).map(({ depth, text }) => `${"  ".repeat(depth)}${text}`);
}

const check = (sql: string, expected: readonly string[]): void => expect(words(sql)).toEqual(expected);

describe("queryInWords", () => {
  it("names tables, joins, conditions, groups, sorting and limit", () =>
    check(
      `select c.name, count(*) as n from sales.orders o left join customers c on c.id = o.customer_id
       where o.total > 10 and o.is_paid group by c.name having count(*) > 1 order by n desc limit 3 offset 6`,
      [
        "Reads sales.orders (called o).",
        "Joins, and keeps rows without a match (left join), customers (called c) where c.id = o.customer_id.",
        "Keeps rows where o.total > 10.",
        "Keeps rows where o.is_paid.",
        "Makes one group for each c.name.",
        "Works out count(*): the number of rows.",
        "Keeps groups where count(*) > 1.",
        "Shows c.name, count(*) as n.",
        "Sorts by n from high to low.",
        "Skips the first 6 rows.",
        "Keeps at most 3 rows.",
      ],
    ));
  it("tells tables that were joined in parentheses as one partner, and LIKE with its escape", () =>
    check(
      `select o.id from orders o left join (items i join products p on p.id = i.product_id) on i.order_id = o.id
       where p.name not like '50!%%' escape '!'`,
      [
        "Reads orders (called o).",
        "Joins, and keeps rows without a match (left join), the rows of a join where i.order_id = o.id:",
        "  Reads items (called i).",
        "  Joins products (called p) where p.id = i.product_id.",
        "Keeps rows where p.name NOT LIKE '50!%%' ESCAPE '!'.",
        "Shows o.id.",
      ],
    ));
  it("says what a window leaves out, and how a sample is drawn", () =>
    check(
      "select sum(x) over (order by y rows between 3 preceding and current row exclude ties) from t tablesample system (5) repeatable (7)",
      [
        "Reads a random sample (system 5, the same one each time by 7) of t.",
        "Works out sum(x) for each row over all rows, in the order of y from low to high, from 3 rows before to this row, without the others that are equal to this row.",
        "Shows sum(x) OVER (ORDER BY y ROWS BETWEEN 3 PRECEDING AND CURRENT ROW EXCLUDE TIES).",
      ],
    ));
  it("tells subqueries, set operations, windows and what is worked out first", () =>
    check(
      `with paid as (select id from orders where is_paid) select id, row_number() over (partition by kind order by id) from paid
       where id in (select order_id from items) union all select 1, 2`,
      [
        "First works out paid:",
        "  Reads orders.",
        "  Keeps rows where is_paid.",
        "  Shows id.",
        "Takes the rows of either of two queries (UNION ALL), with repetitions:",
        "  Reads paid.",
        "  Keeps rows where id is one of the values of the subquery below.",
        "  The subquery in it:",
        "    Reads items.",
        "    Shows order_id.",
        "  Works out row_number() for each row over the rows with the same kind, in the order of id from low to high.",
        "  Shows id, row_number() OVER (PARTITION BY kind ORDER BY id).",
        "and",
        "  Shows 1, 2.",
      ],
    ));

  it("tells CASE, what an aggregate leaves out, positions, and rows of functions", () =>
    check(
      `select o.kind, sum(o.total) filter (where o.is_paid) as paid, case when o.kind = 1 then 'shop' else 'web' end
       from orders o cross join lateral unnest(o.tags) with ordinality t(tag, n)
       where not exists (select 1 from refunds r where r.order_id = o.id) and o.note is null and o.kind in (1, 2)
       group by 1 order by 2 desc limit 1`,
      [
        "Reads orders (called o).",
        "Combines every row with the rows that unnest(o.tags) gives with their numbers for each row (called t, with tag, n).",
        "Keeps rows where the subquery below gives no row.",
        "The subquery in it:",
        "  Reads refunds (called r).",
        "  Keeps rows where r.order_id = o.id.",
        "  Shows 1.",
        "Keeps rows where o.note has no value.",
        "Keeps rows where o.kind is one of 1, 2.",
        "Makes one group for each o.kind.",
        "Works out sum(o.total) FILTER (WHERE o.is_paid): the sum of o.total, of the rows where o.is_paid only.",
        "Works out a value by case: 'shop' where o.kind = 1; else 'web'.",
        "Shows o.kind, sum(o.total) FILTER (WHERE o.is_paid) as paid, CASE WHEN o.kind = 1 THEN 'shop' ELSE 'web' END.",
        "Sorts by sum(o.total) FILTER (WHERE o.is_paid) from high to low.",
        "Keeps at most 1 row.",
      ],
    ));
  it("prints the JSON expressions that the printer of trees does not know", () =>
    check(
      `select json_value(j, '$.a' returning int) as a, json_scalar(1), count(b) from only docs
       where json_exists(j, '$.b') and id in (select k.a from json_table(j, '$' columns (a int path '$.a')) k)
         and b = (select max(a) from json_table(j, '$' columns (a int path '$.a')) l)`,
      [
        "Reads docs, without the tables that inherit from it.",
        "Keeps rows where json_exists(j, '$.b').",
        "Keeps rows where id is one of the values of the subquery below.",
        "The subquery in it:",
        "  Reads the rows that JSON_TABLE makes of j (called k).",
        "  Shows k.a.",
        "Keeps rows where b = ((SELECT max(a) FROM json_table(j) AS l)).",
        "The subquery in it:",
        "  Reads the rows that JSON_TABLE makes of j (called l).",
        "  Works out max(a): the highest a.",
        "  Shows max(a).",
        "Works out count(b): how many rows have a value of b.",
        "Shows json_value(j, '$.a') as a, json_scalar(1), count(b).",
      ],
    ));
  it("tells rows of documents, samples, frames and groupings", () =>
    check(
      `select sum(a) over (order by b rows between 1 preceding and current row) from json_table(doc, '$' columns (a int path '$.a')) j,
       t tablesample bernoulli (10) group by rollup (b) order by a using > limit (select max(n) from k)`,
      [
        "Reads the rows that JSON_TABLE makes of doc (called j).",
        "Combines every row with a random sample (bernoulli 10) of t.",
        "Makes one group for each b, with totals from right to left and one over all rows (ROLLUP).",
        "Works out sum(a) for each row over all rows, in the order of b from low to high, from 1 row before to this row.",
        "Shows sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW).",
        "Sorts by a by the operator >.",
        "Keeps at most (SELECT max(n) FROM k) rows.",
        "The subquery in it:",
        "  Reads k.",
        "  Works out max(n): the highest n.",
        "  Shows max(n).",
      ],
    ));

  it.skipIf(!hasCorpus)("names every table and every limit of the queries of the corpus", async () => {
    const set = await readQuestions(join(corpusFolder, "questions"));
    const missing: string[] = [];
    for (const { id, sql } of (set?.questions ?? []).filter(({ plans }) => plans)) {
      const text = words(sql).join("\n");
      const outcome = parser.parse(sql);
      if (!outcome.ok) continue;
      walk(outcome.tree, {
        RangeVar: ({ relname = "" }) => void (text.includes(relname) || missing.push(`${id}: ${relname}`)),
        SelectStmt: ({ limitCount, groupClause, sortClause }) => {
          if (limitCount && !text.includes("Keeps at most")) missing.push(`${id}: limit`);
          if (groupClause && !text.includes("Makes one group")) missing.push(`${id}: group`);
          if (sortClause && !text.includes("Sorts by")) missing.push(`${id}: order`);
        },
      });
    }
    expect(set?.questions.length).toBeGreaterThan(300);
    expect(missing).toEqual([]);
  });
});
