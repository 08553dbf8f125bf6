import { planNodes } from "../../queries/query-plan.ts";
import type { Rule } from "../rule.ts";

export const lossyBitmap: Rule = {
  id: "lossy-bitmap",
  scope: "query",
  needs: "run",
  title: "Bitmap too large for its memory",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    return planNodes(query.run.root).flatMap(({ facts, relation }) => {
      const lossy = Number(facts["Lossy Heap Blocks"] ?? 0);
      if (lossy === 0) return [];
      return [
        {
          message: `The bitmap of ${relation ?? "the table"} kept ${lossy} pages without their rows, which are all checked again`,
          help: "More work_mem for this query, or a more selective condition",
          objects: relation === undefined ? [] : [relation],
        },
      ];
    });
  },
};
