import { parseObjectId, type ObjectId } from "#schemas/object-id.ts";
import { madeName, sqlName, sqlPart } from "./sql.ts";

/** First version that knows NOT NULL constraints that are not validated. Source: PostgreSQL 18 release notes. */
const NOT_NULL_NOT_VALID = 18;

/** Statements that make a column NOT NULL without reading the table under a strong lock; each its own transaction. */
export function notNullSteps(table: ObjectId, column: string, engineMajor: number): readonly string[] {
  const alter = `ALTER TABLE ${sqlName(table)}`;
  const name = parseObjectId(table)?.at(-1) ?? table;
  if (engineMajor >= NOT_NULL_NOT_VALID) {
    // The name that SET NOT NULL gives, so that the result is the same.
    const constraint = sqlPart(madeName(name, column, "not_null"));
    return [
      `${alter} ADD CONSTRAINT ${constraint} NOT NULL ${sqlPart(column)} NOT VALID`,
      `${alter} VALIDATE CONSTRAINT ${constraint}`,
    ];
  }
  const constraint = sqlPart(madeName(name, column, "given"));
  return [
    `${alter} ADD CONSTRAINT ${constraint} CHECK (${sqlPart(column)} IS NOT NULL) NOT VALID`,
    `${alter} VALIDATE CONSTRAINT ${constraint}`,
    `${alter} ALTER COLUMN ${sqlPart(column)} SET NOT NULL`,
    `${alter} DROP CONSTRAINT ${constraint}`,
  ];
}
