import { oldTableChange, requested } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlRequireAlgorithm: Rule = {
  id: "mysql-require-algorithm",
  scope: "statement",
  title: "ALTER without ALGORITHM",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    const change = oldTableChange(reviewed);
    if (!change || change.statement.specs.every(({ kind }) => NO_WORK.has(kind))) return [];
    const { table, statement } = change;
    if (requested(statement, "algorithm") !== undefined) return [];
    return [
      {
        message: `The statement on ${table.id} does not say which algorithm it may use: where the server cannot do it online it copies the table`,
        help: "Add ALGORITHM=INSTANT or ALGORITHM=INPLACE: it fails at once instead",
        objects: [table.id],
      },
    ];
  },
};

const NO_WORK: ReadonlySet<string> = new Set(["request", "nothing", "rename table"]);
