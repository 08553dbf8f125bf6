import type { ObjectId } from "#schemas/object-id.ts";

/** A relation that a statement names. */
export interface RelationRef {
  /** Id in the base model; the present one when the migration itself made the relation. */
  readonly id: ObjectId;
  /** Name it has when the statement runs, for SQL that is written to replace it. */
  readonly current: ObjectId;
  /** Made by the migration under review: nobody waits for its locks, and it holds no old rows. */
  readonly isNew: boolean;
}

export type ConstraintKind = "check" | "foreign key" | "unique" | "primary key" | "exclude" | "not null";

/** A column that a statement adds. */
export interface AddedColumn {
  readonly name: string;
  /** NOT NULL, by itself or by a primary key. */
  readonly required: boolean;
  /** Null when it has none. */
  readonly default: { readonly isConstant: boolean; readonly functions: readonly string[] } | null;
  readonly isSerial: boolean;
  readonly isIdentity: boolean;
  readonly isStored: boolean;
  readonly isVirtual: boolean;
  /** A domain of the model, when the type is one. */
  readonly domain?: ObjectId;
}

interface On {
  readonly table: RelationRef;
}

/**
 * One thing a statement does, in words that do not depend on its syntax. Rules judge acts, so DDL that only the
 * engine sees (in a DO block or a function) is judged by the same rules.
 */
export type Act =
  | (On & { readonly kind: "add column"; readonly column: AddedColumn })
  | (On & {
      readonly kind: "add constraint";
      readonly constraint: ConstraintKind;
      /** Absent when the engine names it. */
      readonly name?: string;
      readonly columns: readonly string[];
      readonly isNotValid: boolean;
      readonly usingIndex?: string;
      readonly references?: RelationRef;
      /** Part of an added column. */
      readonly isInline: boolean;
      /** A foreign key that deletes rows with the row they point at. */
      readonly cascades?: true;
    })
  | (On & { readonly kind: "attach partition"; readonly partition: RelationRef })
  | (On & { readonly kind: "change type"; readonly column: string })
  | (On & {
      readonly kind: "create index";
      readonly name?: string;
      readonly isUnique: boolean;
      readonly isConcurrent: boolean;
      /** ON ONLY a partitioned parent: nothing is built. */
      readonly isOnly: boolean;
      readonly ifNotExists: boolean;
      /** Plain columns among its keys. */
      readonly columns: readonly string[];
      /** It holds some rows only, or what an expression makes of them. */
      readonly isPartial: boolean;
    })
  | (On & {
      readonly kind: "create table";
      readonly references: readonly RelationRef[];
      /** The references that delete rows with the row they point at. */
      readonly cascades: readonly RelationRef[];
    })
  | (On & { readonly kind: "create trigger"; readonly name: string })
  | (On & { readonly kind: "delete rows"; readonly everyRow: boolean })
  | (On & { readonly kind: "detach partition"; readonly partition: RelationRef; readonly isConcurrent: boolean })
  | (On & { readonly kind: "drop column"; readonly column: string; readonly isCascade: boolean })
  | (On & { readonly kind: "drop constraint"; readonly name: string })
  | (On & {
      readonly kind: "drop index";
      readonly index: ObjectId;
      readonly isConcurrent: boolean;
      readonly isCascade: boolean;
      /** Indexes that the statement drops. */
      readonly count: number;
    })
  | (On & { readonly kind: "drop not null"; readonly column: string })
  | (On & { readonly kind: "drop table"; readonly what: string })
  | (On & { readonly kind: "drop trigger"; readonly name: string })
  | (On & { readonly kind: "new file"; readonly how: string })
  | (On & { readonly kind: "refresh"; readonly isConcurrent: boolean })
  | (On & { readonly kind: "rename column"; readonly column: string; readonly to: string })
  | (On & { readonly kind: "rename table"; readonly to: ObjectId })
  | (On & { readonly kind: "set not null"; readonly column: string })
  | (On & { readonly kind: "truncate"; readonly isCascade: boolean })
  | (On & { readonly kind: "switch trigger"; readonly name: string; readonly isOn: boolean })
  | (On & {
      readonly kind: "update rows";
      readonly everyRow: boolean;
      readonly columns: readonly string[];
      /** Columns that its condition compares with one value or a few; absent for none. */
      readonly filters?: readonly string[];
    })
  | (On & { readonly kind: "validate constraint"; readonly name: string })
  | SpreadAct
  | { readonly kind: "drop cascade"; readonly what: string; readonly names: readonly ObjectId[] }
  | { readonly kind: "concurrently"; readonly what: string }
  | { readonly kind: "set"; readonly name: string; readonly value: string | null }
  | { readonly kind: "transaction"; readonly control: "begin" | "end" }
  /** Its effects are known from the engine alone. */
  | { readonly kind: "opaque"; readonly what: string };

/** What is done to something that is no relation. */
type SpreadAct =
  | { readonly kind: "add enum value"; readonly type: OtherRef; readonly value: string; readonly isPlaced: boolean }
  | { readonly kind: "rename enum value"; readonly type: OtherRef; readonly from: string; readonly to: string }
  | { readonly kind: "create domain"; readonly type: OtherRef; readonly constraints: readonly string[] }
  | { readonly kind: "add domain constraint"; readonly type: OtherRef; readonly isNotValid: boolean }
  | { readonly kind: "drop schema"; readonly schema: OtherRef }
  | { readonly kind: "rename schema"; readonly schema: OtherRef; readonly to: string }
  | { readonly kind: "drop database"; readonly name: string }
  | { readonly kind: "alter system"; readonly setting: string }
  | { readonly kind: "upgrade extension"; readonly name: string; readonly to?: string }
  /** `what` is TABLE, INDEX, SCHEMA and so on; `table` is there when one table is concerned. */
  | {
      readonly kind: "reindex";
      readonly what: string;
      readonly name: string;
      readonly table?: RelationRef;
      readonly isConcurrent: boolean;
    }
  /** VACUUM FULL or CLUSTER without a table. */
  | { readonly kind: "rewrite everything"; readonly how: string }
  /** DROP INDEX IF EXISTS of one that the base model does not have. */
  | { readonly kind: "clear index"; readonly name: string };

/** A schema or a type that a statement names. */
export interface OtherRef {
  readonly id: ObjectId;
  /** Made by the migration under review. */
  readonly isNew: boolean;
}

export type ActKind = Act["kind"];
export type ActOf<K extends ActKind> = Extract<Act, { readonly kind: K }>;

/** The acts of one kind. */
export function actsOf<K extends ActKind>(acts: readonly Act[], kind: K): readonly ActOf<K>[] {
  return acts.filter((act): act is ActOf<K> => act.kind === kind);
}
