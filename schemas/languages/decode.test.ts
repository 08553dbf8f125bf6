import { describe, expect, it } from "vitest";
import { decodeText } from "./decode.ts";

/** The text and the codes with their severity. */
function check(bytes: readonly number[] | Uint8Array, text: string | null, problems: readonly string[] = []): void {
  const result = decodeText(Uint8Array.from(bytes), "shop.sql");
  expect(result.value).toBe(text);
  expect(result.problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual(problems);
}

const sql = "-- Größe 😀\r\nselect 1;\r\n";
const latin = (text: string): Uint8Array => Buffer.from(text, "latin1");
const wide = (text: string): Uint8Array => Buffer.from(text, "utf16le");
const swapped = (text: string): Uint8Array => Buffer.from(text, "utf16le").swap16();

describe("decodeText", () => {
  it("reads UTF-8 and keeps line ends", () => check(Buffer.from(sql), sql));
  it("reads an empty file", () => check([], ""));
  it("drops the mark of UTF-8", () => check([0xef, 0xbb, 0xbf, ...Buffer.from(sql)], sql));
  it("reads UTF-16 with a mark, little end first", () => check([0xff, 0xfe, ...wide(sql)], sql));
  it("reads UTF-16 with a mark, big end first", () => check([0xfe, 0xff, ...swapped(sql)], sql));
  it("reads UTF-16 without a mark, little end first", () => check(wide(sql), sql));
  it("reads UTF-16 without a mark, big end first", () => check(swapped(sql), sql));
  it("reads a file with nothing but a mark", () => check([0xff, 0xfe], ""));
  it("refuses UTF-16 that is cut in a character", () => check([0xff, 0xfe, ...wide(sql), 0x41], null, ["QG206 error"]));
  it("refuses UTF-32", () => check([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0], null, ["QG206 error"]));

  it.each([
    "SET client_encoding = 'LATIN1';",
    "set names 'ISO-8859-1';",
    "\\encoding latin1\n",
    "set client_encoding to win1252",
  ])("reads the encoding that a script declares: %s", (declaration) => {
    const text = `/* Größe */ select 1;\n${declaration}`;
    check(latin(text), text);
  });

  it("reads another alphabet that a script declares", () =>
    check(
      [...latin("set client_encoding='WIN1251';--"), 0xd6, 0xe5, 0xed, 0xe0],
      "set client_encoding='WIN1251';--Цена",
    ));

  it.each([
    "",
    "set client_encoding = 'UTF8';",
    "set client_encoding = 'MULE_INTERNAL';",
    "-- set client_encoding = 'WIN1251';\n",
  ])("reads bytes beyond ASCII as Windows-1252 and says so: %s", (declaration) =>
    check(latin(`${declaration}-- Größe`), `${declaration}-- Größe`, ["QG206 warning"]),
  );

  it("trusts the bytes over a declaration when they are UTF-8", () => {
    const text = "set client_encoding = 'LATIN1'; select 'é';";
    check(Buffer.from(text), text);
  });

  it.each([
    ["a NUL character", [...Buffer.from("select 1;"), 0, 1, 2]],
    ["control characters", [...Buffer.from("select"), 1, 2, 3, 4]],
    ["a compressed file", [0x1f, 0x8b, 0x08, 0x41, 0x41]],
    ["an archive of pg_dump", Buffer.from("PGDMP\u0001\u000e")],
    ["a pointer of Git LFS", Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:00\n")],
    ["an image", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]],
  ] as const)("refuses %s", (_, bytes) => check([...bytes], null, ["QG206 error"]));

  it("says what to do with an archive of pg_dump", () => {
    const [problem] = decodeText(Buffer.from("PGDMP\u0001"), "shop.dump").problems;
    expect(problem).toMatchObject({
      message: "shop.dump is an archive of pg_dump, not a script",
      makesIncomplete: true,
    });
  });
});
