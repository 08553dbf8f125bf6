import { z } from "zod";
import { findingExample, findingSchema, severityCountsSchema } from "./finding.ts";
import type { Frozen } from "./frozen.ts";
import { problemSchema } from "./problem.ts";
import { toolSchema } from "./report.ts";

export const LINT_VERSION = 1;

/** What `querygenie lint --format json` prints: findings about the schema as it is. */
export const lintSchema = z.strictObject({
  version: z.literal(LINT_VERSION),
  tool: toolSchema,
  database: z.string(),
  findings: z.array(findingSchema),
  problems: z.array(problemSchema),
  summary: severityCountsSchema,
});
export type LintResult = Frozen<z.output<typeof lintSchema>>;

export const lintExample: LintResult = {
  version: LINT_VERSION,
  tool: "0.1.0",
  database: "shop",
  findings: [
    {
      rule: "foreign-key-without-index",
      severity: "warning",
      span: findingExample.span,
      message: "Deleting a row of people.customers reads all of sales.orders: customer_id has no index.",
      objects: ["sales.orders", "sales.orders.orders_customer_id_fkey"],
      evidence: "rule",
      fingerprint: "0b5d1c7e9a334f20",
    },
  ],
  problems: [],
  summary: { error: 0, warning: 1, info: 0 },
};
