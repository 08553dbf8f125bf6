import { oldTable } from "../by-rule/mssql-statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlMissingLockTimeout: Rule = {
  id: "mssql-missing-lock-timeout",
  scope: "statement",
  title: "Change of an old table without a lock timeout",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  isOncePerFile: true,
  check(reviewed) {
    const table = oldTable(reviewed);
    if (!table || reviewed.hasLockTimeout) return [];
    return [
      {
        message: `This waits for ${table.id} as long as it takes, and everything that comes later waits behind it`,
        help: "SET LOCK_TIMEOUT 2000 first, and try again when it runs out",
        objects: [table.id],
      },
    ];
  },
};
