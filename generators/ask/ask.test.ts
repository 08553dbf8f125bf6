import { beforeAll, describe, expect, it } from "vitest";
import { parseQuery } from "#schemas/languages/sql/query/parse-query.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { fakeAi } from "#test/support/fake-ai.ts";
import { fakeProvider, type FakeStep } from "#test/support/fake-provider.ts";
import { readSchema } from "#test/support/questions/read-schema.ts";
import { ask, type AskContext } from "./ask.ts";

let model: SchemaModel;
beforeAll(async () => {
  model = await readSchema(
    "public",
    `create table customers (id int primary key, name text, city text);
     create table orders (id int primary key, customer_id int references customers, total numeric);`,
  );
});

const QUESTION = "How many customers do we have?";
const SAVED = {
  id: "top",
  path: "queries/top.sql",
  title: "Top customers",
  question: "Which customers spent the most in 2024?",
  sql: "select 1",
  origin: { file: "queries/top.sql", line: 1, column: 1 },
  uses: ["public.customers"],
};

const context = (more: Partial<AskContext> = {}): AskContext => ({ model, queries: [], descriptions: {}, ...more });

function withModel(...steps: readonly FakeStep[]) {
  const provider = fakeProvider("anthropic", ...steps);
  return { provider, ai: fakeAi({ providers: { anthropic: provider } }) };
}

describe("ask", () => {
  it("takes a saved query that asks the same", async () =>
    expect(await ask("Which customers spent the most in 2024", context({ queries: [SAVED] }))).toMatchObject({
      kind: "saved",
      sql: "select 1",
      valid: true,
    }));
  it("does not take a saved query of another year", async () =>
    expect((await ask("Which customers spent the most in 2023", context({ queries: [SAVED] }))).kind).not.toBe(
      "saved",
    ));
  it("answers by grammar without a model", async () =>
    expect(await ask(QUESTION, context())).toMatchObject({ kind: "rule", model: "offline", valid: true }));
  it("gives tables to begin with when a word is not known", async () =>
    expect(await ask("Which customers are delinquent?", context())).toMatchObject({
      kind: "skeleton",
      valid: false,
      unexplained: ["delinquent"],
      tables: ["public.customers", "public.orders"],
    }));
  it("takes a model's query that the database plans", async () => {
    const { ai } = withModel({ answer: { sql: "select count(*) from customers", reading: "All customers." } });
    const check = async (): Promise<null> => null;
    expect(await ask(QUESTION, context({ ai, check }))).toMatchObject({ kind: "model", reading: "All customers." });
  });
  it("tells the model once what the database said", async () => {
    const { ai, provider } = withModel(
      { answer: { sql: "select nme from customers", reading: "Names." } },
      { answer: { sql: "select name from customers", reading: "Names." } },
    );
    const check = async (sql: string): Promise<string | null> =>
      /\bnme\b/.test(sql) ? 'column "nme" does not exist. At character 8. Perhaps you meant "name".' : null;
    expect(await ask("names of customers", context({ ai, check }))).toMatchObject({
      sql: "select name from customers",
    });
    expect(JSON.stringify(provider.dataOf(1))).toContain("Perhaps you meant");
  });
  it("answers by grammar when the model's queries do not plan", async () => {
    const { ai } = withModel({ answer: { sql: "select nme from customers", reading: "Names." } });
    const check = async (sql: string): Promise<string | null> => (/\bnme\b/.test(sql) ? "no such column" : null);
    const answer = await ask(QUESTION, context({ ai, check }));
    expect(answer).toMatchObject({ kind: "rule", sql: "SELECT count(*)\nFROM customers" });
    expect(answer.notes).toHaveLength(1);
  });
  it("looks up in the data which column a name is of", async () => {
    const read = async (sql: string): Promise<readonly (readonly string[])[]> => {
      return [[/(\d+) AS place, city/.exec(sql)?.[1] ?? "", "Oslo"]];
    };
    const answer = await ask("How many customers are from oslo?", context({ read }));
    expect(answer.sql).toContain("city = 'Oslo'");
  });
  it.each(["mysql", "mssql"] as const)("asks a %s database for values in its own SQL", async (dialect) => {
    const asked: string[] = [];
    const read = async (sql: string): Promise<readonly (readonly string[])[]> => {
      asked.push(sql);
      return [[/(\d+) AS place, city/.exec(sql)?.[1] ?? "", "Oslo"]];
    };
    const answer = await ask("How many customers are from oslo?", context({ model: { ...model, dialect }, read }));
    expect(answer.sql).toContain("city = 'Oslo'");
    await ask("How many customers are from 'os\\lo' or oslo?", context({ model: { ...model, dialect }, read }));
    expect(asked.map((sql) => [parseQuery(sql, dialect).ok, sql.includes("\\")])).toEqual([
      [true, false],
      [true, false],
    ]);
  });
});
