import { describe, expect, test } from "vitest";
import type { Grammar } from "#schemas/languages/sql/query/ast.ts";
import { hostileStatements } from "./guard-cases.ts";
import { guardByRule } from "./guard-by-rule.ts";
import { honestByRule, hostileMssql, hostileMysql } from "./guard-cases-by-rule.ts";

const hostile: Readonly<Record<Grammar, typeof hostileMysql>> = { mysql: hostileMysql, mssql: hostileMssql };

describe.each(["mysql", "mssql"] as const)("on %s", (grammar) => {
  test.each(hostile[grammar])("refuses %j", (sql, reason) => {
    const verdict = guardByRule(sql, grammar);
    expect(verdict.ok ? "let pass" : verdict.problem.message).toMatch(reason);
  });

  test.each(honestByRule[grammar])("lets pass %j", (sql) => {
    expect(guardByRule(sql, grammar)).toMatchObject({ ok: true });
  });

  test.each([
    ["select * from t where a = 'x';  ", 0, "select * from t where a = 'x'"],
    [grammar === "mysql" ? "select ?, ?, ?" : "select @p1, @p3", 3, null],
  ])("gives of %j %i parameters and the statement alone", (sql, parameters, text) => {
    expect(guardByRule(sql, grammar)).toEqual({ ok: true, parameters, text: text ?? sql });
  });

  test("points at what it refuses", () => {
    const verdict = guardByRule("select 1,\n  sleep(9), xp_cmdshell('x')", grammar);
    const column = grammar === "mysql" ? 3 : 13;
    expect(verdict).toMatchObject({ ok: false, problem: { code: "QG501", origin: { line: 2, column } } });
  });
});

test("three hundred statements and more are refused over the dialects", () => {
  const all = [...hostileStatements, ...hostileMysql, ...hostileMssql].map(([sql]) => sql);
  expect(new Set(all).size).toBeGreaterThan(300);
});
