import { actsOf, type RelationRef } from "../acts/act.ts";
import type { Scene } from "../scene.ts";
import { mssqlOf, type ReviewedStatement } from "../statement.ts";
import { oldTable } from "./mssql-statement.ts";

/** Constraints that a statement adds or enables WITH NOCHECK and that nothing under review checks afterwards. */
export function untrustedConstraints(
  reviewed: ReviewedStatement,
  scene: Scene,
  kind: "check" | "foreign key",
): readonly { readonly table: RelationRef; readonly name: string }[] {
  const table = oldTable(reviewed);
  const statement = mssqlOf(reviewed)?.statement;
  if (!table || statement?.kind !== "alter table") return [];
  const added = actsOf(reviewed.acts, "add constraint").flatMap(({ isNotValid, isInline, name, constraint }) =>
    isNotValid && !isInline && constraint === kind && name !== undefined ? [name] : [],
  );
  const enabled = statement.actions.flatMap((action) =>
    action.kind === "enable constraint" && action.enabled && !action.isChecked ? action.names : [],
  );
  const now = scene.head.table(table.current)?.constraints;
  return [...new Set([...added, ...enabled])].flatMap((name) => {
    const constraint = now?.find((one) => one.name.toLowerCase() === name.toLowerCase());
    // Without a model the statement is all there is.
    if (!now) return added.includes(name) ? [{ table, name }] : [];
    return constraint && constraint.kind === kind && !constraint.validated ? [{ table, name }] : [];
  });
}
