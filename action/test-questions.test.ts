import { beforeAll, describe, expect, it } from "vitest";
import type { SavedQuery } from "#generators/generator.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { readSchema } from "#test/support/questions/read-schema.ts";
import { colours } from "./terminal/terminal.ts";
import { testQuestions } from "./test-questions.ts";

let model: SchemaModel;
beforeAll(async () => {
  model = await readSchema("public", "create table customers (id int primary key, name text);");
});

const RULE = "select count(*) from customers";
/** What the pretended database gives for queries by hand; any other query is one that a rule wrote. */
const ROWS: Readonly<Record<string, readonly (readonly string[])[] | null>> = {
  [RULE]: [["7"]],
  "select count(*) + 1 from customers": [["8"]],
  "select count(*) from customers where id > $1": null,
};

function saved(sql: string, question: string | undefined = "How many customers do we have?"): SavedQuery {
  const origin = { file: "queries/customers.sql", line: 2, column: 1 };
  const uses = ["public.customers"];
  const path = "queries/customers.sql";
  return { id: "customers", path, title: "Customers", sql, origin, uses, ...(question && { question }) };
}

async function run(queries: readonly SavedQuery[], isJson = false) {
  const [results, said]: [string[], string[]] = [[], []];
  const terminal = {
    result: (text: string) => void results.push(text),
    say: (line: string) => void said.push(line),
    colour: colours(false),
  };
  const context = {
    model,
    queries,
    descriptions: {},
    check: async (sql: string) => (sql.includes("nowhere") ? 'relation "nowhere" does not exist' : null),
    read: async (sql: string) => (sql in ROWS ? (ROWS[sql] ?? null) : [["7"]]),
  };
  const { exitCode, problems } = await testQuestions({ context, queries }, { terminal, isJson });
  return { exitCode, problems, results, said };
}

describe("testQuestions", () => {
  it("passes when the answer gives the rows of the saved query, which it does not see", async () =>
    expect(await run([saved(RULE)])).toEqual({
      exitCode: 0,
      problems: [],
      results: ["same    customers: How many customers do we have?"],
      said: ["1 same"],
    }));
  it("fails with the place and the reading when the rows are others", async () =>
    expect(await run([saved("select count(*) + 1 from customers")])).toMatchObject({
      exitCode: 1,
      problems: [
        {
          code: "QG521",
          message: "The answer to “How many customers do we have?” gives other rows than the saved query customers.",
          help: expect.stringMatching(/was read as: .*customers/),
          origin: { file: "queries/customers.sql", line: 2 },
        },
      ],
      said: ["1 other"],
    }));
  it("fails with the database's words when the saved query does not run", async () =>
    expect(await run([saved("select count(*) from nowhere")])).toMatchObject({
      exitCode: 1,
      problems: [{ code: "QG521", message: expect.stringMatching(/does not run: relation "nowhere" does not exist/) }],
      said: ["1 broken"],
    }));
  it("leaves open what nobody answers, and queries that want values, and says that this fails nothing", async () =>
    expect(
      await run([
        saved(RULE, "Which customers are delinquent?"),
        saved("select count(*) from customers where id > $1"),
      ]),
    ).toMatchObject({
      exitCode: 0,
      problems: [],
      said: ["2 open", expect.stringMatching(/^Open: .* fails nothing\. With --model/)],
    }));
  it("writes JSON alone, and says when there is nothing to ask", async () => {
    const { results, said } = await run([saved(RULE)], true);
    expect(said).toEqual([]);
    expect(JSON.parse(results.join(""))).toMatchObject({ version: 1, results: [{ id: "customers", outcome: "same" }] });
    expect(await run([])).toMatchObject({ exitCode: 0, results: ["No saved query has a question."], said: [] });
  });
});
