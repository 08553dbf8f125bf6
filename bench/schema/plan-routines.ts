import { inWords, literal, qualified, quote } from "./names.ts";
import type { PlannedRoutine, PlannedTable } from "./plan.ts";
import type { Random } from "./random.ts";

/** The trigger function that keeps `updated_at`. */
export const TOUCH = "shared.touch_updated_at";

/** Functions: one for triggers, and one or two for each department. */
export function planRoutines(tables: readonly PlannedTable[], random: Random): PlannedRoutine[] {
  const routines = [touch];
  for (const schema of new Set(tables.map((table) => table.schema))) {
    const own = tables.filter((table) => table.schema === schema && table.role === "main");
    for (const table of random.sample(
      own.filter((candidate) => hasColumn(candidate, "status")),
      1,
    ))
      routines.push(countByStatus(table));
    for (const table of random.sample(
      own.filter((candidate) => hasColumn(candidate, "name")),
      1,
    ))
      routines.push(findByName(table));
  }
  return routines;
}

const touch: PlannedRoutine = {
  schema: "shared",
  name: "touch_updated_at",
  signature: "()",
  comment: "Sets updated_at to the time of the statement",
  reads: [],
  definition: `create function ${TOUCH}() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$`,
};

function countByStatus(table: PlannedTable): PlannedRoutine {
  const name = `count_${table.name}`;
  return {
    schema: table.schema,
    name,
    signature: "(text)",
    comment: `Number of ${inWords(table.name)} in a state`,
    reads: [table],
    definition: `create function ${qualified({ schema: table.schema, name })}(wanted text) returns bigint
language sql stable as $$
  select count(*) from ${qualified(table)} where status::text = wanted
$$`,
  };
}

function findByName(table: PlannedTable): PlannedRoutine {
  const name = `find_${table.name}`;
  const [key = "id"] = table.primaryKey;
  return {
    schema: table.schema,
    name,
    signature: "(text, integer)",
    reads: [table],
    definition: `create function ${qualified({ schema: table.schema, name })}(words text, most integer default 20)
returns setof ${qualified(table)}
language plpgsql stable as $$
begin
  if length(words) < 2 then
    raise exception ${literal("at least two letters are needed")};
  end if;
  return query select * from ${qualified(table)} as found
    where found.name ilike '%' || words || '%' order by found.${quote(key)} limit most;
end
$$`,
  };
}

const hasColumn = (table: PlannedTable, name: string): boolean => table.columns.some((column) => column.name === name);
