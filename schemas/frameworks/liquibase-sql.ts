import { addSql, isForEngine, setProperty } from "./liquibase-scope.ts";
import { keepLines, linesOf, misshapen, withDelimiter } from "./file-parts.ts";
import { nameOf } from "./listing.ts";
import type { Attributes, LiquibaseScope } from "./liquibase-scope.ts";
import type { SourceFile } from "../source.ts";

/** What the first line of formatted SQL says. */
export const FORMATTED = /^\s*--\s*liquibase\s+formatted\s+sql\b/i;

/** https://docs.liquibase.com/concepts/changelogs/sql-format.html: the changesets of a file, each a step of its own. */
export function readFormattedSql(file: SourceFile, scope: LiquibaseScope): void {
  const lines = linesOf(file.text);
  const starts = lines.flatMap((line, index) => (CHANGESET.test(line) ? [index] : []));
  for (const line of lines.slice(0, starts[0] ?? lines.length)) property(line, scope);
  for (const [order, start] of starts.entries()) {
    const end = starts[order + 1] ?? lines.length;
    for (const line of lines.slice(start, end)) property(line, scope);
    readChangeset(file, { start, end, header: CHANGESET.exec(lines[start] ?? "")?.[1] ?? "" }, scope);
  }
}

const CHANGESET = /^\s*--\s*changeset\s+(\S.*?)\s*$/i;
const ROLLBACK = /^\s*--\s*rollback\s(.*)$/i;

interface Changeset {
  readonly start: number;
  readonly end: number;
  readonly header: string;
}

function readChangeset(file: SourceFile, { start, end, header }: Changeset, scope: LiquibaseScope): void {
  const [, author, id, rest = ""] = /^("[^"]*"|[^\s:"]+)\s*:\s*("[^"]*"|[^\s"]+)(.*)$/.exec(header) ?? [];
  if (author === undefined || id === undefined) {
    const help = "Write it as --changeset author:id.";
    scope.problems.push(
      misshapen(file.path, `a changeset of ${nameOf(file.path)} has no author and id`, help, start + 1),
    );
    return;
  }
  const attributes = attributesOf(rest);
  if (!isForEngine(attributes["dbms"], scope.engine)) return;
  const isInside = (index: number): boolean => index > start && index < end;
  const ignored = ignoredLines(linesOf(file.text));
  const isSql = (line: string, index: number): boolean =>
    isInside(index) && !ignored.has(index) && !ROLLBACK.test(line);
  const undo = linesOf(file.text).map((line, index) => (isInside(index) ? (ROLLBACK.exec(line)?.[1] ?? "") : ""));
  const text = withDelimiter(keepLines(file.text, isSql), delimiterOf(attributes["endDelimiter"]));
  const key = `${file.path}::${unquoted(id)}::${unquoted(author)}`;
  const down = undo.some((line) => line !== "") ? { down: undo.join("\n") } : {};
  addSql({ path: file.path, text, id: key, ...down }, attributes, scope);
}

/** `\n` is written as two letters; a line end before the delimiter is where it stands anyway. */
export function delimiterOf(written: string | undefined): string {
  return (written ?? "").replaceAll(/\\r|\\n/g, "").trim();
}

/** `name:value` pairs; a value with spaces is quoted. */
function attributesOf(text: string): Attributes {
  const found = text.matchAll(/(\w+)\s*:\s*("[^"]*"|\S+)/g);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, unquoted(value)]));
}

function property(line: string, scope: LiquibaseScope): void {
  const text = /^\s*--\s*property\s+(\S.*)$/i.exec(line)?.[1];
  if (text !== undefined) setProperty(attributesOf(text), scope);
}

/** Lines between `--ignoreLines:start` and `--ignoreLines:end`, or as many as `--ignoreLines:3` says. */
function ignoredLines(lines: readonly string[]): ReadonlySet<number> {
  const ignored = new Set<number>();
  let left = 0;
  for (const [index, line] of lines.entries()) {
    const mark = /^\s*--\s*ignoreLines:\s*(start|end|\d+)\s*$/i.exec(line)?.[1]?.toLowerCase();
    if (mark === "start") left = lines.length;
    else if (mark !== undefined) left = mark === "end" ? 0 : Number(mark);
    else if (left > 0) {
      ignored.add(index);
      left -= 1;
    }
  }
  return ignored;
}

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, "$1");
