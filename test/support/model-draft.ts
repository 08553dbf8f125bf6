import type { ForeignKey, Grant, OtherObject, ReferentialAction, Trigger } from "#schemas/model.ts";

/*
 * Models for tests, said briefly: names are `schema.name`, types are as in DDL, everything else has a default.
 * An undefined field is an absent one.
 */

export interface ColumnDraft {
  readonly name: string;
  /** `bigint`, `varchar(50)`, `numeric(10,2)`, `text[]` or the name of a type of the draft. Default `text`. */
  readonly type?: string | undefined;
  readonly nullable?: boolean | undefined;
  readonly default?: string | undefined;
  readonly identity?: boolean | undefined;
  readonly generated?: string | undefined;
  readonly comment?: string | undefined;
  readonly notNullName?: string | undefined;
  readonly inherited?: boolean | undefined;
}
export interface IndexDraft {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique?: boolean | undefined;
  readonly predicate?: string | undefined;
  readonly method?: string | undefined;
}
export interface ForeignKeyDraft {
  readonly name?: string | undefined;
  readonly columns: readonly string[];
  readonly to: string;
  /** Default `id`. */
  readonly toColumns?: readonly string[] | undefined;
  readonly onDelete?: ReferentialAction | undefined;
  readonly match?: ForeignKey["match"] | undefined;
}
export interface TriggerDraft {
  readonly name: string;
  readonly calls: string;
  readonly timing?: Trigger["timing"] | undefined;
}
export interface TableDraft {
  readonly name: string;
  readonly columns: readonly ColumnDraft[];
  readonly comment?: string | undefined;
  readonly owner?: string | undefined;
  readonly unlogged?: boolean | undefined;
  readonly primaryKey?: readonly string[] | undefined;
  /** Default `<table>_pkey`. */
  readonly primaryKeyName?: string | undefined;
  readonly uniques?: readonly { readonly name?: string; readonly columns: readonly string[] }[] | undefined;
  readonly checks?: readonly { readonly name: string; readonly expression: string }[] | undefined;
  readonly foreignKeys?: readonly ForeignKeyDraft[] | undefined;
  readonly excludes?: readonly { readonly name: string; readonly definition: string }[] | undefined;
  readonly indexes?: readonly IndexDraft[] | undefined;
  readonly triggers?: readonly TriggerDraft[] | undefined;
  readonly policies?: readonly { readonly name: string; readonly using: string }[] | undefined;
  readonly grants?: readonly Grant[] | undefined;
  readonly partitionKey?: string | undefined;
  readonly partitionOf?: { readonly parent: string; readonly bound: string } | undefined;
  readonly rowSecurity?: boolean | undefined;
}
export interface EnumDraft {
  readonly name: string;
  readonly labels: readonly string[];
  readonly comment?: string | undefined;
}
export interface DomainDraft {
  readonly name: string;
  readonly base: string;
  readonly check?: string | undefined;
}
export interface CompositeDraft {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
}
export interface SequenceDraft {
  readonly name: string;
  readonly start?: string | undefined;
  /** A column, such as `sales.orders.id`. */
  readonly ownedBy?: string | undefined;
}
export interface ViewDraft {
  readonly name: string;
  /** Tables and views. */
  readonly reads: readonly string[];
  readonly columns: readonly ColumnDraft[];
  readonly definition: string;
  readonly materialized?: boolean | undefined;
  readonly comment?: string | undefined;
}
export interface RoutineDraft {
  readonly name: string;
  /** Types of the arguments. */
  readonly arguments?: readonly string[] | undefined;
  readonly returns?: string | undefined;
  readonly body: string;
}
export interface ExtensionDraft {
  readonly name: string;
  readonly version?: string | undefined;
}
export interface ModelDraft {
  /** Schemas that stay empty; the others follow from the names. */
  readonly schemas?: readonly string[] | undefined;
  readonly extensions?: readonly ExtensionDraft[] | undefined;
  readonly enums?: readonly EnumDraft[] | undefined;
  readonly domains?: readonly DomainDraft[] | undefined;
  readonly composites?: readonly CompositeDraft[] | undefined;
  readonly ranges?: readonly { readonly name: string; readonly subtype: string }[] | undefined;
  readonly sequences?: readonly SequenceDraft[] | undefined;
  readonly tables?: readonly TableDraft[] | undefined;
  readonly views?: readonly ViewDraft[] | undefined;
  readonly routines?: readonly RoutineDraft[] | undefined;
  readonly others?: readonly Pick<OtherObject, "kind" | "name" | "definition">[] | undefined;
}
