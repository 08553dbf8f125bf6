import { oldTable, waitsAtLowPriority } from "../by-rule/mssql-statement.ts";
import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlPartitionSwitch: Rule = {
  id: "mssql-partition-switch",
  scope: "statement",
  title: "Partition switch that waits for locks on two tables",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const table = oldTable(reviewed);
    const statement = mssqlOf(reviewed)?.statement;
    if (!table || statement?.kind !== "alter table" || reviewed.hasLockTimeout) return [];
    return statement.actions.flatMap((action) =>
      action.kind === "switch" && !waitsAtLowPriority(action.options)
        ? [
            {
              message: `SWITCH needs both ${table.id} and ${action.target.name} for itself: while it waits, everything on them waits too`,
              help: "WITH (WAIT_AT_LOW_PRIORITY (…)), or SET LOCK_TIMEOUT first, at a quiet time",
              objects: [table.id],
            },
          ]
        : [],
    );
  },
};
