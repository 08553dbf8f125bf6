import type { Rule } from "../rule.ts";

export const unknownColumn: Rule = {
  id: "unknown-column",
  scope: "query",
  title: "Column that the schema does not have",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(query) {
    return query.nameProblems.flatMap(({ kind, message, help, at }) =>
      kind === "unknown column"
        ? [
            {
              message,
              help: help ?? "The schema after the migration has no such column",
              objects: query.resolved.relations.map(({ id }) => id),
              ...(at === undefined ? {} : { at }),
            },
          ]
        : [],
    );
  },
};
