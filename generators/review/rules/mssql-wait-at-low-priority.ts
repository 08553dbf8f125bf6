import { isOn, oldTable, waitsAtLowPriority } from "../by-rule/mssql-statement.ts";
import { indexBuild } from "../by-rule/index-build.ts";
import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlWaitAtLowPriority: Rule = {
  id: "mssql-wait-at-low-priority",
  scope: "statement",
  title: "Online operation that queues before others",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed, scene) {
    const build = indexBuild(reviewed);
    // CREATE INDEX takes it since SQL Server 2022.
    const isBuild = build !== null && isOn(build.options, "online") && (!build.isNew || scene.engineMajor >= 2022);
    const statement = mssqlOf(reviewed)?.statement;
    const actions = statement?.kind === "alter table" ? statement.actions : [];
    const switched = actions.find((action) => action.kind === "switch");
    const table = build?.table ?? oldTable(reviewed);
    if (!table || (!isBuild && !switched)) return [];
    if (waitsAtLowPriority(build?.options) || (switched?.kind === "switch" && waitsAtLowPriority(switched.options)))
      return [];
    return [
      {
        message: `Everything on ${table.id} queues behind this statement while it waits for its lock`,
        help: "WAIT_AT_LOW_PRIORITY (MAX_DURATION = 1 MINUTES, ABORT_AFTER_WAIT = SELF)",
        objects: [table.id],
      },
    ];
  },
};
