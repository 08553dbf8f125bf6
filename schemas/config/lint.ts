import { z } from "zod";
import { failOn, rules } from "./review.ts";

const names = z.array(z.string().min(1)).default([]);
const enabled = z.boolean().default(true).describe("Off, the check does not run.");
const excludeTables = names.describe("Tables, by id or glob, that are not checked.");
const allOrNothing = z
  .boolean()
  .default(false)
  .describe("Says nothing where none of the objects of one table has it: all or none is fine.");

const check = z.strictObject({ enabled, exclude: excludeTables });
const nested = z.strictObject({
  enabled,
  exclude: names.describe("Names, as such or as `table.name`, that are not checked."),
  excludeTables,
  allOrNothing,
});
const tables = z.strictObject({ enabled, exclude: excludeTables, allOrNothing });

/** Checks of documentation, by the names that tbls gave them. None runs unless it is named. */
export const checksShape = {
  requireTableComment: tables.optional().describe("Tables and views without a comment."),
  requireColumnComment: nested.optional().describe("Columns without a comment."),
  requireIndexComment: nested.optional().describe("Indexes without a comment."),
  requireConstraintComment: nested.optional().describe("Constraints without a comment."),
  requireTriggerComment: nested.optional().describe("Triggers without a comment."),
  requireTableLabels: tables.optional().describe("Tables and views without a label."),
  unrelatedTable: tables.optional().describe("Tables that no reference joins to another."),
  columnCount: z
    .strictObject({ enabled, exclude: excludeTables, max: z.int().min(1).describe("Most columns of a table.") })
    .optional()
    .describe("Tables with too many columns."),
  requireColumns: z
    .strictObject({
      enabled,
      columns: z
        .array(
          z.strictObject({
            name: z.string().min(1).describe("Column that every table has."),
            exclude: excludeTables,
          }),
        )
        .describe("The columns, each with the tables that need not have it."),
    })
    .optional()
    .describe("Tables without columns that every table should have."),
  duplicateRelations: z.strictObject({ enabled }).optional().describe("The same reference twice."),
  requireForeignKeyIndex: z
    .strictObject({ enabled, exclude: names.describe("Columns, as such or as `table.column`, that are not checked.") })
    .optional()
    .describe("Referring columns that lead no index."),
  labelStyleBigQuery: check.optional().describe("Labels that BigQuery would not take."),
  requireViewpoints: check.optional().describe("Tables that stand in no viewpoint."),
} as const;

/** What is seldom meant; `docs/guides/lint.md` says what each finds. */
export const anomalyIds = [
  "all-columns-nullable",
  "empty-table",
  "inconsistent-column-type",
  "large-columns",
  "null-as-text",
  "primary-key-not-first",
  "quoted-name",
  "reference-to-own-row",
  "single-column-table",
  "table-without-index",
  "unlabelled-sensitive-column",
] as const;
export type AnomalyId = (typeof anomalyIds)[number];

export const lintSchema = z
  .strictObject({
    rules: rules.describe("Which schema rules run: `default`, `all`, or a list of ids."),
    failOn: failOn.describe("Least severity that makes `lint` fail."),
    exclude: names.describe("Tables and views, by id or glob, that lint does not look at."),
    anomalies: z
      .union([z.boolean(), z.array(z.enum(anomalyIds))])
      .default(true)
      .describe(
        "Which of the checks for what is seldom meant run: all, none, or these. Severities: `review.severity`.",
      ),
    ...checksShape,
  })
  .describe("Rules over the whole schema, and checks of its documentation, run by `lint`.");

export type LintConfig = z.output<typeof lintSchema>;
