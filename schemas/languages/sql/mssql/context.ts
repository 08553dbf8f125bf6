import { Reader } from "./reader.ts";
import type { Statement, UnreadClause } from "./statement.ts";

/** What the readers of one batch share. */
export interface Context {
  readonly reader: Reader;
  readonly clauses: UnreadClause[];
  /** Reports the token at the cursor as the beginning of a clause that is not known. */
  unreadClause(statement: string): void;
  /** A statement that is given up on; the caller's loop finds the next one. */
  unread(what: string, expected: string, at: number): Statement;
  /** Whether a word that begins statements is next. */
  isStatementStart(): boolean;
}

export function newContext(reader: Reader): Context {
  const clauses: UnreadClause[] = [];
  return {
    reader,
    clauses,
    unreadClause(statement) {
      const { start, value } = reader.peek();
      clauses.push({ at: start, text: value, statement });
    },
    unread: (what, expected, at) => ({ kind: "unread", what, expected, at, near: reader.peek().start }),
    isStatementStart: () => isStatementStart(reader),
  };
}

/** Words that begin a statement wherever they stand outside of parentheses and of a CASE. */
export function isStatementStart(reader: Reader): boolean {
  const { key } = reader.peek();
  if (!STARTS.has(key)) return false;
  const before = reader.peek(-1).key;
  switch (key) {
    case "EXEC":
    case "EXECUTE":
      return before !== "WITH" && before !== ",";
    case "UPDATE":
      return reader.peek(1).key !== "(" && before !== "FOR";
    case "FETCH":
      return before !== "ROWS" && before !== "ROW";
    case "MERGE":
      return !JOINS.has(before);
    case "ENABLE":
    case "DISABLE":
      return reader.peek(1).key === "TRIGGER";
    case "SELECT":
      return !SET_OPERATORS.has(before);
    default:
      return true;
  }
}

const JOINS: ReadonlySet<string> = new Set(["INNER", "LEFT", "RIGHT", "FULL", "OUTER"]);
const SET_OPERATORS: ReadonlySet<string> = new Set(["UNION", "ALL", "EXCEPT", "INTERSECT"]);
const STARTS: ReadonlySet<string> = new Set([
  "ALTER",
  "BACKUP",
  "BEGIN",
  "BREAK",
  "CHECKPOINT",
  "CLOSE",
  "COMMIT",
  "CONTINUE",
  "CREATE",
  "DBCC",
  "DEALLOCATE",

  "DECLARE",
  "DELETE",
  "DENY",
  "DISABLE",
  "DROP",
  "ELSE",
  "ENABLE",
  "END",
  "EXEC",
  "EXECUTE",
  "FETCH",
  "GOTO",
  "GRANT",

  "IF",
  "INSERT",
  "KILL",
  "MERGE",
  "OPEN",
  "PRINT",
  "RAISERROR",
  "RECONFIGURE",
  "RESTORE",
  "RETURN",
  "REVERT",
  "REVOKE",
  "ROLLBACK",
  "SAVE",
  "SELECT",
  "SET",
  "THROW",
  "TRUNCATE",
  "UPDATE",
  "USE",
  "WAITFOR",
  "WHILE",
]);
