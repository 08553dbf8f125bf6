import { describe, expect, it } from "vitest";
import { splitCases } from "./split-cases.ts";
import { psqlCases } from "./split-psql-cases.ts";
import { splitStatements } from "./split.ts";

/** The statements' texts and the problems as `code line:column`. */
function check(text: string, statements: readonly string[], problems: readonly string[] = []): void {
  const result = splitStatements({ path: "shop.sql", text });
  expect(result.statements.map((statement) => statement.text)).toEqual(statements);
  expect(result.problems.map(({ code, origin }) => `${code} ${origin?.line}:${origin?.column}`)).toEqual(problems);
}

describe("splitStatements", () => {
  it.each([...splitCases, ...psqlCases])("reads $name", ({ sql, statements, problems }) => {
    check(sql, statements, problems);
  });

  it("says where a statement begins and ends, in UTF-16 code units", () => {
    const { statements } = splitStatements({
      path: "shop.sql",
      text: "select '😀'; select 2;\r\n/* a */ select\r\n  3 ;",
    });
    expect(statements.map(({ span }) => span)).toEqual([
      { file: "shop.sql", line: 1, column: 1, endLine: 1, endColumn: 12 },
      { file: "shop.sql", line: 1, column: 14, endLine: 1, endColumn: 22 },
      { file: "shop.sql", line: 2, column: 9, endLine: 3, endColumn: 4 },
    ]);
    expect(statements.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it("counts lines from the place of the part in its file", () => {
    const file = { path: "shop.sql", text: "\nselect 1;\n\\echo x\n" };
    const { statements, problems } = splitStatements(file, { firstLine: 41 });
    expect(statements[0]?.span).toMatchObject({ line: 42, endLine: 42 });
    expect(problems[0]?.origin).toEqual({ file: "shop.sql", line: 43, column: 1 });
  });

  it("gives each statement the comments before it and behind it on its line", () => {
    const text = [
      "-- head",
      "/* made",
      "   by hand */",
      "select 1; -- one",
      "-- two",
      "select /* not this */ 2 -- inside",
      "; /* a */ select 3; /* b",
      "*/ select 4 -- last",
    ].join("\n");
    const { statements } = splitStatements({ path: "shop.sql", text });
    expect(statements.map(({ leadingComments }) => leadingComments)).toEqual([
      [
        { text: "head", line: 1 },
        { text: "made\n   by hand", line: 2 },
      ],
      [{ text: "two", line: 5 }],
      [{ text: "a", line: 7 }],
      [{ text: "b", line: 7 }],
    ]);
    expect(statements.map(({ trailingComments }) => trailingComments)).toEqual([
      [{ text: "one", line: 4 }],
      [{ text: "inside", line: 6 }],
      [],
      [{ text: "last", line: 8 }],
    ]);
  });

  it("names the table, the rows and the command in its messages", () => {
    const text = "copy shop.orders\n (id) from stdin;\n1\n2\n\\.\n\\ir ../seed.sql\n\\c shop\n\\restrict x\n";
    expect(splitStatements({ path: "shop.sql", text }).problems.map(({ message }) => message)).toEqual([
      '2 rows of "copy shop.orders (id) from stdin" were skipped',
      String.raw`The file that "\ir ../seed.sql" includes was not read`,
      String.raw`"\c shop" changes the database; the statements after it were read as part of the same one`,
      String.raw`The psql command "\restrict" was skipped`,
    ]);
  });
});
