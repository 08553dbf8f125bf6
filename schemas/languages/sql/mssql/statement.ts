import type { ReferentialAction } from "../../../model.ts";
import type { Expression, Query } from "./expression.ts";
import type { NameRef } from "./reader.ts";
import type { TypeText } from "./read-type.ts";

/** A column's name in a key, with its direction. */
export interface KeyPart {
  readonly name: string;
  readonly descending: boolean;
  readonly at: number;
}

/** Where a declared thing begins in the text. */
interface Placed {
  readonly at: number;
}

export interface KeyElement extends Placed {
  readonly kind: "primary key" | "unique";
  readonly name?: string;
  readonly clustered?: boolean;
  readonly keys: readonly KeyPart[];
  readonly hash?: boolean;
}
export interface ForeignKeyElement extends Placed {
  readonly kind: "foreign key";
  readonly name?: string;
  readonly columns: readonly KeyPart[];
  readonly table: NameRef;
  readonly references: readonly KeyPart[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly enforced?: boolean;
}
export interface CheckElement extends Placed {
  readonly kind: "check";
  readonly name?: string;
  readonly expression: string;
  /** The column it was written behind. */
  readonly column?: string;
}
export interface DefaultElement extends Placed {
  readonly kind: "default";
  readonly name?: string;
  readonly expression: string;
  readonly column: string;
}
export interface IndexElement extends Placed {
  readonly kind: "index";
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  readonly clustered?: boolean;
  readonly keys: readonly KeyPart[];
  readonly include: readonly string[];
  readonly predicate?: string;
  /** `WITH (ONLINE = ON, …)`, by name in lower case. */
  readonly options?: Readonly<Record<string, string>>;
}
export interface PeriodElement extends Placed {
  readonly kind: "period";
  readonly start: string;
  readonly end: string;
}
export interface ColumnElement extends Placed {
  readonly kind: "column";
  readonly name: string;
  /** Absent for a computed column. */
  readonly type?: TypeText;
  readonly computed?: { readonly expression: string; readonly persisted: boolean };
  readonly nullable?: boolean;
  readonly identity?: { readonly start: string; readonly increment: string };
  readonly collation?: string;
  readonly period?: string;
  /** `SPARSE`, `ROWGUIDCOL`, `MASKED WITH (…)` …, by name. */
  readonly marks: readonly { readonly name: string; readonly text: string }[];
  readonly constraints: readonly TableElement[];
}
export type TableElement =
  | ColumnElement
  | KeyElement
  | ForeignKeyElement
  | CheckElement
  | DefaultElement
  | IndexElement
  | PeriodElement;

export type AlterAction =
  | { readonly kind: "add"; readonly elements: readonly TableElement[]; readonly validated: boolean }
  | { readonly kind: "alter column"; readonly column: ColumnElement }
  | {
      readonly kind: "mark column";
      readonly column: string;
      readonly mark: string;
      readonly text: string;
      readonly isAdded: boolean;
    }
  | { readonly kind: "drop column" | "drop constraint"; readonly names: readonly string[]; readonly ifExists: boolean }
  | { readonly kind: "drop named"; readonly names: readonly string[]; readonly ifExists: boolean }
  | { readonly kind: "drop period" }
  | {
      readonly kind: "enable constraint";
      readonly names: readonly string[];
      readonly enabled: boolean;
      readonly isChecked: boolean;
    }
  | { readonly kind: "enable trigger"; readonly names: readonly string[]; readonly enabled: boolean }
  | { readonly kind: "options"; readonly options: Readonly<Record<string, string>> }
  /** Rows of one table become those of another one by a change of names alone. */
  | { readonly kind: "switch"; readonly target: NameRef; readonly options: Readonly<Record<string, string>> }
  | { readonly kind: "rebuild"; readonly options: Readonly<Record<string, string>> }
  | { readonly kind: "none" };

export interface ArgumentText {
  readonly name: string;
  readonly type: TypeText;
  readonly mode: "in" | "inout";
  readonly default?: string;
}

export type ModuleMode = "create" | "alter" | "create or alter";

export type DropKind =
  | "table"
  | "view"
  | "procedure"
  | "function"
  | "trigger"
  | "type"
  | "sequence"
  | "synonym"
  | "schema"
  | "default"
  | "rule";

/** One statement of T-SQL. `at` is the offset of its first character, `end` the one behind its last. */
export type Statement = Placed & { readonly end?: number } & (
    | {
        readonly kind: "create table";
        readonly name: NameRef;
        readonly elements: readonly TableElement[];
        readonly options: Readonly<Record<string, string>>;
      }
    | { readonly kind: "alter table"; readonly name: NameRef; readonly actions: readonly AlterAction[] }
    | {
        readonly kind: "create index";
        readonly table: NameRef;
        readonly index: IndexElement;
        readonly replaces: boolean;
      }
    | {
        readonly kind: "drop index";
        readonly items: readonly { readonly table: NameRef; readonly name: string }[];
        readonly ifExists: boolean;
      }
    | {
        readonly kind: "alter index";
        readonly table: NameRef;
        readonly name: string | null;
        readonly enabled: boolean;
        /** `REBUILD`, `REORGANIZE`, `DISABLE`, `SET`, `RESUME` …, in lower case. */
        readonly action: string;
        readonly options: Readonly<Record<string, string>>;
      }
    | {
        readonly kind: "view";
        readonly name: NameRef;
        readonly mode: ModuleMode;
        readonly columns: readonly string[];
        readonly options: readonly string[];
        /** The query as it is written. */
        readonly text: string;
        readonly query: Query;
        /** Names it mentions, for its dependencies. */
        readonly mentions: readonly NameRef[];
      }
    | {
        readonly kind: "routine";
        readonly name: NameRef;
        readonly mode: ModuleMode;
        readonly variant: "procedure" | "function";
        readonly arguments: readonly ArgumentText[];
        readonly returns?: string;
        readonly language: "tsql" | "clr";
        readonly executesAs?: string;
        readonly strict: boolean;
        /** Everything from the kind's word on: `PROCEDURE dbo.x …`. */
        readonly text: string;
        readonly body: string;
      }
    | {
        readonly kind: "trigger";
        readonly name: NameRef;
        readonly mode: ModuleMode;
        /** Null for a trigger of the database or the server. */
        readonly table: NameRef | null;
        readonly timing: "after" | "instead of";
        readonly events: readonly ("insert" | "update" | "delete")[];
        readonly text: string;
      }
    | {
        readonly kind: "drop";
        readonly what: DropKind;
        readonly names: readonly NameRef[];
        readonly ifExists: boolean;
      }
    | {
        readonly kind: "create alias type";
        readonly name: NameRef;
        readonly base: TypeText;
        readonly nullable: boolean;
      }
    | { readonly kind: "create table type"; readonly name: NameRef; readonly elements: readonly TableElement[] }
    | {
        readonly kind: "sequence";
        readonly name: NameRef;
        readonly mode: "create" | "alter";
        readonly type?: TypeText;
        readonly start?: string;
        readonly increment?: string;
        readonly minimum?: string | null;
        readonly maximum?: string | null;
        readonly cycle?: boolean;
      }
    | { readonly kind: "synonym"; readonly name: NameRef; readonly target: string }
    | { readonly kind: "create schema"; readonly name: string; readonly owner?: string }
    | { readonly kind: "transfer"; readonly schema: string; readonly name: NameRef; readonly isType: boolean }
    | {
        readonly kind: "toggle trigger";
        readonly names: readonly NameRef[];
        readonly table: NameRef | null;
        readonly enabled: boolean;
      }
    | {
        readonly kind: "grant";
        readonly isGrant: boolean;
        readonly privileges: readonly { readonly name: string; readonly columns: readonly string[] }[];
        readonly on: NameRef;
        readonly grantees: readonly string[];
      }
    | {
        readonly kind: "execute";
        readonly procedure: NameRef;
        readonly arguments: readonly { readonly name?: string; readonly value: Expression }[];
      }
    | { readonly kind: "execute text"; readonly value: Expression }
    | { readonly kind: "select"; readonly query: Query }
    | { readonly kind: "assign"; readonly variables: readonly { readonly name: string; readonly value: Expression }[] }
    | { readonly kind: "block"; readonly statements: readonly Statement[]; readonly isTry?: true }
    | {
        readonly kind: "if";
        readonly condition: Expression;
        readonly text: string;
        readonly branch: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: "while";
        readonly condition: Expression;
        readonly text: string;
        readonly body: readonly Statement[];
      }
    | { readonly kind: "return" }
    /** Data, session and server commands: no part of a schema. */
    | { readonly kind: "ignored"; readonly word: string }
    /** A statement about the schema that could not be read. */
    | { readonly kind: "unread"; readonly what: string; readonly expected: string; readonly near: number }
  );

/** A clause that could not be read: it costs itself. */
export interface UnreadClause {
  readonly at: number;
  readonly text: string;
  readonly statement: string;
}
