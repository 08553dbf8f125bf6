import type { Rule } from "../rule.ts";

export const duplicateColumnAssignment: Rule = {
  id: "duplicate-column-assignment",
  scope: "query",
  title: "Column assigned twice",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    const lists =
      tree.kind === "insert"
        ? [(tree.columns ?? []).map((column) => ({ column, at: tree.table.at })), tree.onConflict]
        : tree.kind === "update"
          ? [tree.assignments]
          : [];
    return lists.flatMap((list) =>
      list.flatMap(({ column, at }, place) => {
        const isAgain = list.slice(0, place).some((other) => other.column.toLowerCase() === column.toLowerCase());
        if (!isAgain) return [];
        return [
          {
            message: `${column} is assigned twice`,
            help: "Keep one of them",
            objects: resolved.relations.filter(({ how }) => how === "write").map(({ id }) => id),
            at,
          },
        ];
      }),
    );
  },
};
