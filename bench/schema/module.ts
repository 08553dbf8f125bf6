/** One department of the company whose database is made up here: its schema and what its tables are about. */
export interface Module {
  readonly schema: string;
  readonly comment: string;
  /** Singular nouns; each becomes a main table. The first ones are referred to most. */
  readonly nouns: readonly string[];
  /** States that its things go through; become enums. */
  readonly states: readonly string[];
  /** Columns of its own, written as in `columns.ts`. */
  readonly columns: readonly string[];
  /** Tables are named in the singular here. Default: plural. */
  readonly isSingular?: true;
  /** How primary keys are made. */
  readonly key: "identity" | "uuid" | "serial";
  /** Names are shortened, as old systems do. */
  readonly isAbbreviated?: true;
}

/** Words, parted by white space. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);
/** Lines, without what stands before and behind them. */
export const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim());
