import type { Column, DataType, PrimaryKey, SchemaModel, Table } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { SchemaDraft } from "./rule.ts";

/** Tables that say for themselves what they are: no partitions, which repeat their parent, and no foreign ones. */
export const ownTables = ({ tables }: SchemaModel): readonly Table[] =>
  tables.filter(({ partitionOf, variant }) => partitionOf === undefined && variant !== "foreign");

/** One remark for each column of such a table that `judge` has a message for. */
export function columnRemarks(
  { model }: ModelIndex,
  help: string,
  judge: (column: Column, table: Table) => string | null,
): readonly SchemaDraft[] {
  return ownTables(model).flatMap((table) =>
    table.columns.flatMap((column) => {
      const message = column.inherited === true ? null : judge(column, table);
      return message === null ? [] : [{ message, help, objects: [column.id, table.id], about: column }];
    }),
  );
}

export const primaryKeyOf = ({ constraints }: Table): PrimaryKey | undefined =>
  constraints.find((constraint) => constraint.kind === "primary key");

/** A type's name without length and precision: `character varying` for `character varying(20)`. */
export function typeName({ raw }: DataType): string {
  const open = raw.indexOf("(");
  if (open === -1) return raw;
  const close = raw.indexOf(")", open);
  return (raw.slice(0, open) + raw.slice(close + 1)).trim();
}

/** Plain text, not an array of it. */
export const isTextual = ({ family, dimensions = 0 }: DataType): boolean => family === "text" && dimensions === 0;
