/** What the generated database will be, before it is written as a dump or as a history. */
export interface PlannedSchema {
  readonly modules: readonly PlannedModule[];
  readonly domains: readonly PlannedDomain[];
  readonly enums: readonly PlannedEnum[];
  readonly tables: readonly PlannedTable[];
  readonly routines: readonly PlannedRoutine[];
  readonly views: readonly PlannedView[];
}

export interface PlannedModule {
  readonly schema: string;
  readonly comment: string;
}

export interface PlannedDomain {
  readonly schema: string;
  readonly name: string;
  readonly definition: string;
  readonly comment: string;
}

export interface PlannedEnum {
  readonly schema: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly comment?: string;
}

export interface PlannedTable {
  readonly schema: string;
  readonly name: string;
  /** What one row is, in words: `invoice line`. */
  readonly noun: string;
  readonly role: "main" | "part" | "lookup" | "junction" | "log";
  readonly comment?: string;
  readonly columns: PlannedColumn[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: PlannedForeignKey[];
  readonly uniques: PlannedUnique[];
  readonly checks: PlannedCheck[];
  readonly indexes: PlannedIndex[];
  readonly partitions?: { readonly column: string; readonly parts: readonly PlannedPartition[] };
  /** Has a trigger that keeps `updated_at`. */
  readonly isTouched: boolean;
  /** Column by which rows are hidden from other people. */
  readonly rowSecurity?: string;
}

export interface PlannedColumn {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly default?: string;
  readonly generated?: string;
  readonly identity?: "always" | "by default";
  readonly comment?: string;
}

export interface PlannedForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: PlannedTable;
  readonly targetColumns: readonly string[];
  readonly onDelete?: "cascade" | "set null" | "restrict";
  readonly isDeferrable: boolean;
}

export interface PlannedUnique {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface PlannedCheck {
  readonly name: string;
  readonly columns: readonly string[];
  readonly expression: string;
}

export interface PlannedIndex {
  readonly name: string;
  /** Every column it needs, those of its condition included. */
  readonly columns: readonly string[];
  readonly isUnique: boolean;
  readonly method?: "gin" | "brin" | "hash";
  /** What stands between the parentheses. */
  readonly keys: string;
  readonly where?: string;
}

export interface PlannedPartition {
  readonly name: string;
  readonly bound: string;
}

export interface PlannedRoutine {
  readonly schema: string;
  readonly name: string;
  /** The whole CREATE FUNCTION statement, without its semicolon. */
  readonly definition: string;
  readonly signature: string;
  readonly comment?: string;
  readonly reads: readonly PlannedTable[];
}

export interface PlannedView {
  readonly schema: string;
  readonly name: string;
  readonly isMaterialized: boolean;
  readonly query: string;
  readonly reads: readonly PlannedTable[];
  readonly comment?: string;
}
