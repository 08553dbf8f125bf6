import type { Rule } from "../rule.ts";

export const insertWithoutColumns: Rule = {
  id: "insert-without-columns",
  scope: "query",
  title: "INSERT without a list of columns",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    if (tree.kind !== "insert" || tree.columns || !tree.source) return [];
    const { body } = tree.source;
    // `VALUES ()` names no value either.
    if (body.kind === "values" && body.rows.every((row) => row.length === 0)) return [];
    return [
      {
        message: `INSERT INTO ${tree.table.name} goes by the order that the columns have on that day`,
        help: "Name the columns",
        objects: resolved.relations.filter(({ how }) => how === "write").map(({ id }) => id),
        at: tree.table.at,
      },
    ];
  },
};
