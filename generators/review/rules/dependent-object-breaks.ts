import { actsOf } from "../acts/act.ts";
import { brokenViews } from "../broken-views.ts";
import type { Rule } from "../rule.ts";

export const dependentObjectBreaks: Rule = {
  id: "dependent-object-breaks",
  scope: "statement",
  title: "Object that something else still uses",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    // PostgreSQL refuses such a statement; MySQL and SQL Server leave the view broken.
    return brokenViews(statement, scene).map(({ view, why }) => ({
      message: `The view ${view.id} no longer works after this: ${why}`,
      help: "Make the view again in the same migration, without what is gone",
      objects: [view.id, ...view.dependsOn],
    }));
  },
  checkFailed({ failure, acts }, scene) {
    const isTypeChange = failure.sqlstate === NOT_SUPPORTED && actsOf(acts, "change type").length > 0;
    if (failure.sqlstate !== STILL_USED && !isTypeChange) return [];
    const tables = acts.flatMap((act) => ("table" in act ? [act.table.id] : []));
    const readers = tables.flatMap((id) => scene.base.viewsReading(id).map((view) => view.id));
    return [
      {
        message: `This fails: ${failure.message}${failure.detail === undefined ? "" : ` (${failure.detail.replaceAll("\n", "; ")})`}`,
        help: "Drop the dependent before it and make it again after it, in the same migration",
        objects: [...new Set([...tables, ...readers])],
      },
    ];
  },
};

/** dependent_objects_still_exist */
const STILL_USED = "2BP01";

/** feature_not_supported: PostgreSQL does not change the type of a column that a view, rule, policy or trigger uses. */
const NOT_SUPPORTED = "0A000";
