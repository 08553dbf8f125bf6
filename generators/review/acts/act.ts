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
    })
  | (On & { readonly kind: "create table"; readonly references: readonly RelationRef[] })
  | (On & { readonly kind: "delete rows"; readonly everyRow: boolean })
  | (On & { readonly kind: "detach partition"; readonly partition: RelationRef; readonly isConcurrent: boolean })
  | (On & { readonly kind: "drop column"; readonly column: string; readonly isCascade: boolean })
  | (On & {
      readonly kind: "drop index";
      readonly index: ObjectId;
      readonly isConcurrent: boolean;
      readonly isCascade: boolean;
      /** Indexes that the statement drops. */
      readonly count: number;
    })
  | (On & { readonly kind: "drop table"; readonly what: string })
  | (On & { readonly kind: "new file"; readonly how: string })
  | (On & { readonly kind: "refresh"; readonly isConcurrent: boolean })
  | (On & { readonly kind: "rename column"; readonly column: string; readonly to: string })
  | (On & { readonly kind: "rename table"; readonly to: ObjectId })
  | (On & { readonly kind: "set not null"; readonly column: string })
  | (On & { readonly kind: "truncate"; readonly isCascade: boolean })
  | (On & { readonly kind: "update rows"; readonly everyRow: boolean })
  | (On & { readonly kind: "validate constraint"; readonly name: string })
  | { readonly kind: "drop cascade"; readonly what: string; readonly names: readonly ObjectId[] }
  | { readonly kind: "concurrently"; readonly what: string }
  | { readonly kind: "set"; readonly name: string; readonly value: string | null }
  | { readonly kind: "transaction"; readonly control: "begin" | "end" }
  /** Its effects are known from the engine alone. */
  | { readonly kind: "opaque"; readonly what: string };

export type ActKind = Act["kind"];
export type ActOf<K extends ActKind> = Extract<Act, { readonly kind: K }>;

/** The acts of one kind. */
export function actsOf<K extends ActKind>(acts: readonly Act[], kind: K): readonly ActOf<K>[] {
  return acts.filter((act): act is ActOf<K> => act.kind === kind);
}
