/** Offsets of the first character and of the one behind the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The dialects whose queries are read by rule. PostgreSQL reads its own. */
export type Grammar = "mysql" | "mssql";

export interface OrderItem {
  readonly value: Expr;
  readonly descending: boolean;
}

/** What stands in the parentheses of OVER, or the name alone. */
export interface WindowSpec {
  /** A window of the WINDOW clause that this one is or builds on. */
  readonly base?: { readonly name: string; readonly span: Span };
  readonly partitionBy: readonly Expr[];
  readonly orderBy: readonly OrderItem[];
}

export type Expr = Span &
  (
    | { readonly kind: "literal"; readonly type: "string" | "number" | "null" | "boolean"; readonly text: string }
    /** `@name` and `@@name`, as written. */
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "parameter" }
    /** The last part is the column. */
    | { readonly kind: "column"; readonly parts: readonly string[] }
    /** `*`, `t.*`; also of COUNT(*). */
    | { readonly kind: "all"; readonly qualifier: readonly string[] }
    | {
        readonly kind: "call";
        readonly name: readonly string[];
        readonly args: readonly Expr[];
        /** `COUNT(DISTINCT …)`. */
        readonly distinct?: true;
        readonly orderBy: readonly OrderItem[];
        readonly over?: WindowSpec;
        /** Written without parentheses, as CURRENT_TIMESTAMP may be. */
        readonly isBare?: true;
      }
    /** Everything with operands that has no meaning of its own here: `+`, `AND`, `BETWEEN`, `CASE`, `IN` a list. */
    | { readonly kind: "operator"; readonly operator: string; readonly operands: readonly Expr[] }
    | { readonly kind: "cast"; readonly value: Expr; readonly type: string }
    | { readonly kind: "query"; readonly query: Query }
    /** DEFAULT and words such as the unit of an interval. */
    | { readonly kind: "word"; readonly word: string }
  );

export interface Item {
  readonly value: Expr;
  readonly alias?: string;
  readonly aliasSpan?: Span;
  /** The name it has without an alias, where the dialect gives it one from the text. */
  readonly text: string;
  /** `@name = …` of T-SQL: no column of the result. */
  readonly assigns?: string;
}

export interface Cte extends Span {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
}

export type JoinHow = "inner" | "left" | "right" | "full" | "cross" | "cross apply" | "outer apply";

export type TableExpr = Span &
  (
    | {
        readonly kind: "table";
        /** The last part is the table. */
        readonly name: readonly string[];
        readonly alias?: string;
        readonly columns: readonly string[];
        /** Words in `WITH (…)`, in upper case: NOLOCK, INDEX. */
        readonly hints: readonly string[];
      }
    | {
        readonly kind: "derived";
        readonly query: Query;
        readonly isLateral: boolean;
        readonly alias?: string;
        readonly columns: readonly string[];
      }
    | {
        readonly kind: "function";
        readonly name: readonly string[];
        readonly args: readonly Expr[];
        readonly alias?: string;
        /** Null when nothing in the query says them. */
        readonly columns: readonly string[] | null;
      }
    /** A table variable of T-SQL. */
    | { readonly kind: "variable"; readonly name: string; readonly alias?: string }
    | {
        readonly kind: "join";
        readonly how: JoinHow;
        readonly left: TableExpr;
        readonly right: TableExpr;
        readonly on?: Expr;
        readonly using?: readonly string[];
        readonly isNatural: boolean;
        /** A comma, which binds less than JOIN. */
        readonly isComma: boolean;
        readonly hint?: string;
      }
    /** PIVOT and UNPIVOT: their columns are not worked out. */
    | { readonly kind: "pivot"; readonly of: TableExpr; readonly alias?: string }
  );

export interface Select extends Span {
  readonly kind: "select";
  readonly distinct: boolean;
  readonly top?: Expr;
  readonly items: readonly Item[];
  /** `SELECT … INTO dbo.copy` of T-SQL. */
  readonly into?: readonly string[];
  /** `SELECT … INTO OUTFILE … FROM` of MySQL. */
  readonly writes?: true;
  readonly from?: TableExpr;
  readonly where?: Expr;
  readonly groupBy: readonly Expr[];
  readonly having?: Expr;
  readonly windows: readonly { readonly name: string; readonly spec: WindowSpec }[];
}

export type Body =
  | Select
  | (Span & {
      readonly kind: "set";
      readonly operator: "union" | "except" | "intersect";
      readonly all: boolean;
      readonly isDistinctSaid?: true;
      readonly left: Body;
      readonly right: Body;
    })
  | (Span & { readonly kind: "values"; readonly rows: readonly (readonly Expr[])[] })
  /** `TABLE orders` of MySQL. */
  | (Span & { readonly kind: "whole table"; readonly name: readonly string[] })
  | (Span & { readonly kind: "nested"; readonly query: Query });

export interface Query extends Span {
  readonly with: readonly Cte[];
  readonly isRecursive: boolean;
  readonly body: Body;
  readonly orderBy: readonly OrderItem[];
  readonly limit: readonly Expr[];
  /** The one of them that says how many rows are passed over. */
  readonly offset?: Expr;
  /** Words of OPTION (…), in upper case, one text a hint. */
  readonly options: readonly string[];
  /** FOR UPDATE, LOCK IN SHARE MODE: rows are locked. */
  readonly locksRows: boolean;
  readonly locking?: { readonly strength: "update" | "share"; readonly wait: "wait" | "nowait" | "skip locked" };
  /** INTO OUTFILE, DUMPFILE or a variable of MySQL. */
  readonly writes: boolean;
}

export interface Assignment {
  readonly target: Expr;
  readonly value: Expr;
}

/** A statement about rows. */
export type DataStatement = Span &
  (
    | { readonly kind: "query"; readonly query: Query }
    | {
        readonly kind: "insert";
        readonly with: readonly Cte[];
        readonly table: TableExpr;
        readonly columns: readonly { readonly name: string; readonly span: Span }[];
        /** Null for `DEFAULT VALUES`, `EXEC …` and `SET …`. */
        readonly query: Query | null;
        readonly assignments: readonly Assignment[];
        readonly onDuplicate: readonly Assignment[];
        readonly returning: readonly Item[];
      }
    | {
        readonly kind: "update";
        readonly with: readonly Cte[];
        /** What is updated: a table, or the name of one in `from`. */
        readonly target: TableExpr;
        readonly assignments: readonly Assignment[];
        readonly from?: TableExpr;
        readonly where?: Expr;
        readonly top?: Expr;
        readonly orderBy: readonly OrderItem[];
        readonly limit: readonly Expr[];
        readonly returning: readonly Item[];
      }
    | {
        readonly kind: "delete";
        readonly with: readonly Cte[];
        readonly targets: readonly TableExpr[];
        readonly from?: TableExpr;
        readonly where?: Expr;
        readonly top?: Expr;
        readonly orderBy: readonly OrderItem[];
        readonly limit: readonly Expr[];
        readonly returning: readonly Item[];
      }
    | {
        readonly kind: "merge";
        readonly with: readonly Cte[];
        readonly target: TableExpr;
        readonly source: TableExpr;
        readonly on: Expr;
        readonly branches: readonly {
          readonly condition?: Expr;
          readonly assignments: readonly Assignment[];
          readonly columns: readonly { readonly name: string; readonly span: Span }[];
          readonly values: readonly Expr[];
        }[];
        readonly returning: readonly Item[];
      }
  );
