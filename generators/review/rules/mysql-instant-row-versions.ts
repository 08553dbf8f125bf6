import { oldTableChange } from "../by-rule/mysql-statement.ts";
import { onlineFacts } from "#schemas/dialects/mysql/online-facts.ts";
import { mysqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlInstantRowVersions: Rule = {
  id: "mysql-instant-row-versions",
  scope: "statement",
  title: "More instant changes than a table takes",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const change = oldTableChange(reviewed);
    const source = mysqlOf(reviewed);
    const most = source ? onlineFacts(source.facts).rowVersions : null;
    const rowVersions = source?.rowVersions;
    if (!change || most === null || rowVersions === undefined || rowVersions <= most) return [];
    const { table } = change;
    return [
      {
        message: `This is instant change ${rowVersions} of the columns of ${table.id} since it was last rebuilt; a table takes ${most}`,
        help: "OPTIMIZE TABLE first, at a quiet time: it rebuilds the table and counts from 0 again",
        objects: [table.id],
      },
    ];
  },
};
