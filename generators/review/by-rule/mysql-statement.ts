import type { ColumnSpec, PositionedSpec, Statement, TableOptions } from "#schemas/languages/sql/mysql/statement.ts";
import type { RelationRef } from "../acts/act.ts";
import { mysqlOf, type ReviewedStatement } from "../statement.ts";

type AlterTable = Extract<Statement, { kind: "alter table" }>;

/** An ALTER TABLE, CREATE INDEX or DROP INDEX on a table that was there before the migration. */
export interface OldTableChange {
  readonly table: RelationRef;
  readonly statement: AlterTable;
}

/** What a statement of MySQL changes of an old table; null for other statements and for tables of the migration itself. */
export function oldTableChange(reviewed: ReviewedStatement): OldTableChange | null {
  const statement = mysqlOf(reviewed)?.statement;
  const { altered } = reviewed;
  if (statement?.kind !== "alter table" || altered === undefined || altered.isNew) return null;
  return { table: altered, statement };
}

/** The parts of one kind. */
export function specsOf<K extends PositionedSpec["kind"]>(
  { specs }: AlterTable,
  kind: K,
): readonly Extract<PositionedSpec, { readonly kind: K }>[] {
  return specs.filter((spec): spec is Extract<PositionedSpec, { readonly kind: K }> => spec.kind === kind);
}

/** Every column that a statement defines, in a new table or an old one. */
export function definedColumns(reviewed: ReviewedStatement): readonly ColumnSpec[] {
  const statement = mysqlOf(reviewed)?.statement;
  if (statement?.kind === "create table") {
    return statement.elements.flatMap((element) => (element.kind === "column" ? [element.column] : []));
  }
  if (statement?.kind !== "alter table") return [];
  return statement.specs.flatMap((spec) => {
    if (spec.kind === "add column" || spec.kind === "modify column") return [spec.column];
    return spec.kind === "add element" && spec.element.kind === "column" ? [spec.element.column] : [];
  });
}

/** The options that a statement gives a table. */
export function givenOptions(reviewed: ReviewedStatement): readonly TableOptions[] {
  const statement = mysqlOf(reviewed)?.statement;
  if (statement?.kind === "create table") return [statement.options];
  return statement?.kind === "alter table" ? specsOf(statement, "options").map(({ options }) => options) : [];
}

/** `ALGORITHM = …` and `LOCK = …` of a statement, in lower case. */
export function requested({ specs }: AlterTable, what: "algorithm" | "lock"): string | undefined {
  return specs.flatMap((spec) => (spec.kind === "request" && spec.what === what ? [spec.value] : []))[0];
}

/** The table that a statement defines columns of, for messages. */
export function subject(reviewed: ReviewedStatement): string {
  const statement = mysqlOf(reviewed)?.statement;
  const name = statement && "name" in statement && typeof statement.name === "object" ? statement.name.name : "";
  return reviewed.altered?.id ?? reviewed.acts.flatMap((act) => ("table" in act ? [act.table.id] : []))[0] ?? name;
}
