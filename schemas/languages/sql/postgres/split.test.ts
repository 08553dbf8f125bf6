import { describe, expect, it } from "vitest";
import { splitStatements } from "./split.ts";

/** The statements' texts and the problems as `code line:column`. */
function check(text: string, statements: readonly string[], problems: readonly string[] = []): void {
  const result = splitStatements({ path: "shop.sql", text });
  expect(result.statements.map((statement) => statement.text)).toEqual(statements);
  expect(result.problems.map(({ code, origin }) => `${code} ${origin?.line}:${origin?.column}`)).toEqual(problems);
}

const cases: readonly {
  readonly name: string;
  readonly sql: string;
  readonly statements: readonly string[];
  readonly problems?: readonly string[];
}[] = [
  { name: "an empty file", sql: "", statements: [] },
  { name: "white space only", sql: " \r\n\t\f\v", statements: [] },
  { name: "comments only", sql: "-- shop\n/* orders */\n", statements: [] },
  { name: "semicolons only", sql: ";;\n;", statements: [] },
  {
    name: "a last statement without a semicolon",
    sql: "select 1;\nselect 2 -- last\n",
    statements: ["select 1", "select 2"],
  },
  { name: "doubled quotes", sql: "select 'it''s; here'; select 2", statements: ["select 'it''s; here'", "select 2"] },
  {
    name: "a backslash in a standard string",
    sql: String.raw`select '\'; select 2`,
    statements: [String.raw`select '\'`, "select 2"],
  },
  {
    name: "an escaped quote in an escape string",
    sql: String.raw`select E'\';'; select e'\\'; select 3`,
    statements: [String.raw`select E'\';'`, String.raw`select e'\\'`, "select 3"],
  },
  {
    name: "an escape string that goes on after a line end",
    sql: "select E'a' \n -- why\n '\\';'; select 2",
    statements: ["select E'a' \n -- why\n '\\';'", "select 2"],
  },
  {
    name: "a standard string that follows an escape string on its line",
    sql: String.raw`select E'a', '\'; select 2`,
    statements: [String.raw`select E'a', '\'`, "select 2"],
  },
  {
    name: "a name that ends with e before a string",
    sql: String.raw`select type'\'; select 2`,
    statements: [String.raw`select type'\'`, "select 2"],
  },
  {
    name: "unicode, bit and national strings",
    sql: String.raw`select U&'\0041;', B'01', X'1;F', n';'; select 2`,
    statements: [String.raw`select U&'\0041;', B'01', X'1;F', n';'`, "select 2"],
  },
  { name: "quoted names", sql: 'select "a;""b", U&"c;"; select 2', statements: ['select "a;""b", U&"c;"', "select 2"] },
  {
    name: "a quote of the other kind inside a quote",
    sql: `select '"', "'"; select 2`,
    statements: [`select '"', "'"`, "select 2"],
  },
  {
    name: "dollar quotes",
    sql: "do $$ begin; end $$; select $a$ $$;' $b$ $a$; select 3",
    statements: ["do $$ begin; end $$", "select $a$ $$;' $b$ $a$", "select 3"],
  },
  {
    name: "a dollar tag whose end follows another dollar",
    sql: "select $a$x$$a$; select 2",
    statements: ["select $a$x$$a$", "select 2"],
  },
  {
    name: "parameters, which open no dollar quote",
    sql: "prepare p as select $1; select $2$x",
    statements: ["prepare p as select $1", "select $2$x"],
  },
  {
    name: "names with dollars, which open none either",
    sql: "select a$b$; select c$$; select 3",
    statements: ["select a$b$", "select c$$", "select 3"],
  },
  {
    name: "a dollar quote right after a number",
    sql: "select 1$$;$$; select 2",
    statements: ["select 1$$;$$", "select 2"],
  },
  {
    name: "letters beyond ASCII in names and tags",
    sql: "select é$$; select $é$;$é$; select 3",
    statements: ["select é$$", "select $é$;$é$", "select 3"],
  },
  {
    name: "nested block comments",
    sql: "select 1 /* a; /* b; */ ; */; select 2",
    statements: ["select 1", "select 2"],
  },
  {
    name: "a comment that begins with a slash after its star",
    sql: "/*/ select 0; */ select 1",
    statements: ["select 1"],
  },
  {
    name: "comment markers inside operators and strings",
    sql: "select 1 +-- x;\n 2, '--;', '/*;'; select 2",
    statements: ["select 1 +-- x;\n 2, '--;', '/*;'", "select 2"],
  },
  {
    name: "a comment that a lone carriage return ends",
    sql: "select 1; -- a;\rselect 2",
    statements: ["select 1", "select 2"],
  },
  {
    name: "a rule with several actions",
    sql: "create or replace rule r as on insert to orders do (select 1; select 2); select 3",
    statements: ["create or replace rule r as on insert to orders do (select 1; select 2)", "select 3"],
  },
  {
    name: "a parenthesis that never closes, which costs its statement only",
    sql: "create table orders (id int; select 2",
    statements: ["create table orders (id int", "select 2"],
  },
  { name: "a parenthesis that closes nothing", sql: "select 1); select 2", statements: ["select 1)", "select 2"] },
  {
    name: "a body in SQL",
    sql: "create function f() returns int begin atomic select case when true then case when x then 1 end end; select new.end as case; end; select 2",
    statements: [
      "create function f() returns int begin atomic select case when true then case when x then 1 end end; select new.end as case; end",
      "select 2",
    ],
  },
  {
    name: "a body in a string, whose words count for nothing",
    sql: "create or replace procedure p() as 'begin atomic'; select 2",
    statements: ["create or replace procedure p() as 'begin atomic'", "select 2"],
  },
  {
    name: "BEGIN outside a routine",
    sql: "begin; create table atomic (id int); end;",
    statements: ["begin", "create table atomic (id int)", "end"],
  },
  {
    name: "breakpoints of Drizzle",
    sql: "select 1;--> statement-breakpoint\nselect 2;",
    statements: ["select 1", "select 2"],
  },
  { name: "windows line ends", sql: "select 1;\r\n\r\nselect\r\n2;\r\n", statements: ["select 1", "select\r\n2"] },
  {
    name: "byte order marks of files that were joined",
    sql: "\uFEFFselect 1;\uFEFFselect 2",
    statements: ["select 1", "select 2"],
  },
  {
    name: "SET client_encoding, whatever its form",
    sql: `set client_encoding = 'LATIN1'; SET SESSION "client_encoding" TO latin1; set local client_encoding to default; SET NAMES 'x'; select 1`,
    statements: ["select 1"],
  },
  {
    name: "other settings",
    sql: "set names_x = 1; set search_path = client_encoding; select 'set client_encoding'",
    statements: ["set names_x = 1", "set search_path = client_encoding", "select 'set client_encoding'"],
  },
  {
    name: "backslashes in strings once the script asks for them",
    sql: String.raw`set standard_conforming_strings = off; select '\';'; set standard_conforming_strings to on; select '\'; select 5`,
    statements: [
      "set standard_conforming_strings = off",
      String.raw`select '\';'`,
      "set standard_conforming_strings to on",
      String.raw`select '\'`,
      "select 5",
    ],
  },
  {
    name: "psql commands, once a kind",
    sql: "\\set a 'b;c'\nselect 1;\n\\set d e\n\\pset x\nselect 2;",
    statements: ["select 1", "select 2"],
    problems: ["QG213 1:1", "QG213 4:1"],
  },
  {
    name: "every file that is included, with its name",
    sql: "\\i a.sql\n\\i b.sql\n\\ir a.sql\n\\i a.sql\n",
    statements: [],
    problems: ["QG213 1:1", "QG213 2:1", "QG213 3:1"],
  },
  {
    name: "\\g and \\gexec, which end a statement",
    sql: "select 1 \\g\nselect 2\n\\gexec\nselect 3",
    statements: ["select 1", "select 2", "select 3"],
    problems: ["QG213 1:10", "QG213 3:1"],
  },
  {
    name: "SQL behind two backslashes",
    sql: "\\echo a \\\\ select 1; \\; select 2",
    statements: ["select 1", "select 2"],
    problems: ["QG213 1:1"],
  },
  {
    name: "a backslash that begins no command",
    sql: "select 1 \\ 2; select 3",
    statements: ["select 1 \\ 2", "select 3"],
  },
  {
    name: "a backslash in a dollar quote",
    sql: "do $$\n\\i a.sql\n$$; select 2",
    statements: ["do $$\n\\i a.sql\n$$", "select 2"],
  },
  {
    name: "a stray end of data",
    sql: "select 1;\n\\.\nselect 2;",
    statements: ["select 1", "select 2"],
    problems: ["QG213 2:1"],
  },
  {
    name: "COPY data",
    sql: 'select 0;\nCOPY shop.orders (id, "from") FROM stdin;\n1\t\';\n2\t\\\\.\n\\.\n\nselect 1;',
    statements: ["select 0", "select 1"],
    problems: ["QG211 2:1"],
  },
  {
    name: "COPY data with windows line ends",
    sql: "copy orders from stdin with (format csv); -- rows\r\n1;'\r\n\\.\r\nselect 1;",
    statements: ["select 1"],
    problems: ["QG211 1:1"],
  },
  {
    name: "COPY without rows",
    sql: "copy orders from stdin;\n\\.\nselect 1;",
    statements: ["select 1"],
    problems: ["QG211 1:1"],
  },
  {
    name: "a second statement on the line of a COPY",
    sql: "copy orders from stdin; select 1;\n7\n\\.\nselect 2;",
    statements: ["select 1", "select 2"],
    problems: ["QG211 1:1"],
  },
  {
    name: "COPY that reads no data from the script",
    sql: "copy (select stdin from stdin) to stdout; copy orders from '/stdin'; copy stdin from program 'x'; select 1",
    statements: [
      "copy (select stdin from stdin) to stdout",
      "copy orders from '/stdin'",
      "copy stdin from program 'x'",
      "select 1",
    ],
  },
  {
    name: "\\copy with rows",
    sql: "\\copy orders from stdin\n1;'\n\\.\nselect 1;",
    statements: ["select 1"],
    problems: ["QG213 1:1", "QG211 1:1"],
  },
  {
    name: "\\copy from a file",
    sql: "\\copy orders from 'it''s.csv' delimiter E'\\t'\nselect 1;",
    statements: ["select 1"],
    problems: ["QG213 1:1"],
  },
  {
    name: "COPY data that never ends",
    sql: "select 0;\ncopy orders from stdin;\n1\n2",
    statements: ["select 0"],
    problems: ["QG211 2:1", "QG207 2:1"],
  },
  {
    name: "COPY at the end of the file",
    sql: "copy orders from stdin",
    statements: [],
    problems: ["QG211 1:1", "QG207 1:1"],
  },
  {
    name: "a string that never ends",
    sql: "select 1;\nselect\n 'it; select 3;",
    statements: ["select 1"],
    problems: ["QG207 3:2"],
  },
  {
    name: "an escape string that ends in a backslash",
    sql: "select 1;\nselect E'\\",
    statements: ["select 1"],
    problems: ["QG207 2:8"],
  },
  {
    name: "a quoted name that never ends",
    sql: 'select 1; select "a',
    statements: ["select 1"],
    problems: ["QG207 1:18"],
  },
  {
    name: "a dollar quote that never ends",
    sql: "select 1;\ncreate function f() returns int as $a$\nselect 1; $$",
    statements: ["select 1"],
    problems: ["QG207 2:36"],
  },
  {
    name: "a comment that never ends",
    sql: "select 1;\n/* /* */ select 2;",
    statements: ["select 1"],
    problems: ["QG207 2:1"],
  },
  {
    name: "a body that never ends",
    sql: "select 1;\ncreate function f() returns int begin atomic select 1; ",
    statements: ["select 1"],
    problems: ["QG207 2:1"],
  },
  {
    name: "a NUL character, which costs its statement",
    sql: "select 1; select '\0'; select 3",
    statements: ["select 1", "select 3"],
    problems: ["QG206 1:11"],
  },
];

describe("splitStatements", () => {
  it.each(cases)("reads $name", ({ sql, statements, problems }) => {
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
