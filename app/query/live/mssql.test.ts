import { expect, test } from "vitest";
import { hostileMssql } from "#generators/queries/guard-cases-by-rule.ts";
import { mssqlTarget } from "#test/support/live-targets.ts";
import { startTdsServer } from "#test/support/tds-server.ts";
import { defaultLimits } from "../connection.ts";
import { openLiveConnection } from "./open-live.ts";

/** A server that speaks the protocol and has one answer. What a real one would do with the text, no test here says. */
async function asked(queries: readonly string[]) {
  const server = await startTdsServer({
    user: "reader",
    password: "s3cret",
    database: "shop",
    answer: (sql) => ({ kind: "rows", sets: sql.includes("from dbo.Orders") ? ["42"] : [] }),
  });
  const live = openLiveConnection(mssqlTarget(server.port), defaultLimits);
  const answers = [];
  for (const sql of queries) answers.push(await live.query({ sql, ...(sql.includes("@p1") ? { params: [7] } : {}) }));
  await live.close();
  await server.close();
  return { answers, asked: server.asked };
}

test("asks a query in a transaction that is rolled back, with its values beside it", async () => {
  const { answers, asked: texts } = await asked(["select Note from dbo.Orders where Id = @p1;"]);
  expect(answers).toMatchObject([{ ok: true, value: { rows: [["42"]], rowCount: 1, truncated: false } }]);
  const [begin, query, end] = texts.filter((text) => /begin transaction|dbo\.Orders|rollback/.test(text));
  expect(begin).toContain("begin transaction");
  expect(query).toContain("select Note from dbo.Orders where Id = @p1");
  expect(query).not.toContain("@p1;");
  expect(end).toContain("rollback transaction");
});

test("sends no hostile statement at all", async () => {
  const { answers, asked: texts } = await asked(hostileMssql.map(([sql]) => sql));
  expect(answers.every((answer) => !answer.ok && answer.problem.code === "QG501")).toBe(true);
  expect(texts).toEqual([]);
});

test("plans a query in a batch of its own, without its values, between the switches that keep it from running", async () => {
  const plan =
    '<ShowPlanXML><RelOp PhysicalOp="Table Scan" EstimateRows="3" EstimatedTotalSubtreeCost="0.1"/></ShowPlanXML>';
  const server = await startTdsServer({
    user: "reader",
    password: "s3cret",
    database: "shop",
    answer: (sql) => ({ kind: "rows", sets: sql.includes("from dbo.Orders") ? [plan] : [] }),
  });
  const live = openLiveConnection(mssqlTarget(server.port), defaultLimits);
  const answer = await live.explain({
    sql: "select Note from dbo.Orders where Id = @p1 and Note = @p2",
    params: [7, "s3cret-note"],
  });
  expect(answer).toMatchObject({ ok: true, value: { tree: { node: "Seq Scan", rows: 3, cost: 0.1 }, text: plan } });
  // The driver asks the line for a sign of life each time.
  const texts = server.asked.map((text) => text.trim()).filter((text) => text !== "SELECT 1;");
  const from = texts.indexOf("set showplan_xml on");
  expect(texts.slice(from, from + 4)).toEqual([
    "set showplan_xml on",
    "declare @p1 float, @p2 nvarchar(4000); select Note from dbo.Orders where Id = @p1 and Note = @p2",
    "set showplan_xml off",
    "if @@trancount > 0 rollback transaction",
  ]);
  expect(server.asked.join()).not.toContain("s3cret-note");
  await live.close();
  await server.close();
});
