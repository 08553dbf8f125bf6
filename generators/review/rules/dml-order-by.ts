import type { Rule } from "../rule.ts";

export const dmlOrderBy: Rule = {
  id: "dml-order-by",
  scope: "query",
  title: "ORDER BY in a change",
  group: "query",
  dialects: ["mysql"],
  severity: "info",
  default: "on",
  check(query) {
    const { tree } = query;
    const [first] = tree.kind === "update" || tree.kind === "delete" ? tree.orderBy : [];
    if (!first) return [];
    return [
      {
        message: `${tree.kind.toUpperCase()} with ORDER BY sorts the rows before it changes them`,
        help: "Name the rows by a condition on the key; their order is of no use then",
        objects: query.resolved.relations.map(({ id }) => id),
        at: first.value.at,
      },
    ];
  },
};
