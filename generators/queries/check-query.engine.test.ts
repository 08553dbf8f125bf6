import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { join } from "node:path";
import { loadParser, type Parser } from "#schemas/languages/sql/postgres/parse.ts";
import { bootEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";
import { corruptions, type Corruption } from "#test/support/questions/corruptions.ts";
import { readQuestions, type QuestionSet } from "#test/support/questions/read-questions.ts";
import { checkQuery } from "./check-query.ts";

describe("checkQuery", () => {
  let engine: EmbeddedEngine;
  let parser: Parser;
  beforeAll(async () => {
    engine = await bootEngine({ cacheDir: testCacheDir });
    parser = await loadParser();
    await engine.exec("create table orders (id int primary key, total numeric)");
  });
  afterAll(() => engine.close());

  const check = async (sql: string): Promise<string> => {
    const verdict = await checkQuery(sql, { parser, engine });
    return verdict.ok
      ? "passes"
      : `${verdict.problem.code} ${verdict.problem.message} ${verdict.problem.origin?.column}`;
  };

  it("lets a query pass that plans", async () => expect(await check("select total from orders")).toBe("passes"));
  it("plans a query for any values", async () =>
    expect(await check("select * from orders where id = $1")).toBe("passes"));
  it("tells a wrong column with its place", async () =>
    expect(await check("select tota from orders")).toBe(
      'QG520 The database cannot plan the query: column "tota" does not exist. 8',
    ));
  it("refuses a write before the engine sees it", async () =>
    expect(await check("with gone as (delete from orders returning *) select * from gone")).toMatch(/^QG501/));

  describe.skipIf(!hasCorpus)("on the queries of the corpus", () => {
    let set: QuestionSet;
    beforeAll(async () => {
      const found = await readQuestions(join(corpusFolder, "questions"));
      if (found === null) throw new Error("The corpus has no questions.");
      set = found;
      for (const [name, { script }] of set.databases) {
        await engine.exec(`create schema "${name}"; set search_path = "${name}"; ${script}`);
      }
    });

    const verdictOf = async (db: string, sql: string): Promise<boolean> => {
      await engine.exec(`set search_path = "${db}"`);
      return (await checkQuery(sql, { parser, engine })).ok;
    };

    it("accepts every query that plans", async () => {
      const refused: string[] = [];
      for (const { db, sql, id } of set.questions.filter(({ plans }) => plans)) {
        if (!(await verdictOf(db, sql))) refused.push(id);
      }
      expect(refused).toEqual([]);
    });

    it.each<Corruption>([
      "wrong column",
      "column of another table",
      "wrong table",
      "syntax",
      "stacked write",
      "write in a CTE",
    ])("refuses each of them with a %s", async (kind) => {
      const accepted: string[] = [];
      let tried = 0;
      for (const { db, sql, id } of set.questions.filter(({ plans }) => plans)) {
        const model = set.databases.get(db)?.model;
        const broken = model ? corruptions[kind](sql, model) : null;
        if (broken === null) continue;
        tried += 1;
        if (await verdictOf(db, broken)) accepted.push(`${id}: ${broken}`);
      }
      expect(tried).toBeGreaterThan(200);
      expect(accepted).toEqual([]);
    });
  });
});
