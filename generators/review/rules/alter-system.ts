import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const alterSystem: Rule = {
  id: "alter-system",
  scope: "statement",
  title: "ALTER SYSTEM in a migration",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check({ acts }) {
    return actsOf(acts, "alter system").map(({ setting }) => ({
      message: `ALTER SYSTEM changes ${setting} for every database of the server, outside any transaction and after a reload only`,
      help: "Configure the server outside migrations, or ALTER DATABASE or ROLE … SET",
      objects: [],
      evidence: "rule" as const,
    }));
  },
};
