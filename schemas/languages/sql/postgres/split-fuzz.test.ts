import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createParser } from "./parse.ts";
import { splitStatements } from "./split.ts";
import type { Token } from "./tokens.ts";
import { readToken } from "./tokens.ts";

const piece = fc.oneof(
  fc.constantFrom(
    ..."' '' \" \"\" $$ $a$ $1 a$b$ ; ; ; ( ) . , -- /* */ \\ \\. \\g \\i \\; \\\\ \0 \uFEFF 😀 é 1 E' U&' x ' ".split(
      " ",
    ),
  ),
  fc.constantFrom("\n", "\r\n", "\r", " ", "\t", "\n\\.\n", "-- ignore\n", "/* a */", "'a;b'", "$$;$$"),
  fc.constantFrom("select", "copy", "from", "stdin", "create", "or", "replace", "rule", "function", "begin", "atomic"),
  fc.constantFrom(
    "case",
    "end",
    "set",
    "client_encoding",
    "=",
    "create function f() begin atomic ",
    "copy t from stdin;\n",
  ),
  fc.string({ maxLength: 4 }),
);
const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(pieces.length % 2 === 0 ? " " : ""));

it("reads any text as tokens that tile it", () => {
  fc.assert(
    fc.property(soup, fc.constantFrom("standard" as const, "escape" as const), (text, mode) => {
      const token: Token = { kind: "other", start: 0, end: 0 };
      let joined = "";
      for (let at = 0; at < text.length; at = token.end) {
        readToken(text, at, token, mode);
        expect(token.start).toBe(at);
        expect(token.end).toBeGreaterThan(at);
        joined += text.slice(token.start, token.end);
      }
      expect(joined).toBe(text);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

it("gives statements that lie in the text in order and say where", () => {
  fc.assert(
    fc.property(soup, (text) => {
      const { statements } = splitStatements({ path: "shop.sql", text });
      const lines = text.split("\n");
      const offsetOf = (line: number, column: number): number =>
        lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1;
      let rebuilt = "";
      for (const [index, { span, text: sql, index: own }] of statements.entries()) {
        const start = offsetOf(span.line, span.column);
        const end = offsetOf(span.endLine, span.endColumn);
        expect(own).toBe(index);
        expect(start).toBeGreaterThanOrEqual(rebuilt.length);
        expect(text.slice(start, end)).toBe(sql);
        expect(sql).toBe(sql.trim());
        expect(sql).not.toBe("");
        rebuilt += text.slice(rebuilt.length, start) + sql;
      }
      expect(rebuilt + text.slice(rebuilt.length)).toBe(text);
    }),
    { numRuns: 2000, seed: 2 },
  );
});

it("agrees with PostgreSQL's parser on what is one statement", async () => {
  const parser = await createParser();
  const statement = fc
    .array(fc.constantFrom("'a;''b'", "E'\\';'", "$$;$$", "$a$;$a$", '";"', "1 /* ; /* ; */ */", "2 --;\n", "a$b"), {
      minLength: 1,
      maxLength: 6,
    })
    .map((values) => `select ${values.join(" , ")} , 1`);
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 6 }), (all) => {
      const text = all.join(";\n");
      const outcome = parser.parse(text);
      const wanted = outcome.ok ? outcome.tree.stmts?.length : outcome.message;
      expect(splitStatements({ path: "shop.sql", text }).statements).toHaveLength(all.length);
      expect(wanted).toBe(all.length);
    }),
    { numRuns: 500, seed: 3 },
  );
});

/** Texts that invite a splitter to look at the same characters again and again. */
const traps: readonly (readonly [name: string, unit: string])[] = [
  ["dollar tags that never close", "$a$b"],
  ["dollars without an end", "a $b "],
  ["escape strings followed by line ends", "E'a'\n\n"],
  ["comments in front of no continuation", "E'a'\n-- x\n"],
  ["open comments", "/*"],
  ["closed comments", "/**/"],
  ["backslashes", "\\"],
  ["psql commands on one line", "\\x "],
  ["psql commands that include files", "\\i a\n"],
  ["quotes", "''"],
  ["names with dollars", "a$"],
  ["semicolons", ";"],
  ["statements", "select 1;\n"],
  ["COPY on one line", "copy t from stdin; "],
  ["ends of data that are none", "copy t from stdin;\n\\. \n"],
  ["parentheses", "("],
  ["comments behind statements", "select 1; -- a\n"],
  ["NUL characters", "select '\0';"],
];

it.each(traps)("looks at each character a bounded number of times: %s", (_, unit) => {
  const short = countSteps(unit.repeat(500));
  const long = countSteps(unit.repeat(4000));
  expect(short).toBeGreaterThanOrEqual(unit.length * 500);
  expect(long).toBeLessThan(short * 8 * 1.2 + 200);
});

/** Characters that the splitter looks at, one by one or by search. */
function countSteps(text: string): number {
  let steps = 0;
  // Counted in the calls' own results, so that the real methods do the work.
  const counts = {
    charCodeAt: () => 1,
    slice: (_: string, __: unknown, result: unknown) => (typeof result === "string" ? result.length : 0),
    indexOf: (value: string, from: unknown, result: unknown) =>
      (typeof result === "number" && result >= 0 ? result : value.length) - (typeof from === "number" ? from : 0),
    includes: (value: string) => value.length,
  };
  // The splitter has no counter of its own, so the string's methods count until it is done.
  const { prototype } = String;
  const originals = Object.getOwnPropertyDescriptors(prototype);
  for (const name of ["charCodeAt", "slice", "indexOf", "includes"] as const) {
    const original: unknown = originals[name].value;
    if (typeof original !== "function") throw new Error(`no ${name}`);
    const value = function (this: string, ...args: readonly unknown[]): unknown {
      const result: unknown = Reflect.apply(original, this, args);
      steps += counts[name](this, args[1], result);
      return result;
    };
    Object.defineProperty(prototype, name, { ...originals[name], value });
  }
  try {
    splitStatements({ path: "shop.sql", text });
  } finally {
    Object.defineProperties(prototype, originals);
  }
  return steps;
}

it("reads 50 MB of statements and rows", () => {
  const insert = `insert into shop.orders (id, note) values ${"(1, 'a;''b'), ".repeat(80)}(2, $$c;$$);\n`;
  const copy = `copy shop.orders (id, note) from stdin;\n${"1\ta;'b\n".repeat(400)}\\.\n`;
  const copies = 12_500;
  const text = (insert + copy).repeat(copies) + "select 1;\n".repeat(20_000);
  expect(text.length).toBeGreaterThan(50_000_000);
  const { statements, problems } = splitStatements({ path: "dump.sql", text });
  expect(statements).toHaveLength(copies + 20_000);
  expect(problems).toHaveLength(copies);
  expect(statements.at(-1)?.span.line).toBe(text.split("\n").length - 1);
});
