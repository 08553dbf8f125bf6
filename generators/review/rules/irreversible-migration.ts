import type { Act } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const irreversibleMigration: Rule = {
  id: "irreversible-migration",
  scope: "statement",
  title: "Loss that the way down cannot undo",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ acts, file }) {
    if (file.down === undefined) return [];
    return acts.flatMap((act) => {
      const what = "table" in act && !act.table.isNew ? lossWords(act) : null;
      if (what === null || !("table" in act)) return [];
      return [
        {
          message: `${what} of ${act.table.id} is lost: the down part ${file.down?.path ?? ""} can make the place again, not what was in it`,
          help: "Say so in the migration, or keep the data in a side table",
          objects: [act.table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

function lossWords(act: Act): string | null {
  switch (act.kind) {
    case "drop column":
      return `What is in ${act.column}`;
    case "drop table":
    case "truncate":
    case "delete rows":
      return "Every row";
    default:
      return null;
  }
}
