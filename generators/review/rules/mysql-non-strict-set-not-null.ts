import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const mysqlNonStrictSetNotNull: Rule = {
  id: "mysql-non-strict-set-not-null",
  scope: "statement",
  title: "NOT NULL that turns NULL into something else",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "error",
  default: "on",
  check(reviewed, scene) {
    const mode = reviewed.settings.get("sql_mode")?.toUpperCase();
    // The default is strict since MySQL 5.7 and MariaDB 10.2.4.
    if (mode === undefined || mode === null || KEEPS_STRICT.test(mode)) return [];
    return actsOf(reviewed.acts, "set not null").flatMap(({ table, column }) =>
      table.isNew
        ? []
        : [
            {
              message: `sql_mode is not strict here: every NULL in ${table.id}.${column} (${sized(scene, table.id)}) silently becomes 0 or an empty text`,
              help: "UPDATE the rows to what they should be first, and let the session keep the strict mode",
              objects: [columnId(table.id, column), table.id],
            },
          ],
    );
  },
};

/** A strict mode, one that contains it, or the session's own with more. */
const KEEPS_STRICT = /STRICT_|TRADITIONAL|@@|DEFAULT/;
