/** Shapes of what `catalogQuery` returns. Object ids are numbers; `null` is SQL's NULL. */

export interface AclRow {
  readonly grantee: string;
  readonly privileges: readonly string[];
}
export interface TypeRow {
  readonly raw: string;
  /** Type modifier, -1 when there is none. */
  readonly mod: number;
  readonly array: boolean;
  /** Name and schema of the element type for arrays, of the type itself otherwise. */
  readonly name: string;
  readonly ns: string;
  /** `typcategory` and `typtype` of the same type. */
  readonly cat: string;
  readonly kind: string;
  /** What a domain is made of, at the bottom of a chain of domains. */
  readonly base: { readonly name: string; readonly cat: string; readonly kind: string } | null;
}
interface OwnedRow {
  readonly oid: number;
  readonly owner: string;
  readonly acl: readonly AclRow[] | null;
  readonly comment: string | null;
}
export interface SchemaRow extends OwnedRow {
  readonly name: string;
}
export interface ExtensionRow {
  readonly oid: number;
  readonly name: string;
  readonly version: string;
  readonly schema: string;
  readonly comment: string | null;
}
export interface TypeObjectRow extends OwnedRow {
  readonly relid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: "e" | "d" | "c" | "r";
  readonly labels: readonly string[] | null;
  readonly base: TypeRow | null;
  readonly ndims: number;
  readonly notnull: boolean;
  readonly default: string | null;
  readonly collation: string | null;
  readonly checks:
    | readonly {
        readonly oid: number;
        readonly name: string;
        readonly expression: string;
        readonly definition: string;
        readonly validated: boolean;
      }[]
    | null;
  readonly attributes:
    | readonly {
        readonly name: string;
        readonly type: TypeRow;
        readonly ndims: number;
        readonly comment: string | null;
      }[]
    | null;
  readonly subtype: TypeRow | null;
  readonly multirange: string | null;
}
export interface RelationRow extends OwnedRow {
  readonly schema: string;
  readonly name: string;
  readonly kind: "r" | "p" | "v" | "m" | "f";
  readonly persistence: "p" | "u" | "t";
  readonly options: readonly string[] | null;
  readonly rls: boolean;
  readonly forced: boolean;
  /** -1 when never analysed. */
  readonly rows: number;
  readonly populated: boolean;
  readonly partkey: string | null;
  readonly bound: string | null;
  readonly parents: readonly (readonly [schema: string, name: string])[] | null;
  readonly server: { readonly server: string; readonly options: readonly string[] | null } | null;
  readonly definition: string | null;
}
export interface ColumnRow {
  readonly rel: number;
  readonly num: number;
  readonly name: string;
  /** Key in `columnTypes`. */
  readonly type: string;
  readonly ndims: number;
  readonly notnull: boolean;
  readonly local: boolean;
  readonly comment: string | null;
  readonly acl: readonly AclRow[] | null;
  readonly identity: "a" | "d" | null;
  readonly generated: "s" | "v" | null;
  readonly default: string | null;
  readonly defoid: number | null;
  readonly collation: string | null;
}
export interface ConstraintRow {
  readonly oid: number;
  readonly rel: number;
  readonly name: string;
  readonly kind: "p" | "u" | "f" | "c" | "x" | "n";
  readonly definition: string;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly validated: boolean;
  readonly local: boolean;
  readonly enforced: boolean;
  readonly index: number | null;
  readonly columns: readonly string[] | null;
  readonly expression: string | null;
  readonly target: readonly [schema: string, name: string] | null;
  readonly targetColumns: readonly string[] | null;
  readonly update: string | null;
  readonly delete: string | null;
  readonly match: string | null;
  readonly comment: string | null;
}
export interface IndexRow {
  readonly oid: number;
  readonly rel: number;
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly valid: boolean;
  readonly clustered: boolean;
  readonly nnd: boolean;
  readonly definition: string;
  readonly predicate: string | null;
  readonly comment: string | null;
  readonly keys:
    | readonly {
        readonly column: string | null;
        readonly expression: string | null;
        /** Bit 0: descending; bit 1: nulls first. */
        readonly option: number;
        readonly opclass: string | null;
        readonly collation: string | null;
      }[]
    | null;
  readonly include: readonly string[] | null;
}
export interface TriggerRow {
  readonly oid: number;
  readonly rel: number;
  readonly name: string;
  /** Bit mask of pg_trigger.tgtype. */
  readonly type: number;
  readonly enabled: "O" | "D" | "R" | "A";
  readonly definition: string;
  readonly proc: number;
  readonly comment: string | null;
  readonly columns: readonly string[] | null;
}
export interface PolicyRow {
  readonly oid: number;
  readonly rel: number;
  readonly name: string;
  readonly command: "*" | "r" | "a" | "w" | "d";
  readonly permissive: boolean;
  readonly roles: readonly string[] | null;
  readonly using: string | null;
  readonly check: string | null;
  readonly comment: string | null;
}
export interface SequenceRow extends OwnedRow {
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cycle: boolean;
  readonly ownedBy: { readonly rel: number; readonly num: number; readonly dep: "a" | "i" } | null;
}
export interface RoutineRow extends OwnedRow {
  readonly schema: string;
  readonly name: string;
  readonly kind: "f" | "p" | "a" | "w";
  readonly inputs: readonly string[];
  readonly arguments: readonly {
    readonly name: string | null;
    readonly mode: "i" | "o" | "b" | "v" | "t";
    readonly type: string;
    readonly default: string | null;
  }[];
  readonly returns: string | null;
  readonly language: string;
  readonly volatility: "i" | "s" | "v";
  readonly strict: boolean;
  readonly definer: boolean;
  readonly definition: string | null;
  readonly body: string;
}
export interface DefinedRow {
  readonly oid: number;
  readonly schema?: string;
  readonly table?: string;
  readonly name: string;
  readonly definition: string;
  readonly comment: string | null;
}

export interface CatalogRows {
  readonly version: string;
  readonly owner: string;
  readonly schemas: readonly SchemaRow[];
  readonly extensions: readonly ExtensionRow[];
  readonly types: readonly TypeObjectRow[];
  readonly relations: readonly RelationRow[];
  readonly columns: readonly ColumnRow[];
  /** The types of columns by what `ColumnRow.type` says: a thousand tables have some dozens. */
  readonly columnTypes: Readonly<Record<string, TypeRow>>;
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly triggers: readonly TriggerRow[];
  readonly policies: readonly PolicyRow[];
  readonly sequences: readonly SequenceRow[];
  readonly routines: readonly RoutineRow[];
  /** View oid, catalog oid and object oid of each thing a view reads. */
  readonly dependencies: readonly (readonly [view: number, catalog: number, object: number])[];
  readonly rules: readonly DefinedRow[];
  readonly statistics: readonly DefinedRow[];
  readonly eventTriggers: readonly DefinedRow[];
  readonly publications: readonly DefinedRow[];
}
