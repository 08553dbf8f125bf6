import { readBatch } from "#schemas/languages/sql/mssql/read-batch.ts";
import { tokensOf } from "#schemas/languages/sql/mssql/parse-name.ts";
import type { ColumnElement, Statement, TableElement } from "#schemas/languages/sql/mssql/statement.ts";
import type { Token } from "#schemas/languages/sql/mssql/tokens.ts";
import type { DataStatement } from "#schemas/languages/sql/query/ast.ts";
import { parseQuery } from "#schemas/languages/sql/query/parse-query.ts";
import type { RelationRef } from "../acts/act.ts";
import { mssqlOf, type ReviewedStatement } from "../statement.ts";

/** The table that a statement of SQL Server alters, when it was there before the migration and is not temporary. */
export function oldTable(reviewed: ReviewedStatement): RelationRef | null {
  const { altered } = reviewed;
  if (mssqlOf(reviewed) === null || altered === undefined || altered.isNew) return null;
  return altered.current.includes('"#') ? null : altered;
}

/** Every column that a statement defines, in a new table or an old one. */
export function definedColumns(reviewed: ReviewedStatement): readonly ColumnElement[] {
  const statement = mssqlOf(reviewed)?.statement;
  if (statement?.kind === "create table") return columnsOf(statement.elements);
  if (statement?.kind !== "alter table") return [];
  return statement.actions.flatMap((action) => {
    if (action.kind === "add") return columnsOf(action.elements);
    return action.kind === "alter column" ? [action.column] : [];
  });
}

const columnsOf = (elements: readonly TableElement[]): readonly ColumnElement[] =>
  elements.flatMap((element) => (element.kind === "column" ? [element] : []));

/** The table or module that a statement is about, for messages. */
export function subject(reviewed: ReviewedStatement): string {
  const statement = mssqlOf(reviewed)?.statement;
  const named = statement && "name" in statement && statement.name !== null ? statement.name : undefined;
  const name = typeof named === "object" ? `${named.schema ?? "dbo"}.${named.name}` : undefined;
  return reviewed.altered?.id ?? name ?? "The statement";
}

/** One statement inside of a procedure, function or trigger, or the statement itself. */
export interface InnerStatement {
  readonly statement: Statement;
  readonly text: string;
}

const known = new WeakMap<ReviewedStatement, readonly InnerStatement[]>();

/** The statement, or those in its body when it makes a module. */
export function innerStatements(reviewed: ReviewedStatement): readonly InnerStatement[] {
  const found = known.get(reviewed);
  if (found) return found;
  const made = readInner(reviewed);
  known.set(reviewed, made);
  return made;
}

function readInner(reviewed: ReviewedStatement): readonly InnerStatement[] {
  const source = mssqlOf(reviewed);
  if (!source) return [];
  const { statement, text } = source;
  const body = bodyOf(statement);
  if (body === null) return [{ statement, text }];
  return leaves(readBatch(body, tokensOf(body)).statements).map((leaf) => ({
    statement: leaf,
    text: body.slice(leaf.at, leaf.end ?? body.length),
  }));
}

/** The text of a module's body; null for what has none. */
export function bodyOf(statement: Statement): string | null {
  if (statement.kind === "routine") return statement.language === "tsql" ? statement.body : "";
  if (statement.kind !== "trigger") return null;
  const as = tokensOf(statement.text).find(({ key }, index, all) => key === "AS" && all[index - 1]?.key !== "EXECUTE");
  return as ? statement.text.slice(as.end) : "";
}

function leaves(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement): readonly Statement[] => {
    switch (statement.kind) {
      case "block":
        return leaves(statement.statements);
      case "if":
        return [...leaves(statement.branch), ...leaves(statement.otherwise)];
      case "while":
        return leaves(statement.body);
      default:
        return [statement];
    }
  });
}

const parsed = new WeakMap<ReviewedStatement, readonly DataStatement[]>();

/** Every query and change of rows in a statement, its view or its body that can be read. */
export function queriesOf(reviewed: ReviewedStatement): readonly DataStatement[] {
  const found = parsed.get(reviewed);
  if (found) return found;
  const made = innerStatements(reviewed).flatMap(({ statement, text }) => {
    if (statement.kind !== "view" && statement.kind !== "select" && statement.kind !== "ignored") return [];
    const read = parseQuery(statement.kind === "view" ? statement.text : text, "mssql");
    return read.ok ? [read.statement] : [];
  });
  parsed.set(reviewed, made);
  return made;
}

/** The tokens of a statement and of everything in its body. */
export function tokensIn(reviewed: ReviewedStatement): readonly Token[] {
  const source = mssqlOf(reviewed);
  return source ? tokensOf(source.text) : [];
}

/** Whether these words stand one behind the other. */
export function hasWords(tokens: readonly Token[], ...words: readonly string[]): boolean {
  return tokens.some((_, at) => words.every((word, index) => tokens[at + index]?.key === word));
}

/** Whether an option such as ONLINE is switched on, with whatever stands behind it. */
export const isOn = (options: Readonly<Record<string, string>> | undefined, name: string): boolean =>
  tokensOf(options?.[name] ?? "")[0]?.key === "ON";

/** Whether any option holds WAIT_AT_LOW_PRIORITY. */
export const waitsAtLowPriority = (options: Readonly<Record<string, string>> | undefined): boolean =>
  Object.entries(options ?? {}).some(
    ([name, value]) =>
      name === "wait_at_low_priority" || tokensOf(value).some(({ key }) => key === "WAIT_AT_LOW_PRIORITY"),
  );
