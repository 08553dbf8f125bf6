import { expect, test } from "vitest";
import { readMysqlModel } from "#schemas/dialects/mysql/read-mysql-model.ts";
import { translatedChecks, type PlanQuery } from "./translated-checks.ts";

const { model } = readMysqlModel(
  [{ path: "a.sql", version: "1", transaction: "none", text: "create table orders (id int primary key, note json)" }],
  { engine: "mysql", version: "8.4" },
);

async function check(sql: string, plan: PlanQuery, expected: { readonly problem: unknown; readonly how: unknown }) {
  const checks = translatedChecks(model, plan);
  expect({ problem: await checks.check(sql), how: checks.howChecked(sql) }).toEqual(expected);
}

const planned: PlanQuery = () => Promise.resolve(null);
const refused =
  (code: "QG501" | "QG727"): PlanQuery =>
  () =>
    Promise.resolve({ code, message: "It is refused." });

test("a query that PostgreSQL plans says where", () =>
  check("select id from orders", planned, {
    problem: null,
    how: expect.stringContaining("Planned by PostgreSQL on the schema translated from MySQL"),
  }));
test("a wrong name is found before anything is planned", () =>
  check("select nothing from orders", planned, {
    problem: expect.stringMatching(/nothing.*At character 8/),
    how: null,
  }));
test("PostgreSQL's way to write is no MySQL", () =>
  check("select id::text from orders", planned, { problem: expect.any(String), how: null }));
test("what writes is no answer", () =>
  check("delete from orders", planned, { problem: expect.stringContaining("does not only read"), how: null }));
test("what cannot be translated stands on its names and says so", () =>
  check("select json_extract(note, '$.a') from orders", refused("QG727"), {
    problem: null,
    how: "Not planned, its names were looked up in the schema only. It is refused.",
  }));
test("what PostgreSQL refuses is no answer", () =>
  check("select id from orders", refused("QG501"), { problem: "It is refused.", how: null }));
