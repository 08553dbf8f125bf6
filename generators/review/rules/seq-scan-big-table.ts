import { planNodes } from "../../queries/query-plan.ts";
import { countWords } from "../sizes.ts";
import type { Rule } from "../rule.ts";

export const seqScanBigTable: Rule = {
  id: "seq-scan-big-table",
  scope: "query",
  needs: "plan",
  title: "Large table read for few rows",
  group: "query",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(query, scene) {
    if (!query.plan) return [];
    return planNodes(query.plan.root).flatMap(({ type, relation, rows, conditions }) => {
      const filter = conditions["Filter"];
      if (type !== "Seq Scan" || relation === undefined || filter === undefined || !scene.sizes.isLarge(relation))
        return [];
      const all = scene.sizes.rows(relation) ?? 0;
      if (rows > all * FEW) return [];
      return [
        {
          message: `${relation} is read from end to end (${scene.sizes.words(relation)}) for about ${countWords(rows)} rows`,
          help: `An index that serves ${filter}`,
          objects: [relation],
        },
      ];
    });
  },
};

/** Share of the rows that an index would find faster whatever the table looks like. */
const FEW = 0.01;
