import type { SchemaModel, Table } from "#schemas/model.ts";

/**
 * The tables next to each table, by id: over declared foreign keys in either direction, and over columns that are
 * named like the one-column key of another table, because many old schemas declare no keys.
 */
export function tableNeighbours(model: SchemaModel): Map<string, ReadonlySet<string>> {
  const next = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    if (a === b) return;
    next.set(a, (next.get(a) ?? new Set<string>()).add(b));
    next.set(b, (next.get(b) ?? new Set<string>()).add(a));
  };
  const owners = keyOwners(model.tables);
  for (const table of model.tables) {
    const declared = table.constraints.filter((constraint) => constraint.kind === "foreign key");
    for (const { references } of declared) join(table.id, references.table);
    const covered = new Set(declared.flatMap(({ columns }) => columns));
    for (const column of table.columns) {
      const owner = covered.has(column.name) ? undefined : owners.get(`${table.schema}.${column.name.toLowerCase()}`);
      if (owner !== undefined) join(table.id, owner);
    }
  }
  return next;
}

/** Which table a column name points at, by schema: a telling key (`course_id`), or `course_id` for a key `id`. */
function keyOwners(tables: readonly Table[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const table of tables) {
    const key = table.constraints.find((constraint) => constraint.kind === "primary key");
    const column = key?.columns.length === 1 ? key.columns[0]?.toLowerCase() : undefined;
    if (column === undefined) continue;
    const names = column === "id" ? [`${table.name}_id`, `${table.name}id`] : [column];
    for (const name of names) {
      const key = `${table.schema}.${name.toLowerCase()}`;
      if (!owners.has(key)) owners.set(key, table.id);
    }
  }
  return owners;
}
