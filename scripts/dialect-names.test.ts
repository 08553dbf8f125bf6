import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { dialectNames } from "./dialect-names.ts";

/** The lines on which a repository of this one file compares a dialect with a name. */
function check(file: string, text: string, lines: readonly number[]): void {
  const root = mkdtempSync(join(tmpdir(), "querygenie-dialects-"));
  try {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    expect(dialectNames(root).found).toEqual(lines.map((line) => ({ file, line })));
  } finally {
    rmSync(root, { recursive: true });
  }
}

test.each([
  ["a variable", 'export const f = (dialect: string) => dialect === "mysql";', [1]],
  ["a member, turned round", 'export const f = (m: { dialect: string }) =>\n  "mssql" !== m.dialect;', [2]],
  ["an optional member", 'export const f = (m?: { dialect: string }) => m?.dialect != "postgres";', [1]],
  [
    "a switch",
    'export function f(dialect: string) {\n switch (dialect) { case "mysql": return 1; default: return 2; }\n}',
    [2],
  ],
  ["a longer name", 'export const f = (sqlDialect: string) => sqlDialect === "mysql";', [1]],
  [
    "nothing in two dialects that are compared",
    "export const f = (dialect: string, b: { dialect: string }) => dialect === b.dialect;",
    [],
  ],
  ["nothing in a text that looks like it", 'export const f = \'dialect === "mysql"\'; // dialect === "mysql"', []],
  ["nothing in another word", 'export const f = (grammar: string) => grammar === "mysql";', []],
] as const)("finds %s", (_, text, lines) => check("generators/docs/docs.ts", text, lines));

test("rooms made for one dialect may name it, and the readers of other languages may not", () => {
  const text = 'export const f = (dialect: string) => dialect === "mysql";';
  check("schemas/dialects/translate/x.ts", text, []);
  check("schemas/languages/sql/query/x.ts", text, []);
  check("schemas/languages/prisma/x.ts", text, [1]);
});
