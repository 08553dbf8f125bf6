import { expect, test } from "vitest";
import { parseQuery } from "#schemas/languages/sql/query/parse-query.ts";
import { dialectFacts } from "./dialect-facts.ts";
import { timeUnits } from "./time-words.ts";

test.each(["mssql", "mysql"] as const)("the grammar of %s reads what its times are reckoned by", (dialect) => {
  const { time } = dialectFacts(dialect);
  for (const unit of timeUnits) {
    const begin = time.startOf(unit, time.today);
    const sql = `SELECT ${time.startOf(unit, "a")}, ${time.yearOf("a")} FROM t WHERE a >= ${time.earlier(begin, 2, unit)}`;
    expect({ sql, isRead: parseQuery(sql, dialect).ok }).toEqual({ sql, isRead: true });
  }
});
