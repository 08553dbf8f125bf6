/** A trap and what the splitter makes of it; `problems` as `code line:column`. */
export interface SplitCase {
  readonly name: string;
  readonly sql: string;
  readonly statements: readonly string[];
  readonly problems?: readonly string[];
}

export const splitCases: readonly SplitCase[] = [
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
