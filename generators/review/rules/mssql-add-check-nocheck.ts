import { untrustedConstraints } from "../by-rule/untrusted-constraints.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const mssqlAddCheckNocheck: Rule = {
  id: "mssql-add-check-nocheck",
  scope: "statement",
  title: "CHECK constraint that is not trusted",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    return untrustedConstraints(reviewed, scene, "check").map(({ table, name }) => ({
      message: `${name} of ${table.id} is left not trusted: old rows were not looked at, and the optimizer does not use it`,
      help: `ALTER TABLE ${table.current} WITH CHECK CHECK CONSTRAINT ${name}, in a later migration at a quiet time`,
      objects: [columnId(table.id, name), table.id],
    }));
  },
};
