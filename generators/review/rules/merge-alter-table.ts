import { type ActKind, actsOf } from "../acts/act.ts";
import { sized, whileBlocked } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import type { Scene } from "../scene.ts";
import { type ReviewedStatement, rewrites, scans } from "../statement.ts";

export const mergeAlterTable: Rule = {
  id: "merge-alter-table",
  scope: "statement",
  title: "Table read again by the next ALTER TABLE",
  group: "migration",
  dialects: ["postgres", "mysql"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    const table = alteredTable(statement, scene);
    if (table === null) return [];
    const before = scene
      .statementsOf(statement.file.path)
      .filter(({ statement: { index } }) => index < statement.statement.index);
    const other = before.find((earlier) => alteredTable(earlier, scene) === table);
    if (!other) return [];
    return [
      {
        message: `This reads all of ${sized(scene, table)} once more after line ${other.statement.span.line}${whileBlocked(statement, table)}`,
        help: "One ALTER TABLE with both commands, separated by a comma, reads it once",
        objects: [table],
      },
    ];
  },
};

/** The old table that an ALTER TABLE reads or writes from end to end; null when there is none. */
function alteredTable(statement: ReviewedStatement, scene: Scene): string | null {
  const [act, ...others] = statement.acts;
  if (act === undefined || !("table" in act) || act.table.isNew) return null;
  // VALIDATE stands alone on purpose: it blocks less than what it would be merged with.
  if (![act, ...others].every(({ kind }) => MERGEABLE.has(kind))) return null;
  // Keys are checked and built one by one in any case.
  if (actsOf(statement.acts, "add constraint").some(({ constraint }) => !CHECKS.has(constraint))) return null;
  const family = scene.family(act.table.id);
  return scans(statement, family) || rewrites(statement, family) ? act.table.id : null;
}

const CHECKS: ReadonlySet<string> = new Set(["check", "not null"]);

const MERGEABLE: ReadonlySet<ActKind> = new Set<ActKind>([
  "add column",
  "add constraint",
  "change type",
  "drop column",
  "drop not null",
  "new file",
  "set not null",
]);
