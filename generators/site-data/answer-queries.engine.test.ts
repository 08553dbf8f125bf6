import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replay, type Replay } from "#schemas/replay/replay.ts";
import { shopFiles, shopModel } from "#test/support/shop.ts";
import type { SavedQuery } from "../generator.ts";
import { answerQueries, type SiteAnswers } from "./answer-queries.ts";

function saved(id: string, sql: string): SavedQuery {
  return { id, path: `queries/${id}.sql`, title: id, sql, origin: { file: id, line: 1, column: 1 }, uses: [] };
}

const queries = [
  saved("currencies", "select code, name, now() > '2000-01-01' as is_today from sales.currencies order by code"),
  saved("one-country", "select name from people.countries where code = $1"),
  saved("unknown-column", "select colour_of_the_sky from sales.currencies"),
  saved("writes", "delete from sales.currencies"),
  saved("dates", "select date '2026-03-01' as day, 9007199254740993::bigint as big, '\\x00ff'::bytea as bytes"),
];

describe("answerQueries", () => {
  let replayed: Replay;
  let answers: SiteAnswers;
  const answerOf = (id: string) => answers.queries.find((query) => query.id === id);

  beforeAll(async () => {
    replayed = await replay(shopFiles());
    await replayed.engine.exec("truncate sales.currencies cascade");
    await replayed.engine.exec(
      "insert into sales.currencies (code, name, symbol, minor_digits) values ('EUR', 'Euro', '€', 2), ('SEK', 'Krona', 'kr', 2)",
    );
    answers = await answerQueries(replayed.engine, shopModel(), queries);
  });
  afterAll(() => replayed.engine.close());

  it("keeps a query's rows and plan", () => {
    expect(answerOf("currencies")?.result).toEqual({
      columns: [{ name: "code" }, { name: "name" }, { name: "is_today" }],
      rows: [
        ["EUR", "Euro", true],
        ["SEK", "Krona", true],
      ],
      rowCount: 2,
      truncated: false,
    });
    expect(answerOf("currencies")?.plan?.text).toContain("currencies");
    expect(answerOf("currencies")?.plan?.tree).toMatchObject([{ Plan: { "Node Type": expect.any(String) } }]);
  });
  it("says that a query asks for a value", () => {
    expect(answerOf("one-country")?.failure).toBe("This query asks for a value; run it with one.");
  });
  it("says why the engine refuses a query", () => {
    expect(answerOf("unknown-column")?.failure).toContain("colour_of_the_sky");
  });
  it("lets no saved query write", async () => {
    expect(answerOf("writes")?.failure).toContain("read-only");
    const { rows } = await replayed.engine.query("select count(*)::int as number from sales.currencies");
    expect(rows).toEqual([{ number: 2 }]);
  });
  it("writes values as JSON has them", () => {
    expect(answerOf("dates")?.result?.rows).toEqual([["2026-03-01", "9007199254740993", "\\x00ff"]]);
  });
  it("takes sample rows of tables that have some", () => {
    expect(answers.samples["sales.currencies"]).toMatchObject({ rowCount: 2 });
    expect(answers.samples["sales.orders"]).toBeUndefined();
  });
});
