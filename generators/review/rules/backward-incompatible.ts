import type { Act } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const backwardIncompatible: Rule = {
  id: "backward-incompatible",
  scope: "statement",
  title: "Change that old code may not survive",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "opt-in",
  check({ acts }) {
    return acts.flatMap((act) => {
      const what = "table" in act && !act.table.isNew ? breakage(act) : null;
      if (what === null || !("table" in act)) return [];
      return [
        {
          message: `${what} of ${act.table.id}: code that was written for the schema before may not survive it`,
          help: "Add the new beside the old, move code over, then take the old away",
          objects: [act.table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

/** What an act takes from old code; null when that code goes on as before. */
function breakage(act: Act): string | null {
  switch (act.kind) {
    case "drop column":
      return `Dropping the column ${act.column}`;
    case "drop table":
      return "Dropping";
    case "rename column":
      return `Renaming the column ${act.column}`;
    case "rename table":
      return "Renaming";
    case "change type":
      return `Changing the type of ${act.column}`;
    case "set not null":
      return `Requiring ${act.column}`;
    case "add constraint":
      return act.isInline ? null : `A new ${act.constraint} constraint`;
    case "add column":
      return act.column.required && act.column.default === null && !act.column.isIdentity
        ? `A required column ${act.column.name}`
        : null;
    default:
      return null;
  }
}
