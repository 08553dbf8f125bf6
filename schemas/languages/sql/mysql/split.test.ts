import { describe, expect, it } from "vitest";
import { mysqlFacts } from "../../../dialects/mysql/facts.ts";
import { splitStatements } from "./split.ts";

const { runs } = mysqlFacts({ engine: "mysql", version: "8.4" });

function check(text: string, expected: readonly string[], codes: readonly string[] = []): void {
  const { statements, problems } = splitStatements({ path: "shop.sql", text }, { runs });
  expect(statements.map((statement) => statement.text)).toEqual(expected);
  expect(problems.map(({ code }) => code)).toEqual(codes);
}

describe("splitting a MySQL script", () => {
  const cases: readonly (readonly [
    name: string,
    text: string,
    expected: readonly string[],
    codes?: readonly string[],
  ])[] = [
    ["cuts at semicolons", "select 1; select 2", ["select 1", "select 2"]],
    [
      "keeps semicolons in strings, names and comments",
      "select ';', \"a;b\", `c;d` /* ; */ -- ;\n; select 2 # ;",
      ["select ';', \"a;b\", `c;d`", "select 2"],
    ],
    [
      "reads backslash escapes and doubled quotes",
      "select 'it\\'s;', 'it''s;'; select 2",
      ["select 'it\\'s;', 'it''s;'", "select 2"],
    ],
    ["takes two dashes for a comment only before white space", "select 5--3; select 1", ["select 5--3", "select 1"]],
    [
      "takes a line of dashes between statements for a comment",
      "-----\nselect 1;\n---- more; text\nselect 2",
      ["select 1", "select 2"],
    ],
    [
      "changes the terminator",
      "DELIMITER $$\nselect 1; select 2$$\ndelimiter ;\nselect 3;",
      ["select 1; select 2", "select 3"],
    ],
    [
      "finds a terminator inside a word",
      "DELIMITER $$\ncreate procedure p() begin select 1; end$$\nselect 2$$",
      ["create procedure p() begin select 1; end", "select 2"],
    ],
    [
      "keeps a routine's body together without a terminator of its own",
      "create procedure p() begin if a then select 1; end if; case b when 1 then set c = 1; end case; end; select 2",
      [
        "create procedure p() begin if a then select 1; end if; case b when 1 then set c = 1; end case; end",
        "select 2",
      ],
    ],
    [
      "keeps loops and labels together",
      "create procedure p() begin l: while i < 3 do set i = i + 1; end while l; repeat set i = repeat('a', 2); until i end repeat; loop leave l; end loop; end; select 2",
      [
        "create procedure p() begin l: while i < 3 do set i = i + 1; end while l; repeat set i = repeat('a', 2); until i end repeat; loop leave l; end loop; end",
        "select 2",
      ],
    ],
    [
      "does not take IF functions and handlers for blocks",
      "create procedure p() begin declare exit handler for sqlexception rollback; select if(a, 1, 2) for update; end; select 2",
      [
        "create procedure p() begin declare exit handler for sqlexception rollback; select if(a, 1, 2) for update; end",
        "select 2",
      ],
    ],
    [
      "keeps a trigger whose body is one IF",
      "create trigger t before insert on o for each row if new.a then set new.b = 1; end if; select 2",
      ["create trigger t before insert on o for each row if new.a then set new.b = 1; end if", "select 2"],
    ],
    [
      "starts a transaction with BEGIN",
      "begin; insert into a values (1); commit",
      ["begin", "insert into a values (1)", "commit"],
    ],
    [
      "keeps executable comments as statements",
      "/*!40101 SET NAMES utf8 */; /* plain */; select 1",
      ["/*!40101 SET NAMES utf8 */", "select 1"],
    ],
    ["ends statements at \\G", "select 1\\G select 2\\g", ["select 1", "select 2"]],
    [
      "reports client commands",
      "source other.sql\nsystem ls\n\\! ls\nselect 1",
      ["select 1"],
      ["QG213", "QG213", "QG213"],
    ],
    ["reports a string that never ends", "select 1; select 'open", ["select 1"], ["QG207"]],
    ["reports a body that never ends", "create procedure p() begin select 1;", [], ["QG207"]],
    ["has nothing to say of comments alone", "-- nothing\n/* here */", []],
  ];
  it.each(cases.map(([name, ...given]) => ({ name, given })))("$name", ({ given }) => {
    check(...given);
  });

  it("knows the line and column of each statement", () => {
    const { statements } = splitStatements(
      { path: "shop.sql", text: "\n  select 1;\nselect\n 2" },
      { runs, firstLine: 10 },
    );
    expect(statements.map(({ span }) => [span.line, span.column, span.endLine, span.endColumn])).toEqual([
      [11, 3, 11, 11],
      [12, 1, 13, 3],
    ]);
  });
});
