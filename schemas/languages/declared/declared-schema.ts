import type { ReferentialAction } from "../../model.ts";

/**
 * A schema as a file of another language than SQL declares it. Types, defaults and expressions are SQL of the database
 * that the file is for. `line` is where the file says it, from 1.
 */
export interface DeclaredSchema {
  readonly extensions?: readonly { readonly name: string; readonly line: number }[];
  readonly enums: readonly DeclaredEnum[];
  readonly tables: readonly DeclaredTable[];
  readonly views?: readonly DeclaredView[];
  /** SQL that the file holds as it is: before the tables, and behind everything. */
  readonly before?: readonly DeclaredStatement[];
  readonly behind?: readonly DeclaredStatement[];
}

/** Absent `schema`: the one the connection starts in. */
export interface DeclaredName {
  readonly schema?: string;
  readonly name: string;
}

export interface DeclaredEnum extends DeclaredName {
  readonly labels: readonly string[];
  readonly comment?: string;
  readonly line: number;
}

export interface DeclaredTable extends DeclaredName {
  readonly columns: readonly DeclaredColumn[];
  readonly primaryKey?: {
    readonly name?: string;
    readonly columns: readonly DeclaredKey[];
    readonly line: number;
    readonly clustered?: boolean;
  };
  readonly uniques: readonly DeclaredUnique[];
  readonly checks: readonly DeclaredCheck[];
  readonly exclusions?: readonly { readonly name?: string; readonly definition: string; readonly line: number }[];
  readonly indexes: readonly DeclaredIndex[];
  readonly foreignKeys: readonly DeclaredForeignKey[];
  readonly comment?: string;
  /** What stands behind the closing parenthesis, such as `ENGINE=InnoDB` or `PARTITION BY LIST (state)`. */
  readonly options?: string;
  readonly persistence?: "unlogged" | "temporary";
  readonly line: number;
}

export interface DeclaredColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default?: string;
  /** The default constraint's name, where the database has one. */
  readonly defaultName?: string;
  /** Counts up by itself. */
  readonly increment?: boolean;
  readonly generated?: { readonly expression: string; readonly stored: boolean };
  readonly collation?: string;
  readonly charset?: string;
  readonly onUpdate?: string;
  readonly comment?: string;
  readonly line: number;
}

export interface DeclaredUnique {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: boolean;
  /** What follows the columns, such as `DEFERRABLE`. */
  readonly tail?: string;
  readonly line: number;
}

export interface DeclaredCheck {
  readonly name?: string;
  readonly expression: string;
  readonly validated?: boolean;
  readonly line: number;
}

/** Exactly one of `column`, `expression` and `raw`. */
export interface DeclaredKey {
  readonly column?: string;
  readonly expression?: string;
  /** As it stands between the parentheses of the index. */
  readonly raw?: string;
  /** Prefix length in characters, where the database has one. */
  readonly length?: number;
  /** `DESC`, `NULLS LAST`, in that order. */
  readonly order?: string;
  readonly operatorClass?: string;
}

export interface DeclaredIndex {
  readonly name?: string;
  readonly keys: readonly DeclaredKey[];
  readonly unique: boolean;
  /** `gin`, `hash`, `fulltext`, `spatial`…; the database's own when absent. */
  readonly method?: string;
  readonly include?: readonly string[];
  readonly where?: string;
  readonly nullsNotDistinct?: boolean;
  readonly clustered?: boolean;
  readonly comment?: string;
  readonly line: number;
}

export interface DeclaredForeignKey {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly to: DeclaredName;
  readonly toColumns: readonly string[];
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  /** False for a relation that only the application keeps. */
  readonly enforced?: boolean;
  readonly validated?: boolean;
  /** What follows the actions, such as `DEFERRABLE INITIALLY DEFERRED`. */
  readonly tail?: string;
  readonly line: number;
}

export interface DeclaredView extends DeclaredName {
  readonly materialized: boolean;
  readonly definition: string;
  readonly line: number;
}

/** One statement of SQL and the line of the file that asks for it. */
export interface DeclaredStatement {
  readonly sql: string;
  readonly line: number;
}
