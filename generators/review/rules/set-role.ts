import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const setRole: Rule = {
  id: "set-role",
  scope: "statement",
  title: "Role changed within a migration",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check({ acts }) {
    return actsOf(acts, "set").flatMap(({ name, value }) => {
      if (!ROLES.has(name) || value === null || value === "none") return [];
      const what = name === "role" ? "SET ROLE" : "SET SESSION AUTHORIZATION";
      return [
        {
          message: `${what} ${value}: what the migration makes from here on belongs to ${value}, and so does what the next one makes in the same session`,
          help: "Run the migration as the owner, or ALTER … OWNER TO",
          objects: [],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

const ROLES = new Set(["role", "session_authorization"]);
