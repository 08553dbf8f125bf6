import type { Rule } from "../rule.ts";

export const largeInsert: Rule = {
  id: "large-insert",
  scope: "query",
  title: "INSERT of many rows at once",
  group: "query",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "opt-in",
  check(query, scene) {
    const { tree, resolved } = query;
    const body = tree.kind === "insert" ? tree.source?.body : undefined;
    if (body?.kind !== "values" || body.rows.length <= scene.limits.insertRows) return [];
    return [
      {
        message: `INSERT of ${body.rows.length} rows in one statement; the limit is ${scene.limits.insertRows}`,
        help: "Batches, or COPY and LOAD DATA, which are made for it",
        objects: resolved.relations.filter(({ how }) => how === "write").map(({ id }) => id),
      },
    ];
  },
};
