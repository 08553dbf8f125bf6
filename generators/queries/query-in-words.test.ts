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
        "Keeps groups where count(*) > 1.",
        "Shows c.name, count(*) as n.",
        "Sorts by n from high to low.",
        "Skips the first 6 rows.",
        "Keeps at most 3 rows.",
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
        "  Keeps rows where id IN (SELECT order_id FROM items).",
        "  The subquery in it:",
        "    Reads items.",
        "    Shows order_id.",
        "  Works out row_number() for each row over the rows with the same kind, in the order of id from low to high.",
        "  Shows id, row_number() OVER (PARTITION BY kind ORDER BY id).",
        "and",
        "  Shows 1, 2.",
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
