import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const onDeleteCascade: Rule = {
  id: "on-delete-cascade",
  scope: "statement",
  title: "Foreign key that deletes rows",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ acts }) {
    const added = actsOf(acts, "add constraint").flatMap(({ table, cascades, references }) =>
      cascades && references ? [{ table, to: references }] : [],
    );
    const made = actsOf(acts, "create table").flatMap(({ table, cascades }) => cascades.map((to) => ({ table, to })));
    return [...added, ...made].map(({ table, to }) => ({
      message: `Deleting a row of ${to.id} silently deletes the rows of ${table.id} that point at it`,
      help: "ON DELETE RESTRICT, and delete them by name where that is meant",
      objects: [table.id, to.id],
      evidence: "rule" as const,
    }));
  },
};
