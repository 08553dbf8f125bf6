import { expect, it } from "vitest";
import { withComments } from "./query-comments.ts";

/** The comments of a query that begins on a line of a file. */
function check(file: readonly string[], line: number, sql: string, expected: readonly string[]): void {
  const query = { source: { kind: "file" }, origin: { file: "a", line, column: 1 }, sql } as const;
  const comments = withComments([query], file.join("\n")).flatMap((found) => found.comments ?? []);
  expect(comments.map((comment) => `${comment.line} ${comment.text}`)).toEqual(expected);
}

it("finds comments above the statement that a query is part of", () => {
  check(["// querygenie-ignore select-star -- all", "const rows = await db.query(", "  `SELECT *"], 3, "SELECT *", [
    "1 querygenie-ignore select-star -- all",
  ]);
  check(["-- title: all", "-- querygenie-ignore a", "SELECT 1"], 3, "SELECT 1", [
    "1 title: all",
    "2 querygenie-ignore a",
  ]);
  check(["/* querygenie-ignore a */", "SELECT 1"], 2, "SELECT 1", ["1 querygenie-ignore a"]);
});

it("finds those in the query itself", () => {
  check(["SELECT *", "-- querygenie-ignore a", "FROM t"], 1, "SELECT *\n-- querygenie-ignore a\nFROM t", [
    "2 querygenie-ignore a",
  ]);
});

it("leaves out those of the statement before", () => {
  check(["# querygenie-ignore a", "run();", 'db.execute("SELECT 1")'], 3, "SELECT 1", []);
  check(["# querygenie-ignore a", "", 'db.execute("SELECT 1")'], 3, "SELECT 1", []);
});
