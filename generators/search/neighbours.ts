import type { SchemaModel } from "#schemas/model.ts";
import { joinsOf } from "./joins.ts";

/** The tables next to each table, by id: over foreign keys in either direction, declared or told by names. */
export function tableNeighbours(model: SchemaModel): Map<string, ReadonlySet<string>> {
  const next = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => void next.set(a, (next.get(a) ?? new Set<string>()).add(b));
  for (const { from, to } of joinsOf(model)) {
    if (from === to) continue;
    join(from, to);
    join(to, from);
  }
  return next;
}

/** Tables that refer to two or more others and hold nothing else but keys of their own. */
export function bridgeTables(model: SchemaModel): ReadonlySet<string> {
  const joins = Map.groupBy(joinsOf(model), ({ from }) => from);
  const found = model.tables.filter((table) => {
    const own = joins.get(table.id) ?? [];
    const used = new Set(own.flatMap(({ columns }) => columns.map(([column]) => column)));
    const key = new Set(table.constraints.flatMap((one) => (one.kind === "primary key" ? one.columns : [])));
    return used.size > 1 && table.columns.every(({ name }) => used.has(name) || key.has(name));
  });
  return new Set(found.map(({ id }) => id));
}
