import { z } from "zod";
import { changeListExample, jsonChangeSchema } from "./diff.ts";
import { findingExample, findingSchema, measurementSchema, severityCountsSchema } from "./finding.ts";
import { part } from "./frozen.ts";
import type { Frozen } from "./frozen.ts";
import { problemExample, problemSchema } from "./problem.ts";
import { sourceSpanSchema } from "./source.ts";

export const REPORT_VERSION = 1;

/** Version of QueryGenie that wrote a file. */
export const toolSchema = part("Tool", z.string());

/** The engine that statements ran in. */
export const engineSchema = part("Engine", z.strictObject({ name: z.string(), version: z.string() }));

/** What `querygenie review --format json` prints: one review of one database. */
export const reportSchema = z.strictObject({
  version: z.literal(REPORT_VERSION),
  tool: toolSchema,
  /** Id of the database in the configuration. */
  database: z.string(),
  engine: engineSchema,
  /** The reviewed files, in the order they run. */
  files: z.array(z.strictObject({ path: z.string(), statements: z.int().min(0) })),
  /** Every reviewed statement; `measurement` is absent where it could not run. */
  statements: z.array(
    z.strictObject({ span: sourceSpanSchema, sql: z.string(), measurement: measurementSchema.exactOptional() }),
  ),
  findings: z.array(findingSchema),
  problems: z.array(problemSchema),
  summary: severityCountsSchema,
  /** What the files change in the model. */
  changes: z.array(jsonChangeSchema),
});
export type ReviewReport = Frozen<z.output<typeof reportSchema>>;

export const reportExample: ReviewReport = {
  version: REPORT_VERSION,
  tool: "0.1.0",
  database: "shop",
  engine: { name: "PGlite", version: "18.6" },
  files: [{ path: "migrations/0027_order_status.sql", statements: 1 }],
  statements: [
    {
      span: findingExample.span,
      sql: "ALTER TABLE sales.orders ALTER COLUMN status SET NOT NULL",
      ...(findingExample.measurement && { measurement: findingExample.measurement }),
    },
  ],
  findings: [findingExample],
  problems: [problemExample],
  summary: { error: 1, warning: 0, info: 0 },
  changes: changeListExample.changes,
};
