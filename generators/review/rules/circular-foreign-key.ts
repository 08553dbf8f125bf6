import type { ModelIndex } from "#schemas/model-index.ts";
import type { ForeignKey, Table } from "#schemas/model.ts";
import type { Rule } from "../rule.ts";

export const circularForeignKey: Rule = {
  id: "circular-foreign-key",
  scope: "schema",
  title: "Tables that need each other",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(index) {
    return hardCycles(index).map(([table, ...others]) => ({
      message: `${table.id} and ${others.map(({ id }) => id).join(", ")} point at each other, and none of the keys can wait: no first row can be inserted`,
      help: "Make one of the foreign keys nullable or DEFERRABLE",
      objects: [table.id, ...others.map(({ id }) => id)],
      about: table,
    }));
  },
};

/** Tables that reach each other over keys that are required and checked at once; each group once. */
function hardCycles(index: ModelIndex): readonly (readonly [Table, ...Table[]])[] {
  const done = new Set<Table>();
  return index.model.tables.flatMap((table) => {
    if (done.has(table)) return [];
    const others = [...reached(table, index)].filter((other) => other !== table && reached(other, index).has(table));
    for (const member of [table, ...others]) done.add(member);
    return others.length === 0 ? [] : [[table, ...others] as const];
  });
}

/** The tables that must have a row before a table can have one. */
function reached(start: Table, index: ModelIndex): ReadonlySet<Table> {
  const found = new Set<Table>();
  const open = [start];
  for (let table = open.pop(); table !== undefined; table = open.pop()) {
    for (const { foreignKey, to } of index.referencesFrom(table.id)) {
      if (!to || to === table || found.has(to) || isSoft(foreignKey, table)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}

const isSoft = ({ deferrable, columns }: ForeignKey, table: Table): boolean =>
  deferrable || table.columns.some(({ name, nullable }) => nullable && columns.includes(name));
