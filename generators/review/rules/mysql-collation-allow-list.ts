import { definedColumns, givenOptions, subject } from "../by-rule/mysql-statement.ts";
import { mysqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlCollationAllowList: Rule = {
  id: "mysql-collation-allow-list",
  scope: "statement",
  title: "Collation that is not agreed on",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed, scene) {
    const named = new Set<string>();
    for (const { collation } of givenOptions(reviewed)) if (collation !== undefined) named.add(collation);
    for (const { type } of definedColumns(reviewed)) if (type.collation !== undefined) named.add(type.collation);
    const statement = mysqlOf(reviewed)?.statement;
    for (const spec of statement?.kind === "alter table" ? statement.specs : []) {
      if (spec.kind === "convert" && spec.collation !== undefined) named.add(spec.collation);
    }
    const allowed = scene.limits.collations;
    return [...named].flatMap((name) =>
      allowed.includes(name.toLowerCase())
        ? []
        : [
            {
              message: `${subject(reviewed)} uses the collation ${name}, which is not one of ${allowed.join(", ")}`,
              help: "Use one of them, or add it to review.limits.collations",
              objects: [],
            },
          ],
    );
  },
};
