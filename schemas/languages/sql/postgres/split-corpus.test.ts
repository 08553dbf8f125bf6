import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModule, scanSync } from "libpg-query";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeText } from "../../decode.ts";
import type { Parser } from "./parse.ts";
import { createParser } from "./parse.ts";
import { splitStatements } from "./split.ts";

const corpus = join(import.meta.dirname, "../../../../../shared/corpus");

/** Other dialects, and templates that are no SQL before they are filled in. */
const foreign = /mysql|sqlite|sqlserver|mssql|hsqldb|bitwarden|exceptional|mediawiki|phpipam|unkey|questions/i;

const files = existsSync(corpus)
  ? globSync("**/*.sql", { cwd: corpus })
      .filter((path) => !foreign.test(path))
      .sort()
  : [];

describe.skipIf(files.length === 0)("splitStatements on real histories and dumps", () => {
  let parser: Parser;
  beforeAll(async () => {
    parser = await createParser();
    await loadModule();
  });

  it("cuts where PostgreSQL's own parser cuts", () => {
    let compared = 0;
    const differing: string[] = [];
    for (const path of files) {
      const text = textOf(path);
      const expected = statementsOfParser(parser, text);
      if (expected === null) continue;
      const { statements } = splitStatements({ path, text });
      const wanted = expected.filter((statement) => !setsEncoding(parser, statement));
      compared += wanted.length;
      if (JSON.stringify(statements.map((statement) => statement.text)) !== JSON.stringify(wanted))
        differing.push(path);
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  });

  it("gives the parser single statements only", () => {
    const several: string[] = [];
    for (const path of files) {
      for (const { text } of splitStatements({ path, text: textOf(path) }).statements) {
        const outcome = parser.parse(text);
        if (outcome.ok && outcome.tree.stmts?.length !== 1) several.push(`${path}: ${text.slice(0, 60)}`);
      }
    }
    expect(several).toEqual([]);
  });

  it("takes files that were cut off anywhere", () => {
    // A fixed stride through every file stands for random places and stays reproducible.
    let offset = 0;
    for (const path of files) {
      const text = textOf(path);
      offset = (offset * 31 + 7919) % (text.length + 1);
      const whole = splitStatements({ path, text }).statements;
      const part = splitStatements({ path, text: text.slice(0, offset) }).statements;
      const complete = part.slice(0, -1).map((statement) => statement.text);
      expect(whole.slice(0, complete.length).map((statement) => statement.text)).toEqual(complete);
    }
  });
});

function textOf(path: string): string {
  return decodeText(readFileSync(join(corpus, path)), path).value ?? "";
}

/** The parser's own cuts, from the first to the last token that is no comment; null when the file is not plain SQL. */
function statementsOfParser(parser: Parser, text: string): readonly string[] | null {
  const outcome = parser.parse(text);
  if (!outcome.ok) return null;
  const bytes = Buffer.from(text);
  // The scanner takes no empty text.
  const tokens = scanSync(`${text} `).tokens.filter(({ tokenName }) => !tokenName.endsWith("COMMENT"));
  let next = 0;
  return (outcome.tree.stmts ?? []).map(({ stmt_location: start = 0, stmt_len: length }) => {
    const end = length === undefined ? bytes.length : start + length;
    while ((tokens[next]?.start ?? end) < start) next++;
    const first = tokens[next]?.start ?? end;
    let last = first;
    for (; (tokens[next]?.start ?? end) < end; next++) last = tokens[next]?.end ?? last;
    return bytes.subarray(first, last).toString();
  });
}

function setsEncoding(parser: Parser, statement: string): boolean {
  const outcome = parser.parse(statement);
  const node = outcome.ok ? outcome.tree.stmts?.[0]?.stmt : undefined;
  return node !== undefined && "VariableSetStmt" in node && node.VariableSetStmt.name === "client_encoding";
}
