import { isOn } from "../by-rule/mssql-statement.ts";
import { indexBuild } from "../by-rule/index-build.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const mssqlOfflineIndex: Rule = {
  id: "mssql-offline-index",
  scope: "statement",
  title: "Index build that locks the table",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    const build = indexBuild(reviewed);
    if (!build || isOn(build.options, "online")) return [];
    const { table, what } = build;
    return [
      {
        message: `${what} without ONLINE = ON locks ${sized(scene, table.id)}: nothing can write to it until it is built`,
        help: "WITH (ONLINE = ON), on Enterprise and Azure SQL",
        objects: [table.id],
        ...(scene.sizes.isLarge(table.id) ? { severity: "error" as const } : {}),
      },
    ];
  },
};
