import type { ObjectId } from "#schemas/object-id.ts";

/**
 * A query as the reader of any dialect gives it: what rules and resolvers look at, so that none of them knows whose
 * SQL it is. Names are as the dialect folds them, without quotes. `at` is the offset of a part in the query's text, in
 * UTF-16 code units. What a reader does not know becomes `other` with its parts, never nothing: a column is not lost
 * because the function around it is new.
 */
export type QueryTree = SelectQuery | InsertQuery | UpdateQuery | DeleteQuery | OtherQuery;

/** SELECT, VALUES or a set operation, with what is said around it. */
export interface SelectQuery {
  readonly kind: "select";
  readonly at: number;
  readonly with: readonly CommonTable[];
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  /** LIMIT, FETCH FIRST or TOP. */
  readonly limit?: Expression;
  readonly offset?: Expression;
  readonly locking?: Locking;
}

export type QueryBody = SelectBlock | SetOperation | ValuesList;

export interface SelectBlock {
  readonly kind: "block";
  readonly at: number;
  /** DISTINCT; `on` when it is DISTINCT ON. */
  readonly distinct: false | "all" | "on";
  readonly items: readonly SelectItem[];
  readonly from: readonly FromItem[];
  readonly where?: Expression;
  readonly groupBy: readonly Expression[];
  readonly having?: Expression;
}

export interface SetOperation {
  readonly kind: "set";
  readonly at: number;
  readonly operator: "union" | "intersect" | "except";
  readonly all: boolean;
  /** The text says DISTINCT, which is what UNION does without a word. */
  readonly isDistinctSaid?: true;
  readonly left: SelectQuery;
  readonly right: SelectQuery;
}

export interface ValuesList {
  readonly kind: "values";
  readonly at: number;
  readonly rows: readonly (readonly Expression[])[];
}

/** Present with `materialized` when the text says which. */
export interface CommonTable {
  readonly name: string;
  readonly at: number;
  readonly columns?: readonly string[];
  readonly recursive: boolean;
  readonly materialized?: boolean;
  readonly query: QueryTree;
}

/** `alias` is the name that the text gives with AS. */
export interface SelectItem {
  readonly alias?: string;
  readonly value: Expression;
}

export interface OrderItem {
  readonly value: Expression;
  readonly descending: boolean;
  readonly nullsFirst?: boolean;
}

export interface Locking {
  readonly at: number;
  /** `update` for every lock that excludes another one of its kind. */
  readonly strength: "update" | "share";
  readonly wait: "wait" | "nowait" | "skip locked";
}

export type FromItem = FromTable | FromQuery | FromFunction | Join;

export interface FromTable {
  readonly kind: "table";
  readonly at: number;
  readonly schema?: string;
  readonly name: string;
  readonly alias?: string;
  /** Names of the columns in the alias. */
  readonly columns?: readonly string[];
  /** Hints in capitals, such as `NOLOCK`. */
  readonly hints: readonly string[];
  readonly sampled: boolean;
}

export interface FromQuery {
  readonly kind: "subquery";
  readonly at: number;
  readonly query: SelectQuery;
  readonly alias?: string;
  readonly columns?: readonly string[];
  readonly lateral: boolean;
}

export interface FromFunction {
  readonly kind: "function";
  readonly at: number;
  readonly call: Expression;
  readonly alias?: string;
  readonly columns?: readonly string[];
  readonly lateral: boolean;
}

export interface Join {
  readonly kind: "join";
  readonly at: number;
  readonly type: "inner" | "left" | "right" | "full" | "cross";
  readonly natural: boolean;
  readonly left: FromItem;
  readonly right: FromItem;
  readonly using?: readonly string[];
  readonly on?: Expression;
}

export interface InsertQuery {
  readonly kind: "insert";
  readonly at: number;
  readonly with: readonly CommonTable[];
  readonly table: FromTable;
  /** Absent when the text names none. */
  readonly columns?: readonly string[];
  /** Absent for DEFAULT VALUES. */
  readonly source?: SelectQuery;
  /** What ON CONFLICT or ON DUPLICATE KEY writes instead. */
  readonly onConflict: readonly Assignment[];
  readonly returning: readonly SelectItem[];
}

export interface UpdateQuery {
  readonly kind: "update";
  readonly at: number;
  readonly with: readonly CommonTable[];
  readonly table: FromTable;
  /** `from` holds the table that is written too, as in `UPDATE o SET … FROM orders o JOIN …`. */
  readonly isTargetInFrom?: true;
  readonly assignments: readonly Assignment[];
  readonly from: readonly FromItem[];
  readonly where?: Expression;
  readonly orderBy: readonly OrderItem[];
  readonly limit?: Expression;
  readonly returning: readonly SelectItem[];
}

export interface DeleteQuery {
  readonly kind: "delete";
  readonly at: number;
  readonly with: readonly CommonTable[];
  readonly table: FromTable;
  /** `from` holds the table that is written too. */
  readonly isTargetInFrom?: true;
  /** USING. */
  readonly from: readonly FromItem[];
  readonly where?: Expression;
  readonly orderBy: readonly OrderItem[];
  readonly limit?: Expression;
  readonly returning: readonly SelectItem[];
}

/** A statement that is none of these, such as MERGE or CALL, with the expressions and queries in it. */
export interface OtherQuery {
  readonly kind: "other query";
  readonly at: number;
  readonly parts: readonly Expression[];
}

export interface Assignment {
  readonly column: string;
  readonly at: number;
  readonly value: Expression;
}

export type Expression =
  | ColumnUse
  | StarUse
  | Literal
  | Parameter
  | Call
  | Cast
  | Operation
  | Logic
  | InTest
  | NullTest
  | Subquery
  | OtherExpression;

export interface ColumnUse {
  readonly kind: "column";
  readonly at: number;
  /** The parts before the name, outermost first: `[alias]` or `[schema, table]`. */
  readonly qualifier: readonly string[];
  readonly name: string;
}

/** `*` or `alias.*`. */
export interface StarUse {
  readonly kind: "star";
  readonly at: number;
  readonly qualifier: readonly string[];
}

export interface Literal {
  readonly kind: "literal";
  readonly at: number;
  readonly type: "null" | "number" | "text" | "boolean" | "other";
  /** The value, without quotes. */
  readonly text: string;
}

/** `$1` has the name `1`, `:name` and `@name` their names, `?` its place from 1. */
export interface Parameter {
  readonly kind: "parameter";
  readonly at: number;
  readonly name: string;
}

export interface Call {
  readonly kind: "call";
  readonly at: number;
  readonly schema?: string;
  /** In lower case. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** `count(*)`. */
  readonly star: boolean;
  readonly distinct: boolean;
  /** OVER. */
  readonly window: boolean;
}

export interface Cast {
  readonly kind: "cast";
  readonly at: number;
  readonly of: Expression;
  /** The type as the text has it, in lower case, such as `numeric(10,2)`. */
  readonly to: string;
}

/** A unary or binary operator, LIKE and BETWEEN among them; `operator` is in lower case, such as `=` or `not like`. */
export interface Operation {
  readonly kind: "operation";
  readonly at: number;
  readonly operator: string;
  readonly operands: readonly Expression[];
  /** `= ANY (…)` and `= ALL (…)` over an array. */
  readonly over?: "any" | "all";
}

export interface Logic {
  readonly kind: "and" | "or" | "not";
  readonly at: number;
  readonly terms: readonly Expression[];
}

/** IN over a list. */
export interface InTest {
  readonly kind: "in";
  readonly at: number;
  readonly of: Expression;
  readonly negated: boolean;
  readonly list: readonly Expression[];
}

export interface NullTest {
  readonly kind: "null test";
  readonly at: number;
  readonly of: Expression;
  readonly negated: boolean;
}

/** A query in an expression. `of` is what `in`, `any` and `all` compare with it. */
export interface Subquery {
  readonly kind: "subquery";
  readonly at: number;
  readonly test: "scalar" | "exists" | "in" | "not in" | "any" | "all" | "array";
  readonly operator?: string;
  readonly of?: Expression;
  readonly query: SelectQuery;
}

/** What has no form of its own: CASE, arrays, rows, COALESCE and the like. */
export interface OtherExpression {
  readonly kind: "other";
  readonly at: number;
  /** In lower case: `case`, `array`, `row`, `coalesce`, or what the reader calls it. */
  readonly what: string;
  readonly parts: readonly Expression[];
}

/** A relation that a query reads or writes. */
export interface UsedRelation {
  readonly id: ObjectId;
  readonly at: number;
  readonly how: "read" | "write";
}
