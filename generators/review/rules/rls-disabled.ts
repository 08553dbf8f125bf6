import { readersOf } from "../exposed.ts";
import type { Rule } from "../rule.ts";

export const rlsDisabled: Rule = {
  id: "rls-disabled",
  scope: "schema",
  title: "Table that clients read without row level security",
  group: "schema",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check({ model }, { clientRoles }) {
    return model.tables.flatMap((table) => {
      const readers = table.rowSecurity === undefined ? readersOf(table, clientRoles) : [];
      if (readers.length === 0) return [];
      return [
        {
          message: `${readers.join(", ")} may read ${table.id}, which has no row level security: every client sees every row`,
          help: "ENABLE ROW LEVEL SECURITY and say by policies which rows",
          objects: [table.id],
          about: table,
        },
      ];
    });
  },
};
