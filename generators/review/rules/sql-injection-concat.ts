import type { Rule } from "../rule.ts";

export const sqlInjectionConcat: Rule = {
  id: "sql-injection-concat",
  scope: "query",
  title: "SQL put together from values",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(query) {
    const { source, resolved } = query;
    if (source.kind !== "code" || !source.interpolated) return [];
    return [
      {
        message: `Values are put into the text of the query that ${source.caller} sends`,
        help: "Send them as parameters: whoever chooses a value here can change what the query does",
        objects: resolved.relations.map(({ id }) => id),
      },
    ];
  },
};
