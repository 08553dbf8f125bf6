import { columnRemarks } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const varcharTooLong: Rule = {
  id: "varchar-too-long",
  scope: "schema",
  title: "Text longer than the limit",
  group: "schema",
  dialects: ["mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check(index, limits) {
    return columnRemarks(index, "A shorter length, or a text type", ({ id, type }) => {
      const isOpen = type.raw.endsWith("varchar(max)");
      if (!/^n?varchar\b/.test(type.raw) || !(isOpen || (type.length ?? 0) > limits.varcharLength)) return null;
      return `${id} is ${type.raw}: longer than ${limits.varcharLength}`;
    });
  },
};
