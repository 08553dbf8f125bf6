import type { SplitCase } from "./split-cases.ts";

/** Commands of psql and the data that follows a COPY. */
export const psqlCases: readonly SplitCase[] = [
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
];
