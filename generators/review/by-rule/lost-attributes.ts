import type { AlterSpec } from "#schemas/languages/sql/mysql/statement.ts";
import type { Table } from "#schemas/model.ts";

type Modify = Extract<AlterSpec, { kind: "modify column" }>;

/** What a column has and a MODIFY or CHANGE of it does not repeat, as it would be written. */
export function lostAttributes({ column, from }: Modify, table: Table | undefined): readonly string[] {
  const old = table?.columns.find(({ name }) => name.toLowerCase() === from.toLowerCase());
  if (!old) return [];
  const isKey = table?.constraints.some(({ kind, columns }) => kind === "primary key" && columns.includes(old.name));
  const lost: string[] = [];
  if (!old.nullable && column.nullable === undefined && isKey !== true && column.primary !== true)
    lost.push("NOT NULL");
  // A generated column, or one that counts, has no default to keep.
  const hasNew = column.default !== undefined || column.generated !== undefined || column.autoIncrement === true;
  if (old.default !== undefined && !hasNew && old.default.toUpperCase() !== "NULL") lost.push(`DEFAULT ${old.default}`);
  if (old.onUpdate !== undefined && column.onUpdate === undefined) lost.push(`ON UPDATE ${old.onUpdate}`);
  if (old.identity && column.autoIncrement !== true) lost.push("AUTO_INCREMENT");
  if (old.generated && column.generated === undefined) lost.push(`AS (${old.generated.expression})`);
  if (old.comment !== undefined && column.comment === undefined) lost.push(`COMMENT '${old.comment.slice(0, 40)}'`);
  const named = column.type.charset ?? column.type.collation;
  const own = old.collation ?? old.charset;
  if (own !== undefined && named === undefined) lost.push(`COLLATE ${own}`);
  return lost;
}
