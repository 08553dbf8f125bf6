import { z } from "zod";
import type { Frozen } from "./frozen.ts";

export const ANSWER_VERSION = 1;

/** What `querygenie ask --format json` prints. */
export const answerSchema = z.strictObject({
  version: z.literal(ANSWER_VERSION),
  question: z.string(),
  /** Where the query comes from; a `skeleton` is a start to be edited, no answer. */
  kind: z.enum(["saved", "model", "rule", "skeleton"]),
  sql: z.string(),
  /** How the question was understood, in words. */
  reading: z.string(),
  /** The model that wrote the query; `offline` when none did. */
  model: z.string(),
  /** Ids of the tables it reads, or of those the question seems to be about. */
  tables: z.array(z.string()),
  /** True when the query answers the question as read and the database plans it. */
  valid: z.boolean(),
  /** Words that no reading explains. */
  unexplained: z.array(z.string()),
  /** Why it is no answer, or why no model gave it. */
  notes: z.array(z.string()),
  /** When it was answered, ISO 8601 in UTC. */
  timestamp: z.iso.datetime(),
});
export type AnswerResult = Frozen<z.output<typeof answerSchema>>;

export const answerExample: AnswerResult = {
  version: ANSWER_VERSION,
  question: "How many orders do we have?",
  kind: "rule",
  sql: "SELECT count(*)\nFROM sales.orders",
  reading: "number of orders (from orders)",
  model: "offline",
  tables: ["sales.orders"],
  valid: true,
  unexplained: [],
  notes: [],
  timestamp: "2026-01-01T00:00:00.000Z",
};
