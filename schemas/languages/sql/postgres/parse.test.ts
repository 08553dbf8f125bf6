import { expect, it } from "vitest";
import { offsetOfPosition, parseProblem, placeInStatement } from "./parse-problem.ts";
import { createParser, loadParser, LONGEST_PARSED_TEXT } from "./parse.ts";
import { splitStatements } from "./split.ts";

const tooDeep = `select 1${"+1".repeat(50_000)}`;

it.each(["", " ", "-- shop\n", "/* shop */"])("finds no statement in %j", async (sql) => {
  const parser = await loadParser();
  expect(parser.parse(sql)).toMatchObject({ ok: true, tree: { stmts: [] } });
});

it("points at a mistake in UTF-16 code units", async () => {
  const parser = await loadParser();
  const sql = "select 'é😀', from orders";
  expect(parser.parse(sql)).toEqual({
    ok: false,
    reason: "syntax",
    message: 'syntax error at or near "from"',
    cursor: sql.indexOf("from"),
  });
});

it("refuses a NUL character, behind which the parser would see nothing", async () => {
  const parser = await loadParser();
  expect(parser.parse("select 1;\0 drop table orders")).toMatchObject({ ok: false, reason: "syntax", cursor: 9 });
});

it("refuses a text over the limit without parsing it", async () => {
  const parser = await loadParser();
  const longest = `select '${"x".repeat(LONGEST_PARSED_TEXT - 9)}'`;
  expect(parser.parse(longest).ok).toBe(true);
  expect(parser.parse(`${longest} `)).toMatchObject({ ok: false, reason: "limit" });
});

it("goes on after texts that overflow its stack, one after the other and at once", async () => {
  const parser = await createParser();
  for (let round = 0; round < 40; round++) {
    expect(parser.parse(tooDeep)).toMatchObject({ ok: false, reason: "limit" });
    expect(parser.parse("select 1").ok).toBe(true);
    // As a replay does between statements: the next spare gets ready meanwhile.
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  for (let round = 0; round < 10; round++) {
    expect(parser.parse(tooDeep)).toMatchObject({ ok: false, reason: "limit" });
    expect(parser.parse("select 1").ok).toBe(true);
  }
});

it("takes the largest data statement that the limit allows", async () => {
  const parser = await createParser();
  const head = "insert into orders values (1)";
  const sql = head + ",(1)".repeat((LONGEST_PARSED_TEXT - head.length) / 4);
  expect(parser.parse(sql).ok).toBe(true);
  expect(process.exitCode).toBeUndefined();
});

it("gives equal fingerprints to statements that differ in constants only", async () => {
  const parser = await loadParser();
  const one = parser.fingerprint("select * from orders where id = 1");
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(parser.fingerprint("SELECT *  FROM orders WHERE id = 2 -- x")).toBe(one);
  expect(parser.fingerprint("select * from orders where total = 1")).not.toBe(one);
});

it("replaces constants by parameters", async () => {
  const parser = await loadParser();
  expect(parser.normalize("select 'a', 1")).toBe("select $1, $2");
});

it.each(["select ,", "select 'a", "", "-- x", tooDeep])(
  "has no fingerprint and no normal form for %.20j",
  async (sql) => {
    const parser = await createParser();
    expect(parser.fingerprint(sql)).toBeNull();
    expect(parser.normalize(sql)).toBeNull();
  },
);

it("reports the place of a mistake in its file", async () => {
  const parser = await loadParser();
  const { statements } = splitStatements({ path: "shop.sql", text: "select 1; select\n 2,\n from orders;" });
  const [, statement] = statements;
  if (statement === undefined) throw new Error("no statement");
  const outcome = parser.parse(statement.text);
  if (outcome.ok) throw new Error("parsed");
  expect(parseProblem(outcome, statement)).toEqual({
    code: "QG202",
    severity: "error",
    message: 'syntax error at or near "from"',
    origin: { file: "shop.sql", line: 3, column: 2 },
  });
  expect(placeInStatement(statement, 3)).toEqual({ file: "shop.sql", line: 1, column: 14 });
});

it("reports a limit as such, not as a mistake", async () => {
  const parser = await createParser();
  const [statement] = splitStatements({ path: "shop.sql", text: tooDeep }).statements;
  const outcome = parser.parse(tooDeep);
  if (statement === undefined || outcome.ok) throw new Error("parsed");
  expect(parseProblem(outcome, statement)).toMatchObject({ code: "QG214", severity: "warning" });
});

it("counts a character beyond the basic plane once in a position and twice in an offset", () => {
  expect([0, 1, 2, 3].map((position) => offsetOfPosition("😀ab", position))).toEqual([null, 0, 2, 3]);
});
