import { inWords, objectName, qualified, quote } from "./names.ts";
import type { PlannedForeignKey, PlannedTable, PlannedView } from "./plan.ts";
import type { Random } from "./random.ts";

/** Three views or so for each department; one in six is materialised. */
export function planViews(tables: readonly PlannedTable[], random: Random): PlannedView[] {
  const views: PlannedView[] = [];
  for (const schema of new Set(tables.map((table) => table.schema))) {
    const own = tables.filter((table) => table.schema === schema && table.foreignKeys.length > 0);
    for (const table of random.sample(own, 3)) {
      const reference = random.pick(table.foreignKeys);
      views.push(random.chance(0.5) ? detailView(table, reference) : countView(table, reference, random.chance(0.34)));
    }
  }
  return views;
}

/** Rows with a few columns of the thing they refer to. */
function detailView(table: PlannedTable, { columns, target, targetColumns }: PlannedForeignKey): PlannedView {
  const [column = ""] = columns;
  const [key = ""] = targetColumns;
  const shown = table.columns.filter(({ name }) => name !== column).slice(0, 7);
  const live = table.columns.some(({ name }) => name === "deleted_at") ? "\n where t.deleted_at is null" : "";
  const told = target.columns.slice(1, 4);
  return {
    schema: table.schema,
    name: objectName(table.name, [], "details"),
    isMaterialized: false,
    reads: [table, target],
    comment: `${inWords(table.name)} with what they refer to`,
    query: `select ${shown.map(({ name }) => `t.${quote(name)}`).join(", ")},
       ${[`r.${quote(key)} as target_${key}`, ...told.map(({ name }) => `r.${quote(name)} as target_${name}`)].join(", ")}
  from ${qualified(table)} t
  left join ${qualified(target)} r on r.${quote(key)} = t.${quote(column)}${live}`,
  };
}

/** How many rows belong to each thing. */
function countView(
  table: PlannedTable,
  { columns, target, targetColumns }: PlannedForeignKey,
  isMaterialized: boolean,
): PlannedView {
  const [column = ""] = columns;
  const [key = ""] = targetColumns;
  const latest = table.columns.some(({ name }) => name === "created_at") ? ", max(t.created_at) as latest_at" : "";
  return {
    schema: table.schema,
    name: objectName(table.name, ["by", target.noun], isMaterialized ? "mv" : "v"),
    isMaterialized,
    reads: [table, target],
    query: `select r.${quote(key)} as ${column}, count(t.${quote(column)}) as row_count${latest}
  from ${qualified(target)} r
  left join ${qualified(table)} t on t.${quote(column)} = r.${quote(key)}
 group by r.${quote(key)}`,
  };
}
