import type { Rule } from "../rule.ts";

export const queryBreaks: Rule = {
  id: "query-breaks",
  scope: "query change",
  title: "Saved query that no longer runs",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(broken) {
    const { query, message, hint, line } = broken;
    const place = line === undefined ? query.path : `${query.path}:${line}`;
    return [
      {
        message: `Breaks the saved query ${place}: ${message}`,
        ...(hint === undefined ? {} : { help: hint }),
        objects: [],
        evidence: "measured",
      },
    ];
  },
};
