import { mysqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const definer: Rule = {
  id: "definer",
  scope: "statement",
  title: "Account named in a stored object",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "on",
  check(reviewed, scene) {
    const statement = mysqlOf(reviewed)?.statement;
    const definer = statement && "definer" in statement ? statement.definer : undefined;
    if (definer === undefined || /^current_user\b/i.test(definer)) return [];
    const account = definer.replaceAll(/['"`]/g, "");
    if (scene.limits.definers.includes(account)) return [];
    return [
      {
        message: `The object runs with the rights of ${account}, an account that another server may not have`,
        help: "Leave DEFINER out, or name an account of limits.definers in the configuration",
        objects: [],
      },
    ];
  },
};
