import type { Rule } from "../rule.ts";

export const policyWithoutRls: Rule = {
  id: "policy-without-rls",
  scope: "schema",
  title: "Policies that nothing enforces",
  group: "schema",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check({ model }) {
    return model.tables
      .filter(({ policies, rowSecurity }) => policies.length > 0 && rowSecurity === undefined)
      .map((table) => ({
        message: `${table.id} has ${table.policies.length} row policies and row level security is off: nobody is held to them`,
        help: "ALTER TABLE … ENABLE ROW LEVEL SECURITY",
        objects: [table.id, ...table.policies.map(({ id }) => id)],
        about: table,
      }));
  },
};
