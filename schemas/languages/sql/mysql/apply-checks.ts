import type { ApplyContext } from "./apply-context.ts";
import { ApplyError, byName, type BuiltTable } from "./built.ts";
import type { CheckSpec } from "./statement.ts";

/** Adds a check; `column` when it is part of that column's definition. */
export function addCheck(
  context: ApplyContext,
  table: BuiltTable,
  spec: CheckSpec,
  offset: number,
  column?: string,
): void {
  if (spec.name !== undefined && byName(table.checks, spec.name))
    throw new ApplyError(`check "${spec.name}" exists already in "${table.name}"`);
  table.checks.push({
    name: spec.name ?? freeName(context, table, column),
    autoNamed: spec.name === undefined,
    expression: spec.expression,
    enforced: spec.enforced,
    origin: { created: context.placeAt(offset) },
    ...(column === undefined ? {} : { column }),
  });
}

/** MySQL counts by table; MariaDB names a column's check after the column. */
function freeName({ facts }: ApplyContext, table: BuiltTable, column: string | undefined): string {
  if (!facts.namesChecksByTable && column !== undefined) return column;
  const prefix = facts.namesChecksByTable ? `${table.name}_chk_` : "CONSTRAINT_";
  let number = 1;
  const names = new Set(table.checks.map(({ name }) => name.toLowerCase()));
  while (names.has(`${prefix}${number}`.toLowerCase())) number++;
  return `${prefix}${number}`;
}
