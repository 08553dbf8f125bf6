import type { TimeUnit } from "#schemas/dialects/time-words.ts";
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
  /** True when what it adds up to is meant: what somebody spent is the sum of what was paid. */
  readonly isTotal?: true;
}

/** What is listed: a thing by its name, a column, or a figure. */
export type Item =
  | { readonly kind: "thing"; readonly table: Table }
  | {
      readonly kind: "column";
      readonly asked: Asked;
      readonly fn?: AggregateFn;
      readonly distinct?: boolean;
      /** A time is taken as the month or year it is in. */
      readonly unit?: TimeUnit;
      /** True after `how many`: of several rows the sum is asked. */
      readonly isHowMany?: true;
      /** What is taken off it. */
      readonly less?: { readonly asked: Asked; readonly fn?: AggregateFn };
    }
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
  /** In a stretch of time counted from today: `count` units up to now, or the whole one that lies `back`. */
  | {
      readonly kind: "period";
      readonly asked: Asked;
      readonly unit: TimeUnit;
      readonly back: number;
      readonly count?: number;
    }
  | { readonly kind: "null"; readonly asked: Asked; readonly isNull: boolean }
  | {
      readonly kind: "without";
      readonly table: Table;
      /** Tables that what must not exist is tied over: `no student is enrolled in it`. */
      readonly over: Table[];
      readonly conditions: Condition[];
    };

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
  /** Rows passed over before the first: 1 for the second highest. */
  offset: number;
  /** Tables that take part beyond those of columns. */
  readonly involved: Set<Table>;
  /** Words nothing explains. */
  readonly unexplained: string[];
}
