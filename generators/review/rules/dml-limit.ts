import type { Rule } from "../rule.ts";

export const dmlLimit: Rule = {
  id: "dml-limit",
  scope: "query",
  title: "LIMIT in a change",
  group: "query",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { tree } = query;
    if (tree.kind === "select" || tree.kind === "other query") return [];
    const limit = tree.kind === "insert" ? tree.source?.limit : tree.limit;
    if (!limit) return [];
    return [
      {
        message: `${tree.kind.toUpperCase()} with LIMIT changes rows that the query does not name`,
        help: "Name them by a condition on the key: a replica or a second run may choose others",
        objects: query.resolved.relations.map(({ id }) => id),
        at: limit.at,
      },
    ];
  },
};
