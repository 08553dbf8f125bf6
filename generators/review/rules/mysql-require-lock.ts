import { oldTableChange, requested } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlRequireLock: Rule = {
  id: "mysql-require-lock",
  scope: "statement",
  title: "ALTER without LOCK",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    const change = oldTableChange(reviewed);
    if (!change || change.statement.specs.every(({ kind }) => NO_WORK.has(kind))) return [];
    const { table, statement } = change;
    if (requested(statement, "lock") !== undefined) return [];
    return [
      {
        message: `The statement on ${table.id} does not say LOCK=NONE: where the server cannot do it online it locks the table`,
        help: "Add LOCK=NONE: it fails at once instead",
        objects: [table.id],
      },
    ];
  },
};

const NO_WORK: ReadonlySet<string> = new Set(["request", "nothing", "rename table"]);
