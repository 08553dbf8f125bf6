/** What rules with a limit, a list or a pattern go by. */
export interface RuleLimits {
  /** lock-timeout-too-long: seconds. pgfence stops at 5 too. */
  readonly lockTimeoutSeconds: number;
  /** too-many-indexes: indexes of one table, those of constraints included. */
  readonly indexesPerTable: number;
  /** too-many-index-columns: key columns of one index. */
  readonly columnsPerIndex: number;
  /** wide-pk: columns of one primary key. */
  readonly columnsPerPrimaryKey: number;
  /** char-too-long: n of char(n). */
  readonly charLength: number;
  /** varchar-too-long: n of varchar(n). Bytebase's default. */
  readonly varcharLength: number;
  /** mysql-auto-increment-start: the first number. */
  readonly autoIncrementStart: number;
  /** mysql-charset-allow-list. */
  readonly charsets: readonly string[];
  /** mysql-collation-allow-list. */
  readonly collations: readonly string[];
  /** mssql-too-many-joins: tables that one query joins. */
  readonly joinsPerQuery: number;
  /** large-insert: rows of one statement. Bytebase's default. */
  readonly insertRows: number;
  /** too-many-or: terms of an OR, values of an IN list. */
  readonly conditionTerms: number;
  /** definer: accounts that may be named. */
  readonly definers: readonly string[];
  /** primary-key-type: names of the types a primary key may have, as the engine prints them. */
  readonly primaryKeyTypes: readonly string[];
  /** disallowed-type: names of types, as the engine prints them without length. */
  readonly disallowedTypes: readonly string[];
  /** missing-created-updated: columns that every table has. */
  readonly requiredColumns: readonly string[];
  /** rls-disabled, sensitive-column-exposed: roles that clients log in as or are switched to. */
  readonly clientRoles: readonly string[];
  /** naming-convention: patterns that whole names must match, as JavaScript writes regular expressions. */
  readonly names: Readonly<Record<"table" | "column" | "index" | "primary key" | "foreign key" | "unique", string>>;
}

export const defaultLimits: RuleLimits = {
  lockTimeoutSeconds: 5,
  indexesPerTable: 12,
  columnsPerIndex: 5,
  columnsPerPrimaryKey: 3,
  charLength: 20,
  varcharLength: 2560,
  autoIncrementStart: 1,
  charsets: ["utf8mb4"],
  collations: [
    "utf8mb4_0900_ai_ci",
    "utf8mb4_0900_as_cs",
    "utf8mb4_bin",
    "utf8mb4_unicode_ci",
    "utf8mb4_uca1400_ai_ci",
  ],
  joinsPerQuery: 8,
  insertRows: 1000,
  conditionTerms: 100,
  definers: [],
  primaryKeyTypes: ["smallint", "integer", "bigint"],
  disallowedTypes: ["money", "json", "xml"],
  requiredColumns: ["created_at", "updated_at"],
  clientRoles: ["anon", "authenticated", "public"],
  names: {
    table: "[a-z][a-z0-9_]*",
    column: "[a-z][a-z0-9_]*",
    index: "[a-z][a-z0-9_]*",
    "primary key": "[a-z0-9_]+_pkey",
    "foreign key": "[a-z0-9_]+_fkey[0-9]*",
    unique: "[a-z0-9_]+_key[0-9]*",
  },
};
