import { z } from "zod/mini";

/** A step of a plan as it is shown. */
export interface PlanStep {
  readonly title: string;
  readonly detail: string;
  /** Share of the whole plan's cost that this step itself takes, 0 to 1. */
  readonly share: number;
  readonly steps: readonly PlanStep[];
}

interface PlanNode {
  readonly "Node Type": string;
  readonly Alias?: string | undefined;
  readonly Filter?: string | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
  readonly "Relation Name"?: string | undefined;
  readonly "Index Name"?: string | undefined;
  readonly "Index Cond"?: string | undefined;
  readonly "Hash Cond"?: string | undefined;
  readonly "Total Cost"?: number | undefined;
  readonly "Plan Rows"?: number | undefined;
}

const planNode: z.ZodMiniType<PlanNode> = z.object({
  "Node Type": z.string(),
  Alias: z.optional(z.string()),
  Filter: z.optional(z.string()),
  "Relation Name": z.optional(z.string()),
  "Index Name": z.optional(z.string()),
  "Index Cond": z.optional(z.string()),
  "Hash Cond": z.optional(z.string()),
  "Total Cost": z.optional(z.number()),
  "Plan Rows": z.optional(z.number()),
  Plans: z.optional(z.lazy(() => z.array(planNode))),
});
const explained = z.object({ Plan: planNode });
const anyTree = z.union([z.array(explained), explained, planNode]);

/** The steps of PostgreSQL's JSON plan; null when the tree is of another form, whose text is then shown alone. */
export function planSteps(tree: unknown): PlanStep | null {
  const parsed = anyTree.safeParse(tree);
  if (!parsed.success) return null;
  const first = Array.isArray(parsed.data) ? parsed.data[0] : parsed.data;
  if (first === undefined) return null;
  const root = "Plan" in first ? first.Plan : first;
  return step(root, Math.max(root["Total Cost"] ?? 0, Number.EPSILON));
}

function step(node: PlanNode, total: number): PlanStep {
  const children = node.Plans ?? [];
  const below = children.reduce((sum, child) => sum + (child["Total Cost"] ?? 0), 0);
  const own = Math.max(0, (node["Total Cost"] ?? 0) - below);
  const on = node["Relation Name"] ?? node["Index Name"];
  const rows = node["Plan Rows"];
  return {
    title: on === undefined ? node["Node Type"] : `${node["Node Type"]} on ${on}`,
    detail: [
      rows === undefined ? "" : `≈ ${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}`,
      node["Index Cond"] ?? node["Hash Cond"] ?? "",
      node.Filter === undefined ? "" : `keeps ${node.Filter}`,
    ]
      .filter(Boolean)
      .join(" · "),
    share: Math.min(1, own / total),
    steps: children.map((child) => step(child, total)),
  };
}
