import type { DataType, Dialect, Table } from "../model.ts";
import { mssqlRows } from "./mssql/rows.ts";
import { mysqlRows } from "./mysql/rows.ts";

/** How rows are written for a server that the embedded engine does not run. */
export interface RowWriter {
  /** A name as the server reads it back. */
  quote(name: string): string;
  table(table: Pick<Table, "schema" | "name">): string;
  /** A value in the embedded engine's text form as a literal of the column's type. */
  literal(text: string | null, type: DataType): string;
  /** The most rows that one INSERT may hold. */
  readonly rowsPerInsert: number;
  readonly begin: readonly string[];
  readonly commit: readonly string[];
  /** Around the rows of a table whose keys count by themselves. */
  aroundCounted(table: Table): { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Around tables that refer to each other with keys that must have values. */
  aroundCycle(tables: readonly Table[]): { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** Null for a dialect whose scripts the engine itself has loaded. */
export function rowWriter(dialect: Dialect): RowWriter | null {
  const writers: Readonly<Record<Dialect, RowWriter | null>> = { mssql: mssqlRows, mysql: mysqlRows, postgres: null };
  return writers[dialect];
}
