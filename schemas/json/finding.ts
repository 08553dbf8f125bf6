import { z } from "zod";
import { lockModes } from "../finding.ts";
import type { Finding, Measurement } from "../finding.ts";
import { part } from "./frozen.ts";
import type { Agree, Frozen } from "./frozen.ts";
import { sourceSpanSchema } from "./source.ts";

const ids = z.array(z.string());

/** What a statement did to the relations that existed before it. */
export const measurementSchema = part(
  "Measurement",
  z.strictObject({
    how: z.enum(["measured", "declared"]),
    locks: z.array(z.strictObject({ relation: z.string(), mode: z.enum(lockModes) })),
    rewrites: ids,
    scans: ids,
    created: ids,
    dropped: ids,
  }),
);

/** What the review says about one statement or object. */
export const findingSchema = part(
  "Finding",
  z.strictObject({
    rule: z.string(),
    severity: z.enum(["error", "warning", "info"]),
    span: sourceSpanSchema,
    message: z.string(),
    help: z.string().exactOptional(),
    objects: ids,
    evidence: z.enum(["measured", "planned", "rule"]),
    measurement: measurementSchema.exactOptional(),
    rewrite: z
      .strictObject({
        title: z.string(),
        steps: z.array(z.strictObject({ sql: z.string(), measured: measurementSchema.exactOptional() })),
      })
      .exactOptional(),
    fix: z.strictObject({ span: sourceSpanSchema, replacement: z.string() }).exactOptional(),
    fingerprint: z.string(),
  }),
);

/** How many findings there are of each severity. */
export const severityCountsSchema = part(
  "SeverityCounts",
  z.strictObject({ error: z.int().min(0), warning: z.int().min(0), info: z.int().min(0) }),
);

true satisfies Agree<Measurement, Frozen<z.output<typeof measurementSchema>>>;
true satisfies Agree<Finding, Frozen<z.output<typeof findingSchema>>>;

const notNullMeasurement: Measurement = {
  how: "measured",
  locks: [{ relation: "sales.orders", mode: "AccessExclusiveLock" }],
  rewrites: [],
  scans: ["sales.orders"],
  created: [],
  dropped: [],
};

export const findingExample: Finding = {
  rule: "set-not-null",
  severity: "error",
  span: { file: "migrations/0027_order_status.sql", line: 4, column: 1, endLine: 4, endColumn: 58 },
  message: "SET NOT NULL scans sales.orders while nothing can read or write it.",
  help: "Add a check constraint that is not validated, validate it, then set NOT NULL.",
  objects: ["sales.orders", "sales.orders.status"],
  evidence: "measured",
  measurement: notNullMeasurement,
  rewrite: {
    title: "Prove it by a check constraint first",
    steps: [
      {
        sql: "ALTER TABLE sales.orders ADD CONSTRAINT status_given CHECK (status IS NOT NULL) NOT VALID;",
        measured: { ...notNullMeasurement, scans: [] },
      },
      { sql: "ALTER TABLE sales.orders VALIDATE CONSTRAINT status_given;" },
    ],
  },
  fingerprint: "7d1f0a9c52be4e11",
};
