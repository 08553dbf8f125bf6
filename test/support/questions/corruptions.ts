import type { SchemaModel } from "#schemas/model.ts";

/** Ways in which a model gets a query wrong, or somebody makes it dangerous. */
export type Corruption =
  | "wrong column"
  | "column of another table"
  | "wrong table"
  | "syntax"
  | "stacked write"
  | "write in a CTE";

type Corrupt = (sql: string, model: SchemaModel) => string | null;

/** Each makes a wrong query from a right one of the form `t1.COLUMN … FROM TABLE AS t1`; null when it has no place. */
export const corruptions: Readonly<Record<Corruption, Corrupt>> = {
  "wrong column": (sql) => replaced(sql, /\b(t\d+)\.([A-Z_]+)\b/, "$1.$2_nowhere"),
  "column of another table": (sql, model) => {
    const [, alias, column] = /\b(t\d+)\.([A-Z_]+)\b/.exec(sql) ?? [];
    const [, name] = new RegExp(`([A-Z_]+|"[a-z]+") AS ${alias}\\b`).exec(sql) ?? [];
    const own = model.tables.find((table) => table.name === name?.replaceAll('"', "").toLowerCase());
    const names = new Set(own?.columns.map((one) => one.name));
    const other = model.tables.flatMap((table) => table.columns).find((one) => !names.has(one.name));
    if (own === undefined || other === undefined) return null;
    return sql.replace(`${alias}.${column}`, `${alias}.${other.name}`);
  },
  "wrong table": (sql) => replaced(sql, /\bFROM ([A-Z_]+) AS/, "FROM $1_NOWHERE AS"),
  syntax: (sql) => replaced(sql, /\bFROM\b/, "FORM"),
  "stacked write": (sql, model) => `${sql}; DELETE FROM "${model.tables[0]?.name ?? ""}"`,
  "write in a CTE": (sql, model) => `WITH gone AS (DELETE FROM "${model.tables[0]?.name ?? ""}" RETURNING 1) ${sql}`,
};

function replaced(sql: string, pattern: RegExp, by: string): string | null {
  return pattern.test(sql) ? sql.replace(pattern, by) : null;
}
