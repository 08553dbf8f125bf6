import type { QualifiedName } from "./cursor.ts";

/** A type as it is written: the model's form depends on the engine and is made later. */
export interface TypeSpec {
  /** In lower case, aliases of several words joined: `double precision`, `national varchar`. */
  readonly name: string;
  /** Length, precision and scale as written, or the labels of an enum or set. */
  readonly arguments: readonly string[];
  readonly unsigned: boolean;
  readonly zerofill: boolean;
  /** The BINARY attribute: the collation of the charset that compares bytes. */
  readonly binary: boolean;
  readonly charset?: string;
  readonly collation?: string;
}

export type ReferenceAction = "restrict" | "cascade" | "set null" | "no action" | "set default";

export interface References {
  readonly table: QualifiedName;
  readonly columns: readonly string[];
  readonly onDelete?: ReferenceAction;
  readonly onUpdate?: ReferenceAction;
  readonly match?: "simple" | "full" | "partial";
}

export interface CheckSpec {
  readonly name?: string;
  readonly expression: string;
  readonly enforced: boolean;
}

export interface ColumnSpec {
  readonly name: string;
  readonly offset: number;
  readonly type: TypeSpec;
  readonly nullable?: boolean;
  /** As written. */
  readonly default?: string;
  readonly onUpdate?: string;
  readonly autoIncrement?: boolean;
  readonly generated?: { readonly expression: string; readonly stored: boolean };
  readonly comment?: string;
  readonly primary?: boolean;
  readonly unique?: boolean;
  readonly invisible?: boolean;
  readonly checks: readonly CheckSpec[];
  readonly references?: References & { readonly name?: string };
}

export interface KeyPart {
  readonly column?: string;
  readonly expression?: string;
  readonly length?: number;
  readonly descending?: boolean;
}

export interface KeySpec {
  readonly kind: "primary" | "unique" | "index" | "fulltext" | "spatial";
  readonly name?: string;
  readonly offset: number;
  readonly parts: readonly KeyPart[];
  readonly using?: string;
  readonly comment?: string;
  readonly invisible?: boolean;
  readonly parser?: string;
  readonly ifNotExists?: boolean;
  /** The last part is a period, and rows that are otherwise equal may not overlap in it. */
  readonly withoutOverlaps?: true;
}

export interface ForeignKeySpec {
  readonly name?: string;
  readonly indexName?: string;
  readonly offset: number;
  readonly columns: readonly string[];
  readonly references: References;
  readonly ifNotExists?: boolean;
  /** False behind `NOT ENFORCED`. */
  readonly enforced?: boolean;
}

export type TableElement =
  | { readonly kind: "column"; readonly column: ColumnSpec }
  | { readonly kind: "key"; readonly key: KeySpec }
  | { readonly kind: "foreign key"; readonly foreignKey: ForeignKeySpec }
  | { readonly kind: "check"; readonly check: CheckSpec; readonly offset: number }
  | {
      readonly kind: "period";
      readonly name: string;
      readonly start: string;
      readonly end: string;
      readonly offset: number;
    };

/** Options by lower-case name with single spaces, such as `row_format`; charset and collation apart. */
export interface TableOptions {
  readonly charset?: string;
  readonly collation?: string;
  readonly comment?: string;
  readonly others: Readonly<Record<string, string>>;
}

export interface Partitioning {
  /** `RANGE (YEAR(ordered_at))`, with the subpartitioning behind it. */
  readonly key: string;
  readonly count?: number;
  readonly partitions: readonly PartitionSpec[];
}
export interface PartitionSpec {
  readonly name: string;
  /** `VALUES LESS THAN (2025)` and what follows. */
  readonly definition: string;
}

/** FIRST, or AFTER a column; absent at the end. */
export type Placement = { readonly first: true } | { readonly after: string };

export type AlterSpec =
  | {
      readonly kind: "add column";
      readonly column: ColumnSpec;
      readonly place?: Placement;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: "add element"; readonly element: TableElement }
  | {
      readonly kind: "modify column";
      readonly column: ColumnSpec;
      readonly from: string;
      readonly place?: Placement;
      readonly ifExists: boolean;
      /** Written CHANGE, which can rename; else MODIFY. */
      readonly isChange: boolean;
    }
  | { readonly kind: "rename column"; readonly from: string; readonly to: string; readonly ifExists: boolean }
  | { readonly kind: "drop column"; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: "set default"; readonly name: string; readonly value: string | null }
  | { readonly kind: "column visibility"; readonly name: string; readonly invisible: boolean }
  | { readonly kind: "drop key"; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: "drop primary key"; readonly ifExists: boolean }
  | { readonly kind: "drop foreign key"; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: "drop check"; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: "drop constraint"; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: "enforce"; readonly name: string; readonly enforced: boolean }
  | { readonly kind: "rename key"; readonly from: string; readonly to: string; readonly ifExists: boolean }
  | { readonly kind: "key visibility"; readonly name: string; readonly invisible: boolean }
  | { readonly kind: "rename table"; readonly to: QualifiedName }
  | { readonly kind: "convert"; readonly charset: string; readonly collation?: string }
  | { readonly kind: "options"; readonly options: TableOptions }
  | { readonly kind: "partition by"; readonly partitioning: Partitioning }
  | { readonly kind: "add partitions"; readonly partitions: readonly PartitionSpec[]; readonly count?: number }
  | { readonly kind: "drop partitions"; readonly names: readonly string[] }
  | {
      readonly kind: "reorganize partitions";
      readonly names: readonly string[];
      readonly into: readonly PartitionSpec[];
    }
  | { readonly kind: "remove partitioning" }
  /** `ALGORITHM = …`, `LOCK = …`: how the server is told to do the rest, in lower case. */
  | { readonly kind: "request"; readonly what: "algorithm" | "lock"; readonly value: string }
  /** `FORCE`, and an engine's name written again: the table is written anew. */
  | { readonly kind: "rebuild" }
  /** Work on partitions that keeps the table's form: `TRUNCATE`, `COALESCE`, `EXCHANGE`, `REBUILD` … */
  | { readonly kind: "partition work"; readonly verb: string }
  | { readonly kind: "nothing" };

export type PositionedSpec = AlterSpec & { readonly offset: number };

/** A column of a select list as far as it can be told without the model. */
export type SelectItem =
  | { readonly kind: "all"; readonly table?: string }
  | { readonly kind: "column"; readonly table?: string; readonly column: string; readonly name: string }
  | { readonly kind: "expression"; readonly name: string; readonly text: string };

export interface SelectShape {
  readonly items: readonly SelectItem[];
  /** Tables of FROM, by the name they go by; null for a derived table. */
  readonly from: readonly {
    readonly alias: string;
    readonly table: QualifiedName | null;
    readonly optional: boolean;
  }[];
  /** Every table named behind FROM or JOIN anywhere in it. */
  readonly reads: readonly QualifiedName[];
}

export interface RoutineParameter {
  readonly name: string;
  readonly mode: "in" | "out" | "inout";
  readonly type: TypeSpec;
}

export type Statement =
  | { readonly kind: "nothing" }
  /** Sets a session variable, or prepares or runs a text. */
  | { readonly kind: "session" }
  | { readonly kind: "unknown"; readonly verb: string }
  | { readonly kind: "use"; readonly schema: string }
  | {
      readonly kind: "create database";
      readonly name: string;
      readonly ifNotExists: boolean;
      readonly alter: boolean;
      readonly charset?: string;
      readonly collation?: string;
      readonly comment?: string;
    }
  | { readonly kind: "drop database"; readonly name: string; readonly ifExists: boolean }
  | {
      readonly kind: "create table";
      readonly name: QualifiedName;
      readonly temporary: boolean;
      readonly ifNotExists: boolean;
      readonly orReplace: boolean;
      readonly like?: QualifiedName;
      readonly elements: readonly TableElement[];
      readonly options: TableOptions;
      readonly partitioning?: Partitioning;
      readonly select?: SelectShape;
    }
  | {
      readonly kind: "alter table";
      readonly name: QualifiedName;
      readonly ifExists: boolean;
      readonly specs: readonly PositionedSpec[];
      /** Written as CREATE INDEX or DROP INDEX: the table itself is not altered. */ readonly viaIndex?: true;
    }
  | {
      readonly kind: "rename tables";
      readonly pairs: readonly { readonly from: QualifiedName; readonly to: QualifiedName }[];
      readonly ifExists: boolean;
    }
  | {
      readonly kind: "drop";
      readonly what: "table" | "view" | "trigger" | "procedure" | "function" | "event" | "sequence";
      readonly names: readonly QualifiedName[];
      readonly ifExists: boolean;
    }
  | {
      readonly kind: "create view";
      readonly name: QualifiedName;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly columns?: readonly string[];
      readonly definition: string;
      readonly select?: SelectShape;
      readonly options: Readonly<Record<string, string>>;
      readonly definer?: string;
    }
  | {
      readonly kind: "create trigger";
      readonly definer?: string;
      readonly name: QualifiedName;
      readonly table: QualifiedName;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly timing: "before" | "after";
      readonly event: "insert" | "update" | "delete";
    }
  | {
      readonly kind: "create routine";
      readonly definer?: string;
      readonly variant: "function" | "procedure" | "aggregate";
      readonly name: QualifiedName;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly parameters: readonly RoutineParameter[];
      readonly returns?: TypeSpec;
      readonly deterministic: boolean;
      readonly readsOnly: boolean;
      readonly securityInvoker: boolean;
      readonly comment?: string;
      readonly body: string;
    }
  | {
      readonly kind: "create event";
      readonly definer?: string;
      readonly name: QualifiedName;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly comment?: string;
    }
  | {
      readonly kind: "create sequence";
      readonly name: QualifiedName;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly options: Readonly<Record<string, string>>;
    }
  | { readonly kind: "call"; readonly name: QualifiedName; readonly arguments: readonly string[] };
