import { oldTableChange } from "../by-rule/mysql-statement.ts";
import { rewriteSeverity, sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Scene } from "../scene.ts";
import type { Rule } from "../rule.ts";

export const mysqlTableCopy: Rule = {
  id: "mysql-table-copy",
  scope: "statement",
  title: "Change that copies the whole table",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "error",
  default: "on",
  check(reviewed, scene) {
    const change = oldTableChange(reviewed);
    if (!change) return [];
    const { table } = change;
    return (reviewed.online ?? []).flatMap((step) => {
      // The first FULLTEXT index writes every row anew in place, and is as slow.
      const isFirstFulltext = step.algorithm === "rebuild" && step.operation === "index" && step.blocksWrites;
      const isCopy =
        step.algorithm === "copy" && !OWN_RULES.has(step.operation) && step.why?.startsWith("its default") !== true;
      if (!isCopy && !isFirstFulltext) return [];
      return [
        {
          message: `${step.what} ${isCopy ? "copies" : "rebuilds"} all of ${sized(scene, table.id)}${step.blocksWrites ? " while nothing can write to it" : ""}${step.why === undefined ? "" : `: ${step.why}`}`,
          help: toolHint(table.id, scene),
          objects: [table.id, ...(step.column === undefined ? [] : [columnId(table.id, step.column)])],
          ...rewriteSeverity(scene, table.id),
        },
      ];
    });
  },
};

/** What has a rule of its own. */
const OWN_RULES: ReadonlySet<string> = new Set(["varchar length"]);

/** The tool that can copy this table in the background. */
function toolHint(table: ObjectId, { base }: Scene): string {
  const hasKeys = base.referencesFrom(table).length + base.referencesTo(table).length > 0;
  const hasTriggers = (base.table(table)?.triggers.length ?? 0) > 0;
  if (hasKeys && !hasTriggers)
    return "pt-online-schema-change --alter-foreign-keys-method=auto copies it in the background";
  if (hasTriggers)
    return "Copy it in the background by hand: gh-ost takes no triggers, and pt-online-schema-change needs --preserve-triggers";
  return "gh-ost or pt-online-schema-change copy it in the background";
}
