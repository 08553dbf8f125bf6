import type { ReferenceCardinality } from "./keys.ts";
import type { ObjectId } from "./object-id.ts";
import type { Origin } from "./source.ts";

export const MODEL_VERSION = 1;

export const dialects = ["postgres", "mysql", "mssql"] as const;
export type Dialect = (typeof dialects)[number];

/** How the model was obtained: run in an engine, read from a live server, or read by our own rules. */
export type Evidence = "measured" | "live" | "rule";

/** What every object of the model has. `comment` is the text of the DDL; `description` parts of docs are not stored here. */
export interface Named {
  readonly id: ObjectId;
  readonly name: string;
  readonly comment?: string;
  readonly origin?: Origin;
}

export interface Owned extends Named {
  readonly owner?: string;
  readonly grants?: readonly Grant[];
}

/** One right of one role. PUBLIC is the role `public`. */
export interface Grant {
  readonly grantee: string;
  readonly privileges: readonly string[];
  /** The columns a column right is limited to. */
  readonly columns?: readonly string[];
}

/** A type as it is shown and as it is compared. */
export interface DataType {
  /** As the dialect prints it, such as `character varying(20)`. */
  readonly raw: string;
  /** Family for readers and generators that do not know the dialect. */
  readonly family: TypeFamily;
  /** The enum, domain, composite or range of the model that this type is, or whose array it is. */
  readonly typeId?: ObjectId;
  /** Number of array dimensions declared; 0 or absent when it is no array. */
  readonly dimensions?: number;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
}

export type TypeFamily =
  | "integer"
  | "decimal"
  | "float"
  | "money"
  | "boolean"
  | "text"
  | "binary"
  | "date"
  | "time"
  | "timestamp"
  | "interval"
  | "uuid"
  | "json"
  | "xml"
  | "enum"
  | "composite"
  | "range"
  | "network"
  | "geometry"
  | "bits"
  | "search"
  | "vector"
  | "other";

export interface Column extends Named {
  readonly kind: "column";
  /** From 1, without the gaps that dropped columns leave. */
  readonly position: number;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly default?: string;
  readonly defaultName?: string;
  readonly identity?: { readonly always: boolean; readonly start: string; readonly increment: string };
  readonly generated?: { readonly expression: string; readonly stored: boolean };
  readonly collation?: string;
  readonly charset?: string;
  readonly onUpdate?: string;
  /** A NOT NULL constraint's name when it is not the engine's default one. */
  readonly notNullName?: string;
  /** True when the column comes from a parent table. */
  readonly inherited?: boolean;
  /** True when `*` leaves the column out. */
  readonly invisible?: boolean;
}

export type ReferentialAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

interface ConstraintBase extends Named {
  /** Column names in key order; empty for an expression-only constraint. */
  readonly columns: readonly string[];
  /** As the dialect prints it, with qualified names. */
  readonly definition: string;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly validated: boolean;
  readonly inherited?: boolean;
}
export interface PrimaryKey extends ConstraintBase {
  readonly kind: "primary key";
  readonly clustered?: boolean;
}
export interface UniqueConstraint extends ConstraintBase {
  readonly kind: "unique";
  readonly nullsNotDistinct: boolean;
  readonly clustered?: boolean;
}
export interface ForeignKey extends ConstraintBase {
  readonly kind: "foreign key";
  readonly references: { readonly table: ObjectId; readonly columns: readonly string[] };
  readonly onUpdate: ReferentialAction;
  readonly onDelete: ReferentialAction;
  readonly match: "simple" | "full" | "partial";
  /** Present when the database does not check it: NOT ENFORCED, disabled, or known to an ORM or to people only. */
  readonly enforced?: false;
  /** Present when the database has no such constraint: `declared` by people or an ORM, or `detected` from names. */
  readonly virtual?: "declared" | "detected";
  /** As people state it, in place of what keys and nullability say. */
  readonly cardinality?: Partial<ReferenceCardinality>;
}
export interface CheckConstraint extends ConstraintBase {
  readonly kind: "check";
  readonly expression: string;
  readonly enforced: boolean;
}
export interface ExclusionConstraint extends ConstraintBase {
  readonly kind: "exclude";
}
export type Constraint = PrimaryKey | UniqueConstraint | ForeignKey | CheckConstraint | ExclusionConstraint;

export interface IndexKey {
  /** Exactly one of `column` and `expression`. */
  readonly column?: string;
  readonly expression?: string;
  readonly descending?: boolean;
  readonly nullsFirst?: boolean;
  readonly operatorClass?: string;
  readonly collation?: string;
  readonly prefixLength?: number;
}
export interface Index extends Named {
  readonly kind: "index";
  readonly method: string;
  readonly keys: readonly IndexKey[];
  readonly include: readonly string[];
  readonly predicate?: string;
  readonly unique: boolean;
  readonly nullsNotDistinct?: boolean;
  readonly primary: boolean;
  readonly valid: boolean;
  readonly clustered?: boolean;
  /** True when the planner does not use the index. */
  readonly invisible?: boolean;
  /** The constraint this index enforces. */
  readonly constraint?: string;
  readonly definition: string;
}

export interface Trigger extends Named {
  readonly kind: "trigger";
  readonly timing: "before" | "after" | "instead of";
  readonly events: readonly ("insert" | "update" | "delete" | "truncate")[];
  readonly level: "row" | "statement";
  /** Columns of `UPDATE OF`. */
  readonly columns?: readonly string[];
  readonly when?: string;
  readonly routine?: ObjectId;
  readonly enabled: "origin" | "always" | "replica" | "disabled";
  readonly definition: string;
}

export interface Policy extends Named {
  readonly kind: "policy";
  readonly command: "all" | "select" | "insert" | "update" | "delete";
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly using?: string;
  readonly check?: string;
}

export interface Table extends Owned {
  readonly kind: "table";
  readonly schema: string;
  readonly variant: "table" | "partitioned" | "foreign";
  readonly persistence: "permanent" | "unlogged" | "temporary";
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  readonly partitionKey?: string;
  /** Present on a partition: its parent and `FOR VALUES …` or `DEFAULT`. */
  readonly partitionOf?: { readonly parent: ObjectId; readonly bound: string };
  readonly inherits?: readonly ObjectId[];
  readonly rowSecurity?: { readonly forced: boolean };
  readonly options?: Readonly<Record<string, string>>;
  /** Rows by the engine's own statistics; absent when never analysed. */
  readonly rowEstimate?: number;
}

export interface View extends Owned {
  readonly kind: "view";
  readonly schema: string;
  readonly materialized: boolean;
  readonly columns: readonly Column[];
  /** As the engine prints the query. */
  readonly definition: string;
  /** Ids of the tables, views and routines it reads, sorted. */
  readonly dependsOn: readonly ObjectId[];
  /** Indexes of a materialised view. */
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  readonly options?: Readonly<Record<string, string>>;
  readonly populated?: boolean;
}

export interface EnumType extends Owned {
  readonly kind: "enum";
  readonly schema: string;
  readonly labels: readonly string[];
}
export interface DomainType extends Owned {
  readonly kind: "domain";
  readonly schema: string;
  readonly base: DataType;
  readonly nullable: boolean;
  readonly default?: string;
  readonly collation?: string;
  readonly checks: readonly {
    readonly name: string;
    readonly expression: string;
    readonly definition: string;
    readonly validated: boolean;
  }[];
}
export interface CompositeType extends Owned {
  readonly kind: "composite";
  readonly schema: string;
  readonly attributes: readonly { readonly name: string; readonly type: DataType; readonly comment?: string }[];
}
export interface RangeType extends Owned {
  readonly kind: "range";
  readonly schema: string;
  readonly subtype: DataType;
  readonly multirange?: string;
}

export interface Sequence extends Owned {
  readonly kind: "sequence";
  readonly schema: string;
  readonly type: string;
  /** 64-bit values travel as text. */
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cycle: boolean;
  /** The column that owns it, for serial and identity columns. */
  readonly ownedBy?: { readonly column: ObjectId; readonly by: "serial" | "identity" };
}

export interface RoutineArgument {
  readonly name?: string;
  readonly mode: "in" | "out" | "inout" | "variadic" | "table";
  readonly type: string;
  readonly default?: string;
}
export interface Routine extends Owned {
  readonly kind: "routine";
  readonly schema: string;
  readonly variant: "function" | "procedure" | "aggregate" | "window";
  readonly arguments: readonly RoutineArgument[];
  readonly returns?: string;
  readonly language: string;
  readonly volatility: "immutable" | "stable" | "volatile";
  readonly strict: boolean;
  readonly securityDefiner: boolean;
  /** The whole CREATE statement as the engine prints it; absent for aggregates. */
  readonly definition?: string;
  readonly body: string;
}

export interface Extension extends Named {
  readonly kind: "extension";
  readonly schema: string;
  readonly version: string;
  /** True when the engine lacks it and its objects are missing from the model. */
  readonly missing?: boolean;
}

export interface Namespace extends Owned {
  readonly kind: "schema";
}

/** Objects that documentation lists by definition only. */
export interface OtherObject extends Named {
  readonly kind:
    | "event"
    | "event trigger"
    | "publication"
    | "statistics"
    | "rule"
    | "synonym"
    | "cast"
    | "operator"
    | "collation"
    | "text search configuration";
  readonly schema?: string;
  readonly definition: string;
}

/**
 * What a database is. Built by replay, by a reader or from a live server; every generator is a function of it.
 * All arrays are sorted (objects by id, columns by position, labels and keys in their own order), so that equal
 * schemas serialise to equal bytes.
 */
export interface SchemaModel {
  readonly version: typeof MODEL_VERSION;
  readonly dialect: Dialect;
  readonly evidence: Evidence;
  readonly engine: { readonly name: string; readonly version: string };
  /** False when something the sources declare is missing here; the problems say what. */
  readonly complete: boolean;
  readonly schemas: readonly Namespace[];
  readonly extensions: readonly Extension[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  readonly composites: readonly CompositeType[];
  readonly ranges: readonly RangeType[];
  readonly sequences: readonly Sequence[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly routines: readonly Routine[];
  readonly others: readonly OtherObject[];
}

/** Every kind of object an id can name. */
export type ModelObject =
  | Namespace
  | Extension
  | EnumType
  | DomainType
  | CompositeType
  | RangeType
  | Sequence
  | Table
  | View
  | Routine
  | OtherObject
  | Column
  | Constraint
  | Index
  | Trigger
  | Policy;
export type ObjectKind = ModelObject["kind"];
