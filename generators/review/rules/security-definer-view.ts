import type { ModelIndex } from "#schemas/model-index.ts";
import type { Table, View } from "#schemas/model.ts";
import type { Rule } from "../rule.ts";

export const securityDefinerView: Rule = {
  id: "security-definer-view",
  scope: "schema",
  title: "View that passes by row level security",
  group: "schema",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(index) {
    return index.model.views.flatMap((view) => {
      if (view.materialized || ON.has(view.options?.["security_invoker"] ?? "")) return [];
      const guarded = tablesBehind(view, index).filter(({ rowSecurity }) => rowSecurity !== undefined);
      if (guarded.length === 0) return [];
      return [
        {
          message: `${view.id} reads ${guarded.map(({ id }) => id).join(", ")} with the rights of its owner: the row policies hold nobody who reads the view`,
          help: "ALTER VIEW … SET (security_invoker = on), PostgreSQL 15 and later",
          objects: [view.id, ...guarded.map(({ id }) => id)],
          about: view,
        },
      ];
    });
  },
};

const ON = new Set(["true", "on", "1", "yes"]);

/** The tables that a view reads, by way of other views too. */
function tablesBehind(view: View, index: ModelIndex): readonly Table[] {
  const ids = new Set(view.dependsOn);
  for (const id of ids) for (const next of index.view(id)?.dependsOn ?? []) ids.add(next);
  return [...ids].flatMap((id) => index.table(id) ?? []);
}
