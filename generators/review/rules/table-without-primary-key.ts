import type { Rule } from "../rule.ts";

export const tableWithoutPrimaryKey: Rule = {
  id: "table-without-primary-key",
  scope: "schema",
  title: "Table without a primary key",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ model }) {
    return model.tables
      .filter(({ partitionOf, variant, constraints }) => {
        if (partitionOf !== undefined || variant === "foreign") return false;
        return !constraints.some(({ kind }) => kind === "primary key");
      })
      .map((table) => ({
        message: `${table.id} has no primary key: its rows cannot be told apart, replicated or updated one by one`,
        help: "Add a primary key",
        objects: [table.id],
        about: table,
      }));
  },
};
