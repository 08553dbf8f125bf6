import type { SavedQuery } from "../generator.ts";
import type { ReviewedStatement } from "./statement.ts";

/** A saved query that could be prepared before a statement and cannot after it. */
export interface BrokenQuery {
  readonly query: SavedQuery;
  readonly statement: ReviewedStatement;
  /** In PostgreSQL's words. */
  readonly message: string;
  /** PostgreSQL's own advice. */
  readonly hint?: string;
  /** Line of the query's file that PostgreSQL points at. */
  readonly line?: number;
}
