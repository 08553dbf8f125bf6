import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveCases } from "../../../dialects/mysql/live-cases.ts";
import { mysqlFacts } from "../../../dialects/mysql/facts.ts";
import { readMysqlModel } from "../../../dialects/mysql/read-mysql-model.ts";
import { readStatement } from "./read-statement.ts";
import { newScanner, readToken, type Token } from "./tokens.ts";

const VERSION = { engine: "mariadb", version: "10.11" } as const;
const { runs } = mysqlFacts(VERSION);
const file = (text: string) => ({ path: "shop.sql", text, version: "1", transaction: "none" as const });
const scripts = liveCases.map(({ sql }) => sql);
const words = scripts.flatMap((sql) => sql.split(/(\s+|[(),;])/)).filter((word) => word.trim() !== "");
const odd = [
  "`",
  "'",
  '"',
  "/*",
  "*/",
  "/*!",
  "--",
  "#",
  "\\",
  "(",
  ")",
  ";",
  "@",
  "\0",
  "é",
  "DELIMITER $$",
  "BEGIN",
  "END",
  "CASE",
];

describe("reading anything", () => {
  it("never throws and covers every character once", () => {
    const piece = fc.oneof(fc.constantFrom(...words), fc.constantFrom(...odd), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join(" ");
        const scanner = newScanner(text, runs);
        const token: Token = { kind: "space", start: 0, end: 0 };
        for (let at = 0; at < text.length; at = token.end) {
          readToken(scanner, at, token);
          expect(token.start).toBe(at);
          expect(token.end).toBeGreaterThan(at);
        }
        readMysqlModel([file(text)], VERSION);
      }),
      { numRuns: 400 },
    );
  });

  it("never throws on scripts with a hole or a stranger in them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scripts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(30),
        fc.constantFrom("", ...odd, ...words),
        (sql, share, length, stranger) => {
          const at = Math.floor(share * sql.length);
          const { statements } = readMysqlModel(
            [file(`${sql.slice(0, at)} ${stranger} ${sql.slice(at + length)}`)],
            VERSION,
          );
          expect(statements.applied + statements.failed).toBe(statements.total);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("loses a bad statement and nothing else", () => {
    const bad = fc.constantFrom(
      "create tabel x (a int)",
      "create table (",
      "alter table",
      "drop",
      "create view v as",
      "nonsense here",
      "create index on",
      "create trigger t",
    );
    const good = [
      "create table o (id int)",
      "alter table o add a int",
      "create index by_a on o (a)",
      "create view w as select a from o",
      "rename table o to p",
    ];
    const expected = readMysqlModel([file(good.join(";\n"))], VERSION).model;
    fc.assert(
      fc.property(bad, fc.nat(good.length), (statement, at) => {
        const text = good.toSpliced(at, 0, statement.replaceAll("\n", " ")).join(";\n");
        const { model, statements } = readMysqlModel([file(text)], VERSION);
        expect(statements.failed).toBe(1);
        expect(withoutOrigins(model)).toEqual({ ...withoutOrigins(expected), complete: false });
      }),
    );
  });
});

const withoutOrigins = (model: unknown): object =>
  JSON.parse(JSON.stringify(model, (key, value: unknown) => (key === "origin" ? undefined : value)));

describe("deep nesting", () => {
  it.each([
    `set @q = ${"(".repeat(20_000)}1`,
    `set @q = ${"not ".repeat(20_000)}1`,
    `create procedure p() ${"begin ".repeat(20_000)} alter table o add a int; ${"end; ".repeat(20_000)} call p()`,
    `create procedure p() begin ${"if 1 then ".repeat(20_000)} drop table o; ${"end if; ".repeat(20_000)} end; call p()`,
  ])("ends: %#", (sql) => {
    expect(readMysqlModel([file(sql)], VERSION).statements.total).toBeGreaterThan(0);
  });
});

describe("work grows with the text", () => {
  const shapes: readonly (readonly [string, (count: number) => string])[] = [
    [
      "columns",
      (count) =>
        `create table o (${Array.from({ length: count }, (_, at) => `c${at} int default (1 + 1) comment 'x'`).join(", ")})`,
    ],
    ["unknown attributes", (count) => `create table o (a int ${"strange thing ".repeat(count)})`],
    ["unknown elements", (count) => `create table o (${"5 + 5, ".repeat(count)} a int)`],
    ["unknown options", (count) => `create table o (a int) ${"strange=1 ".repeat(count)}`],
    [
      "parts of a change",
      (count) => `alter table o ${Array.from({ length: count }, (_, at) => `add c${at} int after c`).join(", ")}`,
    ],
    ["unknown parts of a change", (count) => `alter table o ${"strange thing, ".repeat(count)} add a int`],
    ["open parentheses", (count) => `create table o (a int default ${"(".repeat(count)}`],
    ["nested expressions", (count) => `create table o (a int as (${"(".repeat(count)}1${")".repeat(count)}))`],
    [
      "select items",
      (count) => `create view v as select ${"a as b, ".repeat(count)} c from t ${"join t on a = b ".repeat(count)}`,
    ],
    ["nested queries", (count) => `create view v as ${"select * from (".repeat(count)}select 1${") x".repeat(count)}`],
    [
      "partitions",
      (count) =>
        `create table o (a int) partition by range (a) (${Array.from({ length: count }, (_, at) => `partition p${at} values less than (${at})`).join(", ")})`,
    ],
    ["options of an index", (count) => `create index i on o (a) ${"key_block_size=1 ".repeat(count)}`],
    ["executable comments", (count) => `create table o (a int ${"/*!40000 not null */ ".repeat(count)})`],
  ];
  it.each(shapes.map(([name, make]) => ({ name, make })))("$name", ({ make }) => {
    const once = readStatement(make(500), runs).steps;
    const often = readStatement(make(4000), runs).steps;
    expect(often).toBeLessThan(once * 8.5 + 1000);
  });
});
