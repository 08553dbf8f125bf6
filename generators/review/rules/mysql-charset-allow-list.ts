import { definedColumns, givenOptions, subject } from "../by-rule/mysql-statement.ts";
import { mysqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlCharsetAllowList: Rule = {
  id: "mysql-charset-allow-list",
  scope: "statement",
  title: "Character set that is not agreed on",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed, scene) {
    const named = new Set<string>();
    for (const { charset } of givenOptions(reviewed)) if (charset !== undefined) named.add(charset);
    for (const { type } of definedColumns(reviewed)) if (type.charset !== undefined) named.add(type.charset);
    const statement = mysqlOf(reviewed)?.statement;
    for (const spec of statement?.kind === "alter table" ? statement.specs : []) {
      if (spec.kind === "convert" && spec.charset !== undefined) named.add(spec.charset);
    }
    const allowed = scene.limits.charsets;
    return [...named].flatMap((name) =>
      allowed.includes(name.toLowerCase())
        ? []
        : [
            {
              message: `${subject(reviewed)} uses the character set ${name}, which is not one of ${allowed.join(", ")}`,
              help: "Use one of them, or add it to review.limits.charsets",
              objects: [],
            },
          ],
    );
  },
};
