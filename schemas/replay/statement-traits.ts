import {
  copiesElsewhere,
  mustRunAlone,
  resetsUser,
  transactionKind,
} from "../languages/sql/postgres/statement-kind.ts";
import type { ParseFailure, Parser } from "../languages/sql/postgres/parse.ts";

/** What the replay must know of a statement before it runs it. */
export interface StatementTraits {
  /** PostgreSQL refuses it inside a transaction. */
  readonly alone: boolean;
  readonly control: "begin" | "commit" | "rollback" | "savepoint" | null;
  /** It goes back to the user that the session began with. */
  readonly resetsUser: boolean;
  /** It copies to or from a file or program of the server, of which the embedded engine has none. */
  readonly copies: boolean;
  readonly failure?: ParseFailure;
}

const PLAIN: StatementTraits = { alone: false, control: null, resetsUser: false, copies: false };

/** Words one of which every statement of interest holds. All others need no syntax tree, which halves the time. */
const INTERESTING =
  /^\s*(?:begin|start|commit|end|rollback|abort|savepoint|release|prepare|copy|vacuum|cluster|discard|reindex)\b|\b(?:concurrently|database|tablespace|system|subscription|authorization)\b/i;

export function readTraits(text: string, parser: Parser): StatementTraits {
  if (!INTERESTING.test(text)) return PLAIN;
  const outcome = parser.parse(text);
  if (!outcome.ok) return { ...PLAIN, failure: outcome };
  const { tree } = outcome;
  return {
    alone: mustRunAlone(tree),
    control: control(transactionKind(tree)),
    resetsUser: resetsUser(tree),
    copies: copiesElsewhere(tree),
  };
}

function control(kind: ReturnType<typeof transactionKind>): StatementTraits["control"] {
  switch (kind) {
    case null:
      return null;
    case "TRANS_STMT_BEGIN":
    case "TRANS_STMT_START":
      return "begin";
    case "TRANS_STMT_ROLLBACK":
      return "rollback";
    case "TRANS_STMT_COMMIT":
    case "TRANS_STMT_PREPARE":
    case "TRANS_STMT_COMMIT_PREPARED":
    case "TRANS_STMT_ROLLBACK_PREPARED":
      return "commit";
    default:
      return "savepoint";
  }
}
