import { planNodes, type PlanNode } from "../../queries/query-plan.ts";
import type { QueryChange } from "../query-change.ts";
import type { Draft, Rule } from "../rule.ts";

export const queryBreaks: Rule = {
  id: "query-breaks",
  scope: "query change",
  title: "Query that no longer runs, returns other types or costs more",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check: (change) => [draftOf(change)],
};

function draftOf(change: QueryChange): Draft {
  const { query } = change;
  const line = change.kind === "broken" ? (change.line ?? query.origin.line) : query.origin.line;
  const subject = `the ${query.source.kind === "saved" ? "saved query" : "query"} ${query.origin.file}:${line}`;
  switch (change.kind) {
    case "broken":
      return {
        message: `Breaks ${subject}: ${change.message}`,
        ...(change.hint === undefined ? {} : { help: change.hint }),
        objects: [],
        evidence: "measured",
      };
    case "result":
      return {
        message: `Changes what ${subject} returns: ${typeChange(change)}`,
        help: "Look at the code that reads it: a driver gives other types as other values",
        objects: [],
        severity: "warning",
        evidence: "measured",
      };
    case "plan": {
      const [before, after] = [change.before.root, change.after.root];
      const times = (after.totalCost / Math.max(before.totalCost, 0.01)).toPrecision(2);
      return {
        message: `Makes ${subject} ${Number(times).toLocaleString("en")} times as costly: ${shape(before)} (cost ${cost(before)}) becomes ${shape(after)} (cost ${cost(after)})`,
        help: SIZES[change.after.sizes],
        objects: [],
        severity: "warning",
        evidence: "planned",
      };
    }
  }
}

const SIZES = {
  statistics: "Planned with production's statistics",
  presumed: "Planned as if every table had a million rows: the sizes are not known",
  density: "Planned with row counts only: costs of reading are too small here",
  none: "Planned on empty tables",
} as const;

function typeChange({ before, after }: Extract<QueryChange, { readonly kind: "result" }>): string {
  if (before.length !== after.length) return `${before.length} columns became ${after.length}`;
  return before
    .flatMap((type, at) => (type === after[at] ? [] : [`column ${at + 1} was ${type} and is ${after[at] ?? ""}`]))
    .join(", ");
}

/** The nodes that read tables, as EXPLAIN names them. */
function shape(root: PlanNode): string {
  const scans = planNodes(root).filter(({ relation, index }) => relation !== undefined || index !== undefined);
  const words = scans.map(({ type, relation, index }) =>
    [
      type,
      ...(index === undefined ? [] : [`using ${index}`]),
      ...(relation === undefined ? [] : [`on ${relation}`]),
    ].join(" "),
  );
  return words.length === 0 ? root.type : words.join(", ");
}

const cost = ({ totalCost }: PlanNode): string => totalCost.toLocaleString("en", { maximumFractionDigits: 0 });
