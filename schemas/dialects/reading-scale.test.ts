import * as fc from "fast-check";
import { expect, test } from "vitest";
import { executedSteps, type ReadText } from "#test/support/executed-steps.ts";
import { readMssqlModel } from "./mssql/read-mssql-model.ts";
import { readMysqlModel } from "./mysql/read-mysql-model.ts";

type Dialect = ReadText["dialect"];
type Make = (n: number) => string;

/** Twice the input takes at most so many times the steps: linear, with room for what is small beside it. */
const MOST = 2.4;
const REPEATED = 60;
/** Names of one table are compared with each other; how many there may be, the servers limit. */
const IN_ONE_TABLE = 12;

/** Reading, applying and making the model of `make(n)` grows with n and no faster. */
async function check(cases: readonly (readonly [dialect: Dialect, make: Make, n: number])[]): Promise<void> {
  const texts = cases.flatMap(([dialect, make, n]) => [
    { dialect, text: make(n) },
    { dialect, text: make(2 * n) },
  ]);
  // The first run of a dialect pays for tables that are made once.
  const warm: readonly ReadText[] = [
    { dialect: "mysql", text: "create table t (id int);" },
    { dialect: "mssql", text: "create table t (id int);" },
  ];
  const counts = (await executedSteps([...warm, ...texts])).slice(warm.length);
  const ratios = cases.map((_, at) => (counts[2 * at + 1] ?? 0) / (counts[2 * at] ?? 1));
  const tooSteep = ratios.flatMap((ratio, at) =>
    ratio > MOST ? [{ ratio, input: texts[2 * at]?.text.slice(0, 200), dialect: cases[at]?.[0] }] : [],
  );
  expect(tooSteep).toEqual([]);
  expect(Math.min(...counts)).toBeGreaterThan(0);
}

const times = (n: number, part: (at: number) => string, between = ""): string =>
  Array.from({ length: n }, (_, at) => part(at)).join(between);

const add = (n: number): string => times(n, (at) => `alter table t add c${at} int;\n`);
const inBoth: Readonly<Record<string, Make>> = {
  tables: (n) => times(n, (at) => `create table t${at} (id int not null primary key, a varchar(20), b int);\n`),
  "foreign keys to one table": (n) =>
    `create table p (id int primary key);\n${times(n, (at) => `create table t${at} (p int, constraint f${at} foreign key (p) references p (id));\n`)}`,
  "tables made and dropped": (n) => times(n, (at) => `create table t${at} (id int);\ndrop table t${at};\n`),
  "views on one table": (n) =>
    `create table t (id int);\n${times(n, (at) => `create view v${at} as select id from t;\nGO\n`)}`,
  "nested parentheses": (n) => `create table t (id int check (${"(".repeat(n)}id > 0${")".repeat(n)}));`,
  "parentheses that never close": (n) => `create table t (id int default ${"(".repeat(n)}`,
  "statements that cannot be read": (n) => times(n, () => "create table (((;\n"),
  "one long text": (n) => `create table t (a varchar(9) default '${"x''".repeat(n * 20)}');`,
  comments: (n) => times(n, () => "/* a */ -- b\n"),
  rows: (n) => `create table t (id int);\ninsert into t values ${times(n * 5, (at) => `(${at}, 'a;b''c')`, ",\n")};`,
};
const inTable: Readonly<Record<string, Make>> = {
  columns: (n) => `create table t (${times(n, (at) => `c${at} int`, ",\n")});`,
  "columns added one by one": (n) => `create table t (id int);\n${add(n)}`,
  indexes: (n) => `create table t (a int, b int);\n${times(n, (at) => `create index i${at} on t (a, b);\n`)}`,
};
const inMysql: Readonly<Record<string, Make>> = {
  bodies: (n) =>
    `delimiter //\n${times(n, (at) => `create procedure p${at}() begin if 1 then select ${at}; end if; end//\n`)}`,
  "executable comments": (n) => times(n, (at) => `/*!50000 create table t${at} (id int) */;\n`),
  "tables renamed": (n) =>
    times(
      n,
      (at) =>
        `create table t${at} (id int primary key, p int, foreign key (p) references t${at} (id));\ncreate trigger g${at} before insert on t${at} for each row set new.p = 1;\nrename table t${at} to u${at};\nalter table u${at} rename column id to i;\n`,
    ),
  "tables dropped beside triggers": (n) =>
    `create table p (id int primary key);\n${times(n, (at) => `create trigger g${at} before insert on p for each row set new.id = 1;\ncreate table t${at} (p int, constraint f${at} foreign key (p) references p (id));\ndrop table t${at};\n`)}`,
  "guards that ask the catalog": (n) =>
    `delimiter //\n${times(
      n,
      (at) =>
        `create table t${at} (id int)//\ndrop procedure if exists p//\ncreate procedure p() begin if not exists (select 1 from information_schema.columns where table_schema = database() and table_name = 't${at}' and column_name = 'a') then alter table t${at} add a int; end if; end//\ncall p()//\n`,
    )}`,
  "nested blocks": (n) => `delimiter //\ncreate procedure p() ${"begin ".repeat(n)}select 1; ${"end; ".repeat(n)}//\n`,
};
const inMssql: Readonly<Record<string, Make>> = {
  batches: (n) => times(n, (at) => `create table t${at} (id int)\nGO\n`),
  guards: (n) =>
    times(n, (at) => `IF OBJECT_ID('dbo.t${at}') IS NULL BEGIN CREATE TABLE dbo.t${at} (Id int) END\nGO\n`),
  ...Object.fromEntries(
    [
      "sys.objects WHERE object_id = OBJECT_ID(N'dbo.t$')",
      "sys.tables WHERE name = 't$'",
      "sys.columns WHERE object_id = OBJECT_ID('t$') AND name = 'b'",
      "sys.columns c JOIN sys.tables t ON t.object_id = c.object_id WHERE t.name = 't$' AND c.name = 'b'",
      "INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 't$' AND COLUMN_NAME = 'b'",
      "INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE CONSTRAINT_NAME = 'pk$'",
      "sys.indexes WHERE name = 'i$'",
      "sys.foreign_keys WHERE parent_object_id = OBJECT_ID('t$')",
      "sys.types WHERE name = 't$'",
    ].map((question) => [
      `guards that ask ${question}`,
      (n: number) =>
        times(n, (at) =>
          `IF NOT EXISTS (SELECT * FROM ${question}) CREATE TABLE dbo.t$ (id int CONSTRAINT pk$ PRIMARY KEY, a int, INDEX i$ (a))\nGO\n`.replaceAll(
            "$",
            String(at),
          ),
        ),
    ]),
  ),
  "tables dropped beside foreign keys": (n) =>
    `create table p (id int primary key);\nGO\n${times(n, (at) => `create table t${at} (p int constraint f${at} references p (id));\ncreate table u${at} (id int);\ndrop table u${at};\nGO\n`)}`,
  "guards in guards": (n) => `${"IF 1 = 1 BEGIN ".repeat(n)}SELECT 1 ${"END ".repeat(n)}`,
  procedures: (n) => times(n, (at) => `create procedure p${at} @a int as begin if @a = 1 select 1; end\nGO\n`),
};

const list = (dialect: Dialect, makes: Readonly<Record<string, Make>>, n: number) =>
  Object.values(makes).map((make) => [dialect, make, n] as const);

test("repeated and nested statements cost what they hold", () =>
  check([
    ...list("mysql", { ...inBoth, ...inMysql }, REPEATED),
    ...list("mssql", { ...inBoth, ...inMssql }, REPEATED),
    ...list("mysql", inTable, IN_ONE_TABLE),
    ...list("mssql", inTable, IN_ONE_TABLE),
  ]));

test.each([
  ["mysql", 4096],
  ["mssql", 1024],
] as const)("%s: a table takes as many columns as the server does, and no more", (dialect, most) => {
  const text = `create table t (${times(most + 5, (at) => `c${at} int`, ",")}); create table u (id int);`;
  const file = { path: "a.sql", version: "1", transaction: "none", text } as const;
  const { model, problems } =
    dialect === "mysql" ? readMysqlModel([file], { engine: "mysql", version: "8.4" }) : readMssqlModel([file]);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(`${most} columns`)]);
  expect(model.tables.find(({ name }) => name === "u")).toBeDefined();
});

/** Fragments of both dialects, whole and broken, put together and repeated. */
const fragment = fc.constantFrom(
  "create table t (id int primary key, a varchar(20) default 'x', constraint c check (id > 0));\n",
  "create index i on t (a);\n",
  "BEGIN ",
  "END; ",
  "IF 1 = 1 ",
  "( ",
  ") ",
  "'",
  "`",
  "[",
  "]",
  "/* ",
  "*/ ",
  "-- \n",
  "# \n",
  "\nGO\n",
  "delimiter //\n",
  "// ",
  "select a from t where b in (select 1) ",
  "case when 1 then ",
  "exec('create table u (id int)') ",
  "create procedure p as select 1; ",
  "create trigger g before insert on t for each row ",
  "$(name) ",
  ", ",
  "; ",
);

test("any fragments, repeated, cost what they hold", () =>
  check(
    fc.sample(fc.array(fragment, { minLength: 1, maxLength: 5 }), 60).flatMap((parts) => {
      const make: Make = (n) => parts.join("").repeat(n);
      return [["mysql", make, REPEATED] as const, ["mssql", make, REPEATED] as const];
    }),
  ));
