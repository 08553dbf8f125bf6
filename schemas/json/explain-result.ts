import { z } from "zod";
import { part } from "./frozen.ts";
import type { Frozen } from "./frozen.ts";

export const EXPLAIN_RESULT_VERSION = 1;

/** One step of a plan with the steps it reads from. */
export const planNodeSchema = part(
  "PlanNode",
  z.strictObject({
    /** As the engine names it, such as `Seq Scan`. */
    operation: z.string(),
    relation: z.string().exactOptional(),
    index: z.string().exactOptional(),
    /** Conditions and keys, as the engine prints them. */
    details: z.array(z.strictObject({ label: z.string(), text: z.string() })),
    rows: z.number().min(0),
    /** The engine's own unit; only comparable within one engine. */
    cost: z.strictObject({ startup: z.number().min(0), total: z.number().min(0) }),
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
});
export type ExplainResult = Frozen<z.output<typeof explainResultSchema>>;

export const explainResultExample: ExplainResult = {
  version: EXPLAIN_RESULT_VERSION,
  tree: {
    operation: "Aggregate",
    details: [],
    rows: 1,
    cost: { startup: 25.88, total: 25.89 },
    children: [
      {
        operation: "Seq Scan",
        relation: "sales.orders",
        details: [{ label: "Filter", text: "(status = 'open'::sales.order_status)" }],
        rows: 6,
        cost: { startup: 0, total: 25.88 },
        children: [],
      },
    ],
  },
  text: "Aggregate  (cost=25.88..25.89 rows=1 width=8)\n  ->  Seq Scan on orders",
  warnings: ["All of sales.orders is read; an index on status would help when the table grows."],
};
