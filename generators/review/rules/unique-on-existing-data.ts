import type { Table } from "#schemas/model.ts";
import { columnId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import { quotedId, quotedName } from "../quoted-name.ts";

export const uniqueOnExistingData: Rule = {
  id: "unique-on-existing-data",
  scope: "statement",
  title: "Unique index over rows that are there",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ acts }, scene) {
    const indexes = actsOf(acts, "create index").filter(({ isUnique, isPartial }) => isUnique && !isPartial);
    const keys = actsOf(acts, "add constraint").filter(
      ({ constraint, usingIndex, isInline }) => UNIQUE.has(constraint) && usingIndex === undefined && !isInline,
    );
    return [...indexes, ...keys].flatMap(({ table, columns }) => {
      const old = scene.base.table(table.id);
      if (table.isNew || columns.length === 0 || (old && isUniqueAlready(old, columns))) return [];
      const { dialect } = scene.base.model;
      const names = columns.map((name) => quotedName(name, dialect));
      return [
        {
          message: `This fails if two rows of ${sized(scene, table.id)} have the same ${columns.join(", ")}`,
          help: `SELECT ${names.join(", ")}, count(*) FROM ${quotedId(table.current, dialect)} GROUP BY ${names.join(", ")} HAVING count(*) > 1, and decide which rows stay`,
          objects: [table.id, ...columns.map((column) => columnId(table.id, column))],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

const UNIQUE: ReadonlySet<string> = new Set(["unique", "primary key"]);

/** Whether fewer of the columns are unique already, or a column is new and so NULL in every row. */
function isUniqueAlready({ columns, indexes }: Table, wanted: readonly string[]): boolean {
  if (wanted.some((name) => !columns.some((column) => column.name === name))) return true;
  return indexes.some(
    ({ unique, predicate, keys, valid }) =>
      unique &&
      valid &&
      predicate === undefined &&
      keys.every(({ column }) => column !== undefined && wanted.includes(column)),
  );
}
