import type { NameRef } from "./reader.ts";

/** What conditions, variables and select lists are made of; `unknown` is everything no rule here depends on. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | null; readonly type: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "column"; readonly name: string; readonly source?: string }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly schema?: string;
      readonly arguments: readonly Expression[];
    }
  | { readonly kind: "cast"; readonly value: Expression; readonly type: string }
  | { readonly kind: "case"; readonly results: readonly Expression[] }
  | { readonly kind: "exists"; readonly query: Query }
  | { readonly kind: "subquery"; readonly query: Query }
  | { readonly kind: "not"; readonly value: Expression }
  | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "compare"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "arithmetic"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "isNull"; readonly value: Expression; readonly negated: boolean }
  | { readonly kind: "in"; readonly value: Expression; readonly list: readonly Expression[]; readonly negated: boolean }
  | { readonly kind: "like"; readonly value: Expression; readonly pattern: Expression; readonly negated: boolean }
  | { readonly kind: "unknown" };

export interface SelectItem {
  readonly alias?: string;
  /** `*` or `t.*`. */
  readonly star?: { readonly source?: string };
  /** `@name = …`. */
  readonly assigns?: string;
  readonly value: Expression;
}

export interface Source {
  readonly name?: NameRef;
  readonly query?: Query;
  readonly alias?: string;
  /** Column names given in parentheses behind the alias. */
  readonly columns?: readonly string[];
  /** Its rows may be missing: the right side of a LEFT JOIN, the left side of a RIGHT JOIN. */
  readonly optional: boolean;
  readonly on?: Expression;
}

export interface Query {
  readonly with: readonly { readonly name: string; readonly columns: readonly string[]; readonly query: Query }[];
  readonly items: readonly SelectItem[];
  readonly into?: NameRef;
  readonly sources: readonly Source[];
  readonly where?: Expression;
  /** True when it groups or joins in ways that conditions about existence cannot be decided on. */
  readonly isOpaque: boolean;
}

export const UNKNOWN: Expression = { kind: "unknown" };

/** Stands for a query that is not read. */
export const NO_QUERY: Query = { with: [], items: [], sources: [], isOpaque: true };
