import { planNodes } from "../../queries/query-plan.ts";
import type { Rule } from "../rule.ts";

export const rowEstimateOff: Rule = {
  id: "row-estimate-off",
  scope: "query",
  needs: "run",
  title: "Estimate far from what came",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    const off = planNodes(query.run.root).flatMap(({ type, relation, rows, facts }) => {
      const actual = Number(facts["Actual Rows"] ?? 0);
      const isFar =
        Math.max(rows, actual) >= LEAST && Math.max(rows, actual) >= FAR * Math.max(1, Math.min(rows, actual));
      return relation !== undefined && isFar && Number(facts["Actual Loops"] ?? 0) > 0
        ? [{ type, relation, rows, actual }]
        : [];
    });
    return off.map(({ type, relation, rows, actual }) => ({
      message: `${type} of ${relation}: ${rows} rows were expected and ${actual} came`,
      help: "ANALYZE the table; for columns that depend on each other CREATE STATISTICS",
      objects: [relation],
    }));
  },
};

const LEAST = 1000;
/** How many times more one is than the other. */
const FAR = 100;
