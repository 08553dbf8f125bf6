import type { Scene } from "../scene.ts";
import type { ReviewedStatement } from "../statement.ts";
import { isRuntimeConstant } from "./mssql-acts.ts";
import { definedColumns } from "./mssql-statement.ts";

/** Why the default of a new NOT NULL column is written into every row; null when the catalog alone keeps it. */
export function whyWritten(reviewed: ReviewedStatement, column: string, { head }: Scene): string | null {
  const element = definedColumns(reviewed).find(({ name }) => name === column);
  const fallback = element?.constraints.find(({ kind }) => kind === "default");
  if (!element || fallback?.kind !== "default") return null;
  if (!isRuntimeConstant(fallback.expression)) return "the default differs from row to row";
  const type = element.type?.name.name.toLowerCase() ?? "";
  if (WRITTEN.has(type) || element.type?.arguments[0]?.toLowerCase() === "max") {
    return `a default of the type ${type} is always written`;
  }
  const edition = /standard|express|web/i.exec(head.model.engine.version)?.[0];
  return edition === undefined ? null : `the ${edition} edition writes every default`;
}

/** Source: ALTER TABLE (Transact-SQL), "Adding NOT NULL columns as an online operation". */
const WRITTEN: ReadonlySet<string> = new Set(["xml", "hierarchyid", "geometry", "geography", "text", "ntext", "image"]);
