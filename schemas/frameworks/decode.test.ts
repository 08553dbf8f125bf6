import { expect, test } from "vitest";
import { decodeText } from "./decode.ts";

const text = "CREATE TABLE café (id int);\n";
const utf8 = new TextEncoder().encode(text);
const codes = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
const utf16 = new Uint8Array(new Uint16Array(codes).buffer);

const check = (bytes: Uint8Array, expected: string | null, told: readonly string[] = []): void => {
  const { value, problems } = decodeText(bytes, "db/orders.sql");
  expect(value).toBe(expected);
  expect(problems.map((problem) => `${problem.code} ${problem.severity}`)).toEqual(told);
};

test("reads UTF-8", () => check(utf8, text));
test("drops a byte order mark", () => check(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8]), text));
test("reads UTF-16 with a mark", () => check(new Uint8Array([0xff, 0xfe, ...utf16]), text));
test("reads UTF-16 without a mark", () => check(utf16, text));
test("reads big-endian UTF-16", () =>
  check(
    new Uint8Array(
      [0xfe, 0xff, ...utf16]
        .map((_, at, all) => all[at ^ 1] ?? 0)
        .with(0, 0xfe)
        .with(1, 0xff),
    ),
    text,
  ));
test("reads Latin text with a warning", () => check(new Uint8Array(codes), text, ["QG206 warning"]));
test("reads an empty file", () => check(new Uint8Array(), ""));
test("refuses binary data", () => check(new Uint8Array([80, 71, 68, 77, 80, 0, 1, 0, 0, 9]), null, ["QG206 error"]));
test("refuses a pointer of Git LFS", () =>
  check(new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"), null, ["QG206 error"]));
