import type { Assignment, QueryTree } from "#schemas/languages/sql/query-tree.ts";
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
    return assignedIn(tree).flatMap((list) =>
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

/** The lists of a statement in which a column may stand once. */
function assignedIn(tree: QueryTree): readonly (readonly Pick<Assignment, "column" | "at">[])[] {
  if (tree.kind === "update") return [tree.assignments];
  if (tree.kind !== "insert") return [];
  return [(tree.columns ?? []).map((column) => ({ column, at: tree.table.at })), tree.onConflict];
}
