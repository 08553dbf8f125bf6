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
  readonly node: string;
  readonly relation?: string | undefined;
  readonly index?: string | undefined;
  readonly conditions: readonly string[];
  readonly cost: number;
  readonly rows: number;
  readonly children: readonly PlanNode[];
}

/** A step as the query function sends it (DESIGN §5.4, `tree`). */
const planNode: z.ZodMiniType<PlanNode> = z.object({
  node: z.string(),
  relation: z.optional(z.string()),
  index: z.optional(z.string()),
  conditions: z.array(z.string()),
  cost: z.number(),
  rows: z.number(),
  children: z.array(z.lazy(() => planNode)),
});

/** The steps of a plan; null when the tree is of another form, whose text is then shown alone. */
export function planSteps(tree: unknown): PlanStep | null {
  const parsed = planNode.safeParse(tree);
  return parsed.success ? step(parsed.data, Math.max(parsed.data.cost, Number.EPSILON)) : null;
}

function step({ node, relation, index, conditions, cost, rows, children }: PlanNode, total: number): PlanStep {
  let below = 0;
  for (const child of children) below += child.cost;
  const by = index === undefined ? "" : ` by ${index}`;
  return {
    title: relation === undefined ? `${node}${by}` : `${node} on ${relation}${by}`,
    detail: [`≈ ${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}`, ...conditions].join(" · "),
    share: Math.min(1, Math.max(0, cost - below) / total),
    steps: children.map((child) => step(child, total)),
  };
}
