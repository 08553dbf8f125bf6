import { z } from "zod";
import { part } from "./frozen.ts";
import type { Frozen } from "./frozen.ts";

export const EXPLAIN_RESULT_VERSION = 1;

/** One step of a plan with the steps it reads from. */
export const planNodeSchema = part(
  "PlanNode",
  z.strictObject({
    /** What the step does, in the engine's words, such as `Seq Scan`. */
    node: z.string(),
    relation: z.string().exactOptional(),
    alias: z.string().exactOptional(),
    index: z.string().exactOptional(),
    join: z.string().exactOptional(),
    /** Conditions and keys, as the engine prints them. */
    conditions: z.array(z.string()),
    startupCost: z.number().min(0),
    /** With all steps below; the engine's own unit, only comparable within one engine. */
    cost: z.number().min(0),
    rows: z.number().min(0),
    get children() {
      return z.array(planNodeSchema);
    },
  }),
);

/** What `querygenie explain --format json` prints and `POST /api/explain` answers. */
export const explainResultSchema = z.strictObject({
  version: z.literal(EXPLAIN_RESULT_VERSION),
  tree: planNodeSchema,
  /** The plan as the engine prints it. */
  text: z.string(),
  warnings: z.array(z.string()),
  /** What the query does, step by step, from its syntax tree; two spaces for each level of subqueries. */
  words: z.array(z.string()),
  /** The plan in words, in the order of the work. */
  steps: z.array(z.string()),
  /** The step that costs most, and its share of the whole cost. */
  costliest: z.strictObject({ step: z.string(), share: z.number().min(0).max(1) }),
});
export type ExplainResult = Frozen<z.output<typeof explainResultSchema>>;

export const explainResultExample: ExplainResult = {
  version: EXPLAIN_RESULT_VERSION,
  tree: {
    node: "Aggregate",
    conditions: [],
    startupCost: 25.88,
    cost: 25.89,
    rows: 1,
    children: [
      {
        node: "Seq Scan",
        relation: "sales.orders",
        alias: "o",
        conditions: ["Filter: (status = 'open'::sales.order_status)"],
        startupCost: 0,
        cost: 25.88,
        rows: 6,
        children: [],
      },
    ],
  },
  text: "Aggregate  (cost=25.88..25.89 rows=1 width=8)\n  ->  Seq Scan on orders",
  words: ["Reads sales.orders.", "Shows count(*)."],
  steps: ["Seq Scan: reads all of sales.orders, about 1,000 rows"],
  costliest: { step: "Seq Scan: reads all of sales.orders, about 1,000 rows", share: 0.9 },
  warnings: ["All of sales.orders is read; an index on status would help when the table grows."],
};
