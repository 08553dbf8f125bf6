/** The part of SELECT that MySQL, SQL Server and PostgreSQL share, as a tree. */
export type Expression =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly hex: string }
  /** `TRUE`, `NULL`, `CURRENT_TIMESTAMP`… */
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "column"; readonly path: readonly string[] }
  | { readonly kind: "star"; readonly path: readonly string[] }
  | { readonly kind: "parameter"; readonly text: string }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly arguments: readonly Expression[];
      readonly isDistinct: boolean;
      readonly order: readonly OrderItem[];
      readonly separator?: string;
      readonly over?: Over;
    }
  | { readonly kind: "unary"; readonly operator: string; readonly of: Expression }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly escape?: Expression;
    }
  | { readonly kind: "is null"; readonly of: Expression; readonly isNot: boolean }
  | {
      readonly kind: "between";
      readonly of: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly isNot: boolean;
    }
  | {
      readonly kind: "in";
      readonly of: Expression;
      readonly list: readonly Expression[] | Query;
      readonly isNot: boolean;
    }
  | { readonly kind: "exists"; readonly query: Query }
  | { readonly kind: "subquery"; readonly query: Query; readonly quantifier?: "ANY" | "ALL" }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | {
      readonly kind: "case";
      readonly of?: Expression;
      readonly cases: readonly { readonly when: Expression; readonly result: Expression }[];
      readonly otherwise?: Expression;
    }
  | { readonly kind: "cast"; readonly of: Expression; readonly type: string }
  | { readonly kind: "interval"; readonly amount: Expression; readonly unit: string };

export interface Over {
  readonly partition: readonly Expression[];
  readonly order: readonly OrderItem[];
  readonly frame?: Frame;
}

/** `ROWS BETWEEN 2 PRECEDING AND CURRENT ROW`; with one bound the other is the current row. */
export interface Frame {
  readonly unit: string;
  readonly bounds: readonly { readonly offset?: Expression; readonly edge: string }[];
}

export interface OrderItem {
  readonly by: Expression;
  readonly isDescending: boolean;
}

export interface SelectItem {
  readonly value: Expression;
  readonly alias?: string;
}

export type Source =
  | { readonly kind: "table"; readonly path: readonly string[]; readonly alias?: string }
  | { readonly kind: "query"; readonly query: Query; readonly alias: string; readonly isLateral?: boolean }
  | {
      readonly kind: "join";
      readonly how: string;
      readonly left: Source;
      readonly right: Source;
      readonly on?: Expression;
      readonly using?: readonly string[];
    };

export interface Select {
  readonly kind: "select";
  readonly isDistinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: readonly Source[];
  readonly where?: Expression;
  readonly group: readonly Expression[];
  /** How several groupings are made of those keys. */
  readonly totals?: "ROLLUP" | "CUBE";
  readonly having?: Expression;
}

export interface Query {
  readonly with: readonly { readonly name: string; readonly columns: readonly string[]; readonly query: Query }[];
  readonly isRecursive: boolean;
  readonly first: Select | Query;
  readonly rest: readonly { readonly operator: string; readonly right: Select | Query }[];
  readonly order: readonly OrderItem[];
  readonly limit?: Expression;
  readonly offset?: Expression;
}

/** What is not in the common part; thrown while reading or writing, and told to whoever asked. */
export class Untranslatable extends Error {
  constructor(what: string) {
    super(what);
    this.name = "Untranslatable";
  }
}
