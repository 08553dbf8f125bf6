import { z } from "zod";
import { answerSchema } from "#schemas/json/answer.ts";
import type { Cell } from "#generators/queries/cells.ts";

/** What travels over HTTP. The OpenAPI document is made of these, so a description here is the reference. */

const cell: z.ZodType<Cell> = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.lazy(() => z.array(cell)),
    z.lazy(() => z.record(z.string(), cell)),
  ])
  .meta({
    id: "Cell",
    description:
      "What JSON holds without loss; bigint, numeric, times, arrays and bytes are text as PostgreSQL prints them.",
  });

export const queryRequest = z.strictObject({
  sql: z.string().min(1).max(200_000).describe("One query. Nothing that changes data is run."),
  connection: z.string().optional().describe("Name of a connection; the default one when absent."),
  params: z.array(cell).max(1000).optional().describe("Values of $1, $2 …"),
  limit: z.int().min(1).optional().describe("Most rows wanted; the connection's limit holds as well."),
  check: z.boolean().optional().describe("True plans the query and names its columns, and does not run it."),
});

export const queryAnswer = z.strictObject({
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(cell)),
  rowCount: z.int().describe("Rows in `rows`."),
  truncated: z.boolean().describe("True when the query has more rows."),
  elapsedMs: z.number(),
  age: z
    .int()
    .optional()
    .describe("Seconds since the rows were read, when they come from the cache; `Cache-Control: no-cache` asks anew."),
});

export const explainRequest = queryRequest.pick({ sql: true, connection: true, params: true });

const planNode = z
  .strictObject({
    node: z.string().describe("What the step does, in PostgreSQL's words."),
    relation: z.string().optional().describe("ObjectId of the relation it reads."),
    alias: z.string().optional(),
    index: z.string().optional(),
    join: z.string().optional(),
    conditions: z.array(z.string()),
    startupCost: z.number(),
    cost: z
      .number()
      .describe(
        "Cost with all steps below, in the planner's unit; rows read where it tells no cost (MariaDB before 11).",
      ),
    rows: z.number().describe("Rows the planner expects."),
    get children() {
      return z.array(planNode);
    },
  })
  .meta({ id: "PlanNode" });

export const explainAnswer = z.strictObject({
  tree: planNode,
  text: z.string().describe("The plan as the database prints it: EXPLAIN's text, MySQL's JSON, SQL Server's XML."),
  warnings: z.array(z.string()),
  words: z.array(z.string()).describe("What the query does, step by step; two spaces for each level of subqueries."),
  steps: z.array(z.string()).describe("The plan in words, in the order of the work."),
  costliest: z
    .strictObject({ step: z.string(), share: z.number() })
    .describe("The step that costs most, and its share of the whole cost."),
});

export const askRequest = z.strictObject({
  question: z.string().trim().min(1).max(2000).describe("What somebody wants to know, in words."),
  connection: z.string().optional().describe("Name of a connection; the default one when absent."),
  model: z
    .string()
    .max(200)
    .optional()
    .describe("One that /api/models lists, or `offline` for none; the configured order when absent."),
});

const answer = answerSchema.shape;

export const askAnswer = z.strictObject({
  kind: answer.kind.describe("Where the query comes from; a skeleton is a start to be edited, no answer."),
  sql: answer.sql,
  reading: answer.reading.describe("How the question was understood, in words."),
  model: answer.model.describe("The model that wrote the query; `offline` when none did."),
  tables: answer.tables.readonly().describe("ObjectIds of the tables it reads, or seems to be about."),
  valid: answer.valid.describe("True when the query answers the question as read; notes say how it was checked."),
  unexplained: answer.unexplained.readonly().describe("Words that no reading explains."),
  notes: answer.notes.readonly().describe("How it was checked, why it is no answer, or why no model gave it."),
  timestamp: answer.timestamp,
});

export const modelsAnswer = z.array(
  z.strictObject({
    id: z.string().describe("What a question sends as `model`."),
    provider: z.string(),
    model: z.string(),
    isDefault: z.boolean().describe("Whether it is asked first where nobody chooses."),
  }),
);

export const optimizeRequest = queryRequest.pick({ sql: true, connection: true });

export const optimizeAnswer = z.strictObject({
  original: z.string(),
  optimized: z.string().describe("The cheapest query that gave the same rows; the original when none did."),
  suggestions: z
    .array(
      z.strictObject({
        kind: z.enum(["rewrite", "index", "hint"]),
        title: z.string(),
        sql: z.string().optional().describe("The query, or the statement that makes the index."),
        costBefore: z.number().optional(),
        costAfter: z.number().optional(),
      }),
    )
    .readonly(),
  estimatedImprovement: z.number().describe("Share of the planner's cost that is saved, 0 to 1."),
  verified: z.boolean().describe("True when the optimized query gave the same rows on the data at hand."),
});

export const connectionsAnswer = z.array(
  z.strictObject({
    name: z.string(),
    label: z.string(),
    isDefault: z.boolean(),
    engine: z.enum(["embedded", "postgres", "mysql", "mssql"]).describe("What answers."),
    dialect: z.enum(["postgres", "mysql", "mssql"]).describe("The SQL that it is asked in."),
    ready: z.boolean(),
  }),
);

export const testAnswer = z.strictObject({ ok: z.literal(true), elapsedMs: z.number() });

const role = z.enum(["read", "write", "admin"]);

export const meAnswer = z.strictObject({
  signIn: z.string().nullable().describe("Where a browser signs in; null when nobody can."),
  user: z
    .strictObject({ login: z.string(), name: z.string().nullable() })
    .nullable()
    .describe("Who is signed in; null for nobody, and for programs."),
  role: role.nullable().describe("What the caller may do, as the repository says now; null for nothing special."),
  csrfToken: z.string().nullable().describe("What a page sends as x-csrf-token with each POST and DELETE."),
});

export const historyAnswer = z.array(
  z.strictObject({
    id: z.int(),
    askedAt: z.string().describe("Time in UTC, as ISO 8601 has it."),
    route: z.string().describe("What was asked for: query, explain, optimize or ask."),
    connection: z.string(),
    asked: z.string().describe("The query or the question as it came, shortened when it is very long."),
    status: z.string().describe("How it ended; `ok` when it was answered."),
    rows: z.int().nullable(),
    milliseconds: z.int(),
  }),
);

export const usageAnswer = z.array(
  z.strictObject({
    day: z.string().describe("Day in UTC."),
    who: z.string(),
    connection: z.string(),
    route: z.string(),
    requests: z.int(),
    rows: z.int(),
    milliseconds: z.int(),
  }),
);

export const healthAnswer = z.strictObject({ status: z.enum(["ok", "starting"]) });

/** RFC 9457, with what a query editor needs. */
export const problemAnswer = z.strictObject({
  type: z.string().describe("Identifies the kind of problem: `urn:querygenie:` and its code."),
  title: z.string().describe("What the code means."),
  status: z.int(),
  detail: z.string().describe("What happened."),
  code: z.string().describe("Code of the problem, such as QG501."),
  hint: z.string().optional().describe("What to do next."),
  position: z.int().optional().describe("Where in `sql`, in UTF-16 code units from 1."),
  line: z.int().optional(),
  column: z.int().optional(),
  sqlstate: z.string().optional().describe("PostgreSQL's own code."),
});
export type ProblemAnswer = z.infer<typeof problemAnswer>;

/**
 * What is streamed while a question is answered, one JSON object an event. The last one is always an `answer` or a
 * `problem`; a stream without it was cut.
 */
export const askEvent = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("text"),
    delta: z.string().describe("The next piece of a model's JSON, not checked yet: its query is no answer."),
  }),
  z.strictObject({
    kind: z.literal("restart").describe("What was written so far is void: another call begins."),
    provider: z.string(),
    model: z.string(),
  }),
  z.strictObject({ kind: z.literal("waiting"), provider: z.string(), milliseconds: z.number() }),
  z.strictObject({ kind: z.literal("answer"), answer: askAnswer }),
  z.strictObject({ kind: z.literal("problem"), problem: problemAnswer }),
]);
export type AskEvent = z.infer<typeof askEvent>;
