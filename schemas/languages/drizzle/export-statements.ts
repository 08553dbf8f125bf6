import type { Dialect } from "../../model.ts";
import type { MigrationFile, SourceRef } from "../../source.ts";
import { layOut, type PlacedStatement } from "../declared/lay-out.ts";
import { splitStatements as splitMysql } from "../sql/mysql/split.ts";
import { splitStatements as splitPostgres } from "../sql/postgres/split.ts";
import type { DeclaredLines } from "./declared-lines.ts";

/** Drizzle prints for these only; whatever else is asked for is what it prints for PostgreSQL. */
const splitters: Readonly<Record<Dialect, (text: string) => readonly { readonly text: string }[]>> = {
  mysql: (text) => splitMysql({ path: "", text }, { runs: () => true }).statements,
  postgres: (text) => splitPostgres({ path: "", text }).statements,
  mssql: (text) => splitPostgres({ path: "", text }).statements,
};

/** What Drizzle printed, each statement at the place in the code of the first name in it that stands there. */
export function exportSteps(
  printed: string,
  dialect: Dialect,
  { lines, fallback }: { readonly lines: DeclaredLines; readonly fallback: SourceRef },
): readonly MigrationFile[] {
  const text = withoutChatter(printed);
  const statements = splitters[dialect](text);
  const placed = statements.map(({ text: sql }, index) => {
    const { file, line } = placeOf(sql, lines) ?? fallback;
    return { sql, file, line, phase: phaseOf(sql), index };
  });
  placed.sort((a, b) => a.phase - b.phase || (a.phase === PHASES.length ? a.index - b.index : byPlace(a, b)));
  return layOut(placed);
}

function byPlace(a: PlacedStatement, b: PlacedStatement): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}

/** Statements of one kind need nothing of each other, so that they can go in the order of their places. */
function phaseOf(sql: string): number {
  const first = /^\s*(\w+)\s+(?:UNIQUE\s+|OR\s+REPLACE\s+|MATERIALIZED\s+)*(\w+)/i.exec(sql);
  const words = `${first?.[1] ?? ""} ${first?.[2] ?? ""}`.toUpperCase();
  const at = PHASES.indexOf(words);
  return at === -1 ? PHASES.length : at;
}
const PHASES: readonly string[] = [
  "CREATE SCHEMA",
  "CREATE TYPE",
  "CREATE SEQUENCE",
  "CREATE ROLE",
  "CREATE TABLE",
  "CREATE INDEX",
  "ALTER TABLE",
];

/** The longest names come first in a statement about an index or a key: its own, then its table's. */
function placeOf(sql: string, lines: DeclaredLines): SourceRef | undefined {
  const names = [...sql.slice(0, NAMED_PART).matchAll(/"((?:[^"]|"")+)"|`((?:[^`]|``)+)`/g)];
  for (const [, double, back] of names) {
    const place = lines.placeOf(double ?? back ?? "");
    if (place) return place;
  }
  return undefined;
}
const NAMED_PART = 300;

/** What the configuration or the schema prints while it is loaded comes before the first statement. */
function withoutChatter(printed: string): string {
  // oxlint-disable-next-line no-control-regex -- the escape character is what colours begin with.
  const plain = printed.replaceAll(/\u001b\[[\d;]*m/g, "");
  const start = plain.search(/^(?:CREATE|ALTER|COMMENT)\s/m);
  return start === -1 ? "" : plain.slice(start);
}
