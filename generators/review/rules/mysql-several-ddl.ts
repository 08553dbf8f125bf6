import type { ReviewedStatement } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlSeveralDdl: Rule = {
  id: "mysql-several-ddl",
  scope: "statement",
  title: "Several changes of old tables in one migration",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  isOncePerFile: true,
  check(reviewed, scene) {
    if (!changesOldTable(reviewed)) return [];
    const { file, statement } = reviewed;
    const before = scene
      .statementsOf(file.path)
      .find((other) => other.statement.index < statement.index && changesOldTable(other));
    if (!before) return [];
    return [
      {
        message: `DDL on line ${before.statement.span.line} is committed by itself: when this statement fails, the migration is half done and cannot simply run again`,
        help: "One DDL statement on old tables a migration, or one ALTER TABLE with all the parts of a table",
        objects: [],
      },
    ];
  },
};

/** Whether it alters, renames or drops what was there before. */
const changesOldTable = ({ acts, altered, syntax }: ReviewedStatement): boolean =>
  syntax.about === "schema" &&
  (altered?.isNew === false ||
    acts.some((act) => (act.kind === "drop table" || act.kind === "rename table") && !act.table.isNew));
