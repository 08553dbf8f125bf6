import { isOn } from "../by-rule/mssql-statement.ts";
import { indexBuild } from "../by-rule/index-build.ts";
import type { Rule } from "../rule.ts";

export const mssqlIndexNotResumable: Rule = {
  id: "mssql-index-not-resumable",
  scope: "statement",
  title: "Online index build that begins again when it is interrupted",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "opt-in",
  check(reviewed, scene) {
    const build = indexBuild(reviewed);
    const since = build?.isNew === true ? 2019 : 2017;
    if (!build || !isOn(build.options, "online") || isOn(build.options, "resumable") || scene.engineMajor < since)
      return [];
    return [
      {
        message: `The index build on ${build.table.id} cannot be paused: a failover or a full log throws away all that it did`,
        help: "WITH (ONLINE = ON, RESUMABLE = ON)",
        objects: [build.table.id],
      },
    ];
  },
};
