import type { SchemaModel, Table } from "#schemas/model.ts";
import { joinsOf, type Join } from "../search/joins.ts";

/** A schema as `ask` walks over it. */
export interface Ways {
  readonly byId: ReadonlyMap<string, Table>;
  /** Joins at a table, in either direction. */
  readonly at: ReadonlyMap<string, readonly Join[]>;
}

/** The joins of a model by table. */
export function waysOf(model: SchemaModel): Ways {
  const at = new Map<string, Join[]>();
  for (const join of joinsOf(model)) {
    for (const id of new Set([join.from, join.to])) at.set(id, [...(at.get(id) ?? []), join]);
  }
  return { byId: new Map(model.tables.map((table) => [table.id, table])), at };
}

/** How many joins lie between two tables; 99 when none lead there. */
export function joinsTables(ways: Ways, from: Table, to: Table): number {
  const distance = new Map([[from.id, 0]]);
  const open = [from.id];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const here = distance.get(id) ?? 0;
    if (id === to.id) return here;
    for (const join of ways.at.get(id) ?? []) {
      const other = join.from === id ? join.to : join.from;
      if (distance.has(other)) continue;
      distance.set(other, here + 1);
      open.push(other);
    }
  }
  return 99;
}
