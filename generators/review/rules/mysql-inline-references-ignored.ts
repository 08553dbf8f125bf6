import { definedColumns, subject } from "../by-rule/mysql-statement.ts";
import { mysqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlInlineReferencesIgnored: Rule = {
  id: "mysql-inline-references-ignored",
  scope: "statement",
  title: "REFERENCES that makes no foreign key",
  group: "compatibility",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    if (mysqlOf(reviewed)?.facts.honoursInlineReferences !== false) return [];
    return definedColumns(reviewed).flatMap(({ name, references }) =>
      references === undefined
        ? []
        : [
            {
              message: `REFERENCES behind ${subject(reviewed)}.${name} is read and ignored by this server: there will be no foreign key`,
              help: `FOREIGN KEY (${name}) REFERENCES ${references.table.name} (${references.columns.join(", ")}), as a part of the table`,
              objects: [],
            },
          ],
    );
  },
};
