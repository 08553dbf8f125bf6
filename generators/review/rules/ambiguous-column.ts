import type { Rule } from "../rule.ts";

export const ambiguousColumn: Rule = {
  id: "ambiguous-column",
  scope: "query",
  title: "Name that several tables have",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(query) {
    return query.nameProblems.flatMap(({ kind, message, help, at }) =>
      kind === "ambiguous column"
        ? [
            {
              message,
              help: help ?? "Write the table's alias in front of it",
              objects: query.resolved.relations.map(({ id }) => id),
              ...(at === undefined ? {} : { at }),
            },
          ]
        : [],
    );
  },
};
