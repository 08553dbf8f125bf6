import type { Dialect } from "../model.ts";
import type { Problem } from "../problem.ts";

/** What a dialect can and cannot do here. Shared code asks for these instead of the dialect's name. */
export interface DialectFacts {
  readonly id: Dialect;
  /** As people write it. */
  readonly title: string;
  /**
   * Whether the embedded engine runs it: scripts are replayed and measured, fixtures loaded, queries answered. Else
   * scripts are read by rule and those parts are left out with a problem (QG305).
   */
  readonly canRun: boolean;
  /** The schema that a name without one means. */
  readonly defaultSchema: string;
}

const all: Readonly<Record<Dialect, DialectFacts>> = {
  mssql: { id: "mssql", title: "SQL Server", canRun: false, defaultSchema: "dbo" },
  mysql: { id: "mysql", title: "MySQL or MariaDB", canRun: false, defaultSchema: "main" },
  postgres: { id: "postgres", title: "PostgreSQL", canRun: true, defaultSchema: "public" },
};

export const dialectFacts = (dialect: Dialect): DialectFacts => all[dialect];

/** What is left out for a dialect that the embedded engine does not run; `part` is its subject, in the plural. */
export function cannotRunProblem(dialect: Dialect, part: string): Problem {
  return {
    code: "QG305",
    severity: "warning",
    message: `${part} are left out: the embedded engine does not run ${dialectFacts(dialect).title}`,
    help: "Documents, diagrams and lint work on the model, which was read by rule.",
  };
}
