import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const defaultNowWithoutTz: Rule = {
  id: "default-now-without-tz",
  scope: "schema",
  title: "Present time without its zone",
  group: "schema",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "timestamp with time zone", (column) =>
      NOW.has(column.default ?? "") && typeName(column.type) === "timestamp without time zone"
        ? `${column.id} is filled with the present time in the time zone of whatever session inserts: which one, the row does not say`
        : null,
    );
  },
};

/** As PostgreSQL prints them. */
const NOW = new Set([
  "now()",
  "CURRENT_TIMESTAMP",
  "LOCALTIMESTAMP",
  "transaction_timestamp()",
  "statement_timestamp()",
  "clock_timestamp()",
]);
