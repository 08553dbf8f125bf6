import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const enumAddValueInTransaction: Rule = {
  id: "enum-add-value-in-transaction",
  scope: "statement",
  title: "Enum value used where it was added",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    if (!statement.inTransaction || scene.engineMajor >= ANY_TRANSACTION) return [];
    return actsOf(statement.acts, "add enum value")
      .filter(({ type }) => !type.isNew)
      .map(({ type, value }) => ({
        message: `ADD VALUE '${value}' to ${type.id} fails: PostgreSQL ${scene.engineMajor} refuses it inside a transaction`,
        help: "Move it to a file of its own and mark that file in the way of your migration tool",
        objects: [type.id],
        evidence: "rule" as const,
      }));
  },
  checkFailed({ failure, file, statement }, scene) {
    if (failure.sqlstate !== UNSAFE_VALUE) return [];
    const added = scene
      .statementsOf(file.path)
      .filter((other) => other.statement.index < statement.index)
      .flatMap(({ acts }) => actsOf(acts, "add enum value"));
    return [
      {
        message: `This fails: ${failure.message}`,
        help: "Add the value in a migration of its own, before the one that uses it",
        objects: [...new Set(added.map(({ type }) => type.id))],
      },
    ];
  },
};

/** From this version on ADD VALUE runs in a transaction. Source: PostgreSQL 12 release notes. */
const ANY_TRANSACTION = 12;

/** unsafe_new_enum_value_usage: a value that was added by a transaction that is still open. */
const UNSAFE_VALUE = "55P04";
