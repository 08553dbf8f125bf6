import { beforeAll, expect, test } from "vitest";
import { loadParser, type Parser } from "#schemas/languages/sql/postgres/parse.ts";
import { comparedColumns } from "./compared-columns.ts";

let parser: Parser;
beforeAll(async () => {
  parser = await loadParser();
});

test.each<readonly [condition: string, columns: readonly string[]]>([
  ["id = 1 and t.state = $1 and c > 3", ["id", "state"]],
  ["7 = id", ["id"]],
  ["id in (1, 2) and k = '5'::uuid", ["id", "k"]],
  ["id = 1 or state = 'x'", []],
  ["id <> 1 and k not in (1, 2)", []],
  ["id = other and k = f(1)", []],
])("%s narrows by %j", (condition, columns) => {
  const outcome = parser.parse(`delete from t where ${condition}`);
  const [first] = outcome.ok ? (outcome.tree.stmts ?? []) : [];
  const where = first?.stmt && "DeleteStmt" in first.stmt ? first.stmt.DeleteStmt.whereClause : undefined;
  expect(where).toBeDefined();
  expect(comparedColumns(where)).toEqual(columns);
});
