import { mssqlTime, mysqlTime, postgresTime, type TimeWords } from "./time-words.ts";
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
  /** The schema of names without one, where no script and no configuration says another. */
  readonly defaultSchema: string;
  /** Two rows of a unique key cannot both be NULL in it; else any number can. */
  readonly uniqueTakesOneNull: boolean;
  /** A bare name is read in small letters, so one with capitals must be quoted. */
  readonly foldsCase: boolean;
  /** The default schema is a name of ours, for scripts that name no database: SQL must not name it. */
  readonly madeUpSchema: boolean;
  /** A query takes its first rows by `TOP`; else by `LIMIT`. */
  readonly limitsByTop: boolean;
  /** A cast of a column to a date is looked up in the column's index. */
  readonly keepsDateCasts: boolean;
  /** To compare a text column with a number, the column is converted. */
  readonly convertsTextColumns: boolean;
  /** Scripts are run by psql, which has variables and branches of its own. */
  readonly runsInPsql: boolean;
  /** A name as the dialect reads it back whatever is in it. */
  readonly quote: (name: string) => string;
  /** How times are reckoned with. */
  readonly time: TimeWords;
}

const all: Readonly<Record<Dialect, DialectFacts>> = {
  mssql: {
    id: "mssql",
    title: "SQL Server",
    canRun: false,
    defaultSchema: "dbo",
    uniqueTakesOneNull: true,
    foldsCase: false,
    madeUpSchema: false,
    limitsByTop: true,
    keepsDateCasts: true,
    convertsTextColumns: true,
    runsInPsql: false,
    quote: (name) => `[${name.replaceAll("]", "]]")}]`,
    time: mssqlTime,
  },
  mysql: {
    id: "mysql",
    title: "MySQL or MariaDB",
    canRun: false,
    defaultSchema: "main",
    uniqueTakesOneNull: false,
    foldsCase: false,
    madeUpSchema: true,
    limitsByTop: false,
    keepsDateCasts: false,
    convertsTextColumns: true,
    runsInPsql: false,
    quote: (name) => `\`${name.replaceAll("`", "``")}\``,
    time: mysqlTime,
  },
  postgres: {
    id: "postgres",
    title: "PostgreSQL",
    canRun: true,
    defaultSchema: "public",
    uniqueTakesOneNull: false,
    foldsCase: true,
    madeUpSchema: false,
    limitsByTop: false,
    keepsDateCasts: false,
    convertsTextColumns: false,
    runsInPsql: true,
    quote: (name) => `"${name.replaceAll('"', '""')}"`,
    time: postgresTime,
  },
};

export const dialectFacts = (dialect: Dialect): DialectFacts => all[dialect];

/** What is left out for a dialect that the embedded engine does not run; `part` is its subject, in the plural. */
export function cannotRunProblem(dialect: Dialect, part: string): Problem {
  return {
    code: "QG305",
    severity: "warning",
    message: `${part} are left out: the embedded engine does not run ${dialectFacts(dialect).title}`,
    help: "Documents, diagrams, lint and reviews work on the model, which was read by rule.",
  };
}
