import { deparseSync } from "pgsql-deparser";
import type { Node } from "#schemas/languages/sql/postgres/ast.ts";

/** A piece of a syntax tree as SQL, over several lines where it is long. */
export function printSql(node: Node): string {
  return deparseSync(node);
}

/** The same on one line. Strings keep their line breaks as they are spaces elsewhere only. */
export function printInline(node: Node): string {
  return printSql(node)
    .split(/('(?:[^']|'')*')/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/\s+/g, " ").replaceAll("( ", "(").replaceAll(" )", ")")))
    .join("")
    .trim();
}
