import type { SplitStatement } from "../languages/sql/postgres/split.ts";
import type { Statement as MssqlStatement } from "../languages/sql/mssql/statement.ts";
import type { Statement as MysqlStatement } from "../languages/sql/mysql/statement.ts";
import type { SchemaModel, Table } from "../model.ts";
import type { MysqlFacts } from "./mysql/facts.ts";
import type { Problem } from "../problem.ts";
import type { MigrationFile } from "../source.ts";

/** What a statement of a dialect that no embedded engine runs says, as its reader read it. */
export type StepSource =
  | {
      readonly kind: "mysql";
      readonly statement: MysqlStatement;
      /** Its text, or what a prepared statement has built. */
      readonly text: string;
      /** The database that names without one are in. */
      readonly database: string;
      /** The table that an ALTER TABLE changes as it was before; absent when no file has made it. */
      readonly table?: Table;
      readonly facts: MysqlFacts;
      /** Instant changes of the table's columns, this one included, since it was last written anew. */
      readonly rowVersions?: number;
    }
  | {
      readonly kind: "mssql";
      readonly statement: MssqlStatement;
      /** The statement's own text. */
      readonly text: string;
      /** The text that offsets of the statement count in. */
      readonly whole: string;
      readonly isTried: boolean;
      /** Number of the batch in its file that it stands in, from 0. */
      readonly batch: number;
    };

/** One statement under review, in the order in which it runs. */
export interface Step {
  readonly statement: SplitStatement;
  readonly source: StepSource;
}

export interface SteppedFile {
  readonly file: MigrationFile;
  readonly statements: readonly Step[];
}

/** A history and new files behind it, read by rule: nothing ran. */
export interface ReadSteps {
  readonly base: SchemaModel;
  readonly head: SchemaModel;
  readonly files: readonly SteppedFile[];
  /** What could not be read of the new files. */
  readonly problems: readonly Problem[];
}
