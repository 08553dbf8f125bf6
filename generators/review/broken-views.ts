import { resolveQuery } from "#schemas/languages/sql/query/resolve-query.ts";
import type { View } from "#schemas/model.ts";
import type { Scene } from "./scene.ts";
import type { ReviewedStatement } from "./statement.ts";

export interface BrokenView {
  readonly view: View;
  readonly why: string;
}

const TAKES_AWAY: ReadonlySet<string> = new Set(["drop column", "rename column", "drop table", "rename table"]);

/** Views that read a table which a statement takes something from, and that no longer resolve when all is done. */
export function brokenViews({ acts, source }: ReviewedStatement, { base, head }: Scene): readonly BrokenView[] {
  if (!source) return [];
  const tables = acts.flatMap((act) =>
    "table" in act && TAKES_AWAY.has(act.kind) && !act.table.isNew ? [act.table.id] : [],
  );
  const readers = new Set(tables.flatMap((id) => base.viewsReading(id)));
  return [...readers].flatMap((view) => {
    const now = head.view(view.id);
    if (!now || resolveQuery(view.definition, base.model).problems.length > 0) return [];
    const [problem] = resolveQuery(now.definition, head.model).problems;
    return problem ? [{ view: now, why: problem.message }] : [];
  });
}
