import { z } from "zod";
import { lockModes } from "../finding.ts";
import { aiUsageLineSchema } from "./ai-usage.ts";
import { findingExample, findingSchema, measurementSchema } from "./finding.ts";
import { part, type Frozen } from "./frozen.ts";
import { problemExample, problemSchema } from "./problem.ts";
import { toolSchema } from "./report.ts";

export const ACTION_REPORT_VERSION = 1;

/** A sentence in pieces: plain text, and names that are shown as code. */
const phraseSchema = part("Phrase", z.union([z.string(), z.strictObject({ code: z.string() })]));

const heldLockSchema = part(
  "HeldLock",
  z.strictObject({ relation: z.string(), mode: z.enum(lockModes), line: z.int().min(1) }),
);

/** A review summed up by a language model, held to its findings, objects and measurements. */
export const reviewWordsSchema = part(
  "ReviewWords",
  z.strictObject({
    /** One paragraph of plain text. */
    text: z.string(),
    /** Who wrote it, as provider/model. */
    by: z.string(),
  }),
);
export type ReviewWords = Frozen<z.output<typeof reviewWordsSchema>>;

/** Everything that a review is shown from: plain data, so that whoever has it shows the same words. */
export const reviewViewSchema = part(
  "ReviewView",
  z.strictObject({
    /** Paths of the reviewed files, in the order they run. */
    files: z.array(z.string()),
    statements: z.array(
      z.strictObject({
        file: z.string(),
        line: z.int().min(1),
        column: z.int().min(1),
        sql: z.string(),
        measurement: measurementSchema.exactOptional(),
        /** Strong locks that its transaction had taken before it. */
        held: z.array(heldLockSchema),
        /** True when readers would expect it to be unsafe, so that its being fine is worth a line. */
        isNotable: z.boolean(),
      }),
    ),
    findings: z.array(findingSchema),
    problems: z.array(problemSchema),
    /** Queries that were judged: new ones, changed ones, and those that use what changes. */
    judgedQueries: z.int().min(0).exactOptional(),
    /** Those of them that findings are about, with the lines they stand on. */
    queries: z
      .array(z.strictObject({ file: z.string(), line: z.int().min(1), lastLine: z.int().min(1), sql: z.string() }))
      .exactOptional(),
    /** What the files change in the schema, each in one sentence. Implied changes are left out. */
    changes: z.array(z.array(phraseSchema)),
    /** The changes in one line. */
    summary: z.string(),
    /** Present when a model was asked and what it wrote holds. */
    words: reviewWordsSchema.exactOptional(),
    measured: z.strictObject({
      engine: z.strictObject({ name: z.string(), version: z.string() }),
      forVersion: z.string().exactOptional(),
      sizesOf: z.string().exactOptional(),
      /** Present when nothing was run: a dialect that the embedded engine does not run. */
      isByRule: z.literal(true).exactOptional(),
    }),
  }),
);
export type ReviewView = Frozen<z.output<typeof reviewViewSchema>>;

/** One database of a run. */
const reportedDatabaseSchema = part(
  "ReportedDatabase",
  z.strictObject({
    /** Id of the database in the configuration. */
    id: z.string(),
    /** Null when nothing of this database is under review or nothing could be. */
    review: reviewViewSchema.nullable(),
    /** Mermaid of the tables that change, without its fence. */
    diagram: z.string().exactOptional(),
    /** Why there is no review, or what was wrong besides it. */
    problems: z.array(problemSchema),
  }),
);

/** `report.json` of the GitHub action: what a run found, for whoever shows or stores it. */
export const actionReportSchema = z.strictObject({
  version: z.literal(ACTION_REPORT_VERSION),
  tool: toolSchema,
  /** What was reviewed; absent when nothing was. */
  reviewed: z.strictObject({ base: z.string(), head: z.string() }).exactOptional(),
  databases: z.array(reportedDatabaseSchema),
  /** Findings that a reply on the pull request silenced, by fingerprint. */
  silenced: z.array(
    z.strictObject({
      fingerprint: z.string(),
      rule: z.string(),
      place: z.string(),
      by: z.string(),
      reason: z.string(),
    }),
  ),
  /** Calls of language models in this run; absent when none could be asked. */
  usage: z.array(part("AiUsageLine", aiUsageLineSchema)).exactOptional(),
  /** The committed files: true to the schema, out of date (with the files, when they are known), or not looked at. */
  files: z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("current") }),
    z.strictObject({ state: z.literal("stale"), paths: z.array(z.string()), follows: z.boolean() }),
    z.strictObject({ state: z.literal("unknown") }),
  ]),
  /** Databases that were compared with what runs; absent when the run was not to look. */
  drift: z
    .array(
      part(
        "Drift",
        z.strictObject({
          /** Id of the database in the configuration. */
          database: z.string(),
          /** Name of the connection it was compared with. */
          connection: z.string(),
          engine: z.strictObject({ name: z.string(), version: z.string() }),
          /** What the running database has otherwise than the committed schema, each in one sentence. */
          changes: z.array(z.array(phraseSchema)),
        }),
      ),
    )
    .exactOptional(),
  problems: z.array(problemSchema),
});
export type ActionReport = Frozen<z.output<typeof actionReportSchema>>;
export type ReportedDatabase = ActionReport["databases"][number];

export const actionReportExample: ActionReport = {
  version: ACTION_REPORT_VERSION,
  tool: "0.1.0",
  reviewed: { base: "6f1c0de2", head: "9ab04f71" },
  databases: [
    {
      id: "shop",
      review: {
        files: ["migrations/0027_order_status.sql"],
        statements: [
          {
            file: "migrations/0027_order_status.sql",
            line: 4,
            column: 1,
            sql: "ALTER TABLE sales.orders ALTER COLUMN status SET NOT NULL",
            ...(findingExample.measurement && { measurement: findingExample.measurement }),
            held: [],
            isNotable: false,
          },
        ],
        findings: [findingExample],
        problems: [problemExample],
        changes: [["column ", { code: "sales.orders.status" }, " made required (NOT NULL)"]],
        summary: "1 column changed",
        measured: { engine: { name: "PGlite", version: "18.6" }, forVersion: "16" },
      },
      problems: [],
    },
  ],
  silenced: [],
  files: { state: "stale", paths: [], follows: true },
  problems: [],
};
