import type { FuncCall, RangeVar } from "libpg-query";
import { walk, type Node, type NodeTag } from "#schemas/languages/sql/postgres/ast.ts";
import type { ParseTree, Parser } from "#schemas/languages/sql/postgres/parse.ts";
import { placeInStatement } from "#schemas/languages/sql/postgres/parse-problem.ts";
import type { Problem } from "#schemas/problem.ts";
import { denialOfColumn, denialOfFunction, denialOfRelation, type Denial } from "./denied-functions.ts";

/** A query that may run, or the one problem (QG501) that says why not and where. */
export type GuardVerdict =
  | {
      readonly ok: true;
      readonly tree: ParseTree;
      /** The statement alone, without `;` and what surrounds it. */
      readonly text: string;
      /** Where `text` begins in what was given, in UTF-16 code units from 0. */
      readonly start: number;
      /** How many values `$1`, `$2` … ask for. */
      readonly parameters: number;
    }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The first wall of read-only access: lets pass exactly one query (SELECT, VALUES, TABLE, WITH) that has no
 * data-changing part, takes no row locks and names no function that acts, wherever it stands. Decided on
 * PostgreSQL's own syntax tree. `file` names the text in the problem's place; default `query`.
 */
export function guardQuery(sql: string, parser: Parser, file: string = "query"): GuardVerdict {
  const refuse = (refusal: Refusal): GuardVerdict => ({ ok: false, problem: toProblem(refusal, sql, file) });
  const outcome = parser.parse(sql);
  if (!outcome.ok) {
    const help = outcome.reason === "syntax" ? "Correct the query." : "Shorten the query, or pass long lists as $1.";
    return refuse({ message: `${outcome.message}.`, help, offset: outcome.cursor ?? 0 });
  }
  const { tree } = outcome;
  const [first, second] = tree.stmts ?? [];
  if (first?.stmt === undefined) return refuse({ message: "There is no query in the text.", help: HELP, offset: 0 });
  if (second !== undefined) {
    const offset = skipSpace(sql, offsetOfByte(sql, second.stmt_location ?? 0));
    return refuse({ message: "The text holds more than one statement.", help: "Run them one at a time.", offset });
  }
  const refusal = refusalOf(first.stmt);
  if (refusal !== null) return refuse({ ...refusal, offset: offsetOfByte(sql, refusal.byte) });
  const start = skipSpace(sql, offsetOfByte(sql, first.stmt_location ?? 0));
  // A length of 0 stands for the rest of the text.
  const end = first.stmt_len ? offsetOfByte(sql, (first.stmt_location ?? 0) + first.stmt_len) : sql.length;
  return { ok: true, tree, text: sql.slice(start, end).trim(), start, parameters: highestParameter(tree) };
}

interface Refusal {
  readonly message: string;
  readonly help: string;
  /** In the text's characters, from 0. */
  readonly offset: number;
}

type RefusalAtByte = Omit<Refusal, "offset"> & { readonly byte: number };

const HELP = "Only a single SELECT, VALUES, TABLE or WITH query is run; nothing may be changed.";

function refusalOf(statement: Node): RefusalAtByte | null {
  const tag = Object.keys(statement)[0] ?? "";
  if (!("SelectStmt" in statement)) {
    const help = tag === "ExplainStmt" ? "Leave EXPLAIN out and ask for the plan of the query itself." : HELP;
    return { message: `${statementName(tag)} is not a query.`, help, byte: 0 };
  }
  let found: RefusalAtByte | null = null;
  const note = (refusal: RefusalAtByte | null): void => void (found ??= refusal);
  // Only these four can stand in a WITH beside a query; the grammar has no other statement inside a statement.
  const changing = (tagInside: NodeTag) => (): void =>
    note({ message: `${statementName(tagInside)} inside the query changes data.`, help: HELP, byte: 0 });
  walk(statement, {
    InsertStmt: changing("InsertStmt"),
    UpdateStmt: changing("UpdateStmt"),
    DeleteStmt: changing("DeleteStmt"),
    MergeStmt: changing("MergeStmt"),
    IntoClause: () => note({ message: "SELECT INTO makes a table.", help: HELP, byte: 0 }),
    LockingClause: () =>
      note({ message: "The query locks the rows it reads.", help: "Leave out FOR UPDATE and FOR SHARE.", byte: 0 }),
    FuncCall: (call) => note(refusalOfCall(call)),
    RangeVar: (relation) => note(refusalOfRelation(relation)),
    ColumnRef: ({ fields, location }) => {
      const last = fields?.at(-1);
      // A single name is a column or a whole row; it is never a call.
      if ((fields?.length ?? 0) > 1 && last && "String" in last) note(refusalOfField(last.String.sval, location));
    },
    A_Indirection: ({ indirection }) => {
      for (const step of indirection ?? []) if ("String" in step) note(refusalOfField(step.String.sval, undefined));
    },
  });
  return found;
}

function refusalOfCall({ funcname, location }: FuncCall): RefusalAtByte | null {
  const parts = (funcname ?? []).flatMap((part) => ("String" in part ? [part.String.sval ?? ""] : []));
  const name = parts.at(-1) ?? "";
  return named(`The function ${name}`, denialOfFunction(name, parts.at(-2)), location);
}

function refusalOfField(name: string | undefined, location: number | undefined): RefusalAtByte | null {
  return named(`The function ${name ?? ""}, called as a column,`, denialOfColumn(name ?? ""), location);
}

function refusalOfRelation({ relname, schemaname, location }: RangeVar): RefusalAtByte | null {
  return named(`The relation ${relname ?? ""}`, denialOfRelation(relname ?? "", schemaname), location);
}

function named(subject: string, denial: Denial | null, location: number | undefined): RefusalAtByte | null {
  if (denial === null) return null;
  return { message: `${subject} is refused because it ${denial}.`, help: "Leave it out.", byte: location ?? 0 };
}

/** `CreateTableAsStmt` → `CREATE TABLE AS`. */
function statementName(tag: string): string {
  return tag
    .replace(/Stmt$/, "")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();
}

function highestParameter(tree: ParseTree): number {
  let highest = 0;
  walk(tree, { ParamRef: ({ number = 0 }) => void (highest = Math.max(highest, number)) });
  return highest;
}

function toProblem({ message, help, offset }: Refusal, sql: string, file: string): Problem {
  const span = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const origin = placeInStatement({ span, text: sql, index: 0 }, offset);
  return { code: "QG501", severity: "error", message, help, origin };
}

function skipSpace(text: string, from: number): number {
  return from + (text.slice(from).length - text.slice(from).trimStart().length);
}

/** The tree counts bytes of UTF-8. */
function offsetOfByte(text: string, byte: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, byte)).length;
}
