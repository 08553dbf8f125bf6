import type { Rule } from "../rule.ts";

export const outOfOrderMigration: Rule = {
  id: "out-of-order-migration",
  scope: "statement",
  title: "New migration that sorts before an applied one",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  isOncePerFile: true,
  check({ file }) {
    if (file.history?.kind !== "out of order") return [];
    return [
      {
        message: `${file.path} is new and sorts before ${file.history.before}, which has run already`,
        help: "Give it a later version: some runners refuse it, others run it, and a new database gets another order",
        objects: [],
        evidence: "rule",
      },
    ];
  },
};
