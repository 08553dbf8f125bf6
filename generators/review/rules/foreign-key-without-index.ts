import type { Table } from "#schemas/model.ts";
import { idPart } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const foreignKeyWithoutIndex: Rule = {
  id: "foreign-key-without-index",
  scope: "schema",
  title: "Foreign key without an index",
  group: "schema",
  dialects: ["postgres", "mssql"],
  severity: "warning",
  default: "on",
  check({ model }) {
    return model.tables.flatMap((table) =>
      table.constraints
        .filter((key) => key.kind === "foreign key" && key.inherited !== true && !isIndexed(table, key.columns))
        .map((key) => ({
          message: `Deleting or changing a row that ${key.id} points at reads all of ${table.id}: no index begins with ${key.columns.join(", ")}`,
          help: `Create an index on ${table.id} (${key.columns.join(", ")})`,
          objects: [table.id, key.id],
          about: key,
        })),
    );
  },
};

/** An index helps when its first keys are the columns, in whatever order, and it holds every row that points anywhere. */
function isIndexed({ indexes }: Table, columns: readonly string[]): boolean {
  return indexes.some(({ keys, predicate, valid }) => {
    const first = keys.slice(0, columns.length).map(({ column }) => column);
    return valid && holdsAll(predicate, columns) && columns.every((column) => first.includes(column));
  });
}

/** Rows whose column is NULL point nowhere, so an index may leave them out. */
const holdsAll = (predicate: string | undefined, columns: readonly string[]): boolean =>
  predicate === undefined || columns.some((column) => predicate === `(${idPart(column)} IS NOT NULL)`);
