import { expect, test } from "vitest";
import { toCells, toParameter, type Cell } from "./cells.ts";

function check(type: number, text: string | null, expected: Cell): void {
  expect(toCells({ fields: [{ name: "c", type, modifier: -1 }], rows: [[text]] })).toEqual([[expected]]);
}

const [BOOL, INT8, INT4, TEXT, JSON_TYPE, FLOAT8, NUMERIC, JSONB] = [16, 20, 23, 25, 114, 701, 1700, 3802] as const;

test.each([
  [BOOL, "t", true],
  [BOOL, "f", false],
  [INT4, "-2147483648", -2147483648],
  [INT8, "9223372036854775807", "9223372036854775807"],
  [NUMERIC, "1.10", "1.10"],
  [FLOAT8, "1e+300", 1e300],
  [FLOAT8, "0.30000000000000004", 0.30000000000000004],
  [FLOAT8, "Infinity", "Infinity"],
  [FLOAT8, "-0", "-0"],
  [TEXT, "", ""],
  [TEXT, "t", "t"],
  [TEXT, null, null],
  [JSONB, "null", null],
  [
    JSONB,
    '{"n": 1.10, "big": 12345678901234567890, "list": [true, "x"]}',
    { n: 1.1, big: "12345678901234567890", list: [true, "x"] },
  ],
  [JSONB, "0.1234567890123456789", "0.1234567890123456789"],
  [JSON_TYPE, '{"__proto__": {"admin": true}}', JSON.parse('{"__proto__": {"admin": true}}')],
] as const)("reads %i %j as %j", (type, text, expected) => {
  expect.hasAssertions();
  check(type, text, expected);
});

test.each([
  [null, null],
  ["shop", "shop"],
  [41, "41"],
  [false, "false"],
  [{ a: [1] }, '{"a":[1]}'],
  [[1, 2], "[1,2]"],
])("sends %j as %j", (value, text) => {
  expect(toParameter(value)).toBe(text);
});
