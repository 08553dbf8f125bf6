import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const dropDatabase: Rule = {
  id: "drop-database",
  scope: "statement",
  title: "Database dropped",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check({ acts }) {
    return actsOf(acts, "drop database").map(({ name }) => ({
      message: `Drops the database ${name} with everything in it`,
      help: "Drop databases by hand, where they are made",
      objects: [],
      evidence: "rule" as const,
    }));
  },
};
