import type { RelationRef } from "../acts/act.ts";
import { mssqlOf, type ReviewedStatement } from "../statement.ts";
import { oldTable } from "./mssql-statement.ts";

export interface IndexBuild {
  readonly table: RelationRef;
  readonly what: string;
  readonly options: Readonly<Record<string, string>>;
  /** CREATE INDEX; else a rebuild. */
  readonly isNew: boolean;
}

/** An index of an old table that a statement builds or rebuilds; null when it builds none. */
export function indexBuild(reviewed: ReviewedStatement): IndexBuild | null {
  const table = oldTable(reviewed);
  const statement = mssqlOf(reviewed)?.statement;
  if (!table || !statement) return null;
  if (statement.kind === "create index") {
    const { name, options = {} } = statement.index;
    return { table, what: `CREATE INDEX ${name}`, options, isNew: true };
  }
  if (statement.kind === "alter index" && statement.action === "rebuild") {
    return { table, what: `REBUILD of ${statement.name ?? "all indexes"}`, options: statement.options, isNew: false };
  }
  if (statement.kind !== "alter table") return null;
  const rebuild = statement.actions.find((action) => action.kind === "rebuild");
  return rebuild?.kind === "rebuild" ? { table, what: "REBUILD", options: rebuild.options, isNew: false } : null;
}
