import type { Column, Table } from "#schemas/model.ts";
import type { Meaning } from "./lexicon.ts";
import type { AggregateFn, Comparison } from "./phrases.ts";

/** A column of a table. */
export interface Field {
  readonly table: Table;
  readonly column: Column;
}

/** A column that a question names, before it is known of which table; `near` is what it was said of. */
export interface Asked {
  readonly words: string;
  readonly meanings: readonly Meaning[];
  near: Table | null;
}

/** What is listed: a thing by its name, a column, or a figure. */
export type Item =
  | { readonly kind: "thing"; readonly table: Table }
  | { readonly kind: "column"; readonly asked: Asked; readonly fn?: AggregateFn; readonly distinct?: boolean }
  | {
      readonly kind: "count";
      of: Table | null;
      readonly asked?: Asked;
      /** How many of a hundred rows fulfil the condition. */
      readonly isShare?: true;
    };

/** What holds for the rows. `group` joins conditions of one OR. */
export type Condition =
  | {
      readonly kind: "compare";
      readonly asked: Asked;
      op: Comparison;
      readonly values: string[];
      readonly isText: boolean;
      readonly ignoresCase?: boolean;
    }
  | { readonly kind: "between"; readonly asked: Asked; readonly from: string; readonly to: string }
  | { readonly kind: "like"; readonly asked: Asked; readonly text: string; readonly negated: boolean }
  | {
      readonly kind: "average";
      readonly asked: Asked;
      readonly op: Comparison;
      readonly fn: AggregateFn;
      readonly of: Asked;
    }
  | { readonly kind: "true"; readonly asked: Asked; readonly value: boolean }
  | { readonly kind: "without"; readonly table: Table; readonly conditions: Condition[] };

/** What holds for a group: how many rows of a table, or a figure of a column. */
export interface Having {
  readonly op: Comparison;
  readonly value: string;
  readonly of: Table | null;
  readonly asked?: Asked;
  readonly fn?: AggregateFn;
}

export type Order =
  | { readonly kind: "column"; readonly asked: Asked; descending: boolean; readonly fn?: AggregateFn }
  | { readonly kind: "count"; readonly of: Table | null; descending: boolean };

/** What a question asks for, in terms of the schema. */
export interface Intent {
  readonly items: Item[];
  distinct: boolean;
  readonly conditions: Condition[];
  /** Conditions of which one is enough: each of these, or the one before it. */
  readonly either: Set<Condition>;
  readonly groups: Item[];
  having: Having | null;
  readonly orders: Order[];
  limit: number | null;
  /** Tables that take part beyond those of columns. */
  readonly involved: Set<Table>;
  /** Words nothing explains. */
  readonly unexplained: string[];
}
