import { z } from "zod";
import { buildPrompt, type Prompt, type RelationView } from "../ai/prompt.ts";
import type { Table } from "#schemas/model.ts";
import type { AskContext } from "./ask.ts";
import type { Answer } from "./ask-offline.ts";
import type { Lexicon } from "./lexicon.ts";
import { nearestExamples } from "./nearest-examples.ts";

type Written =
  | { readonly kind: "answer"; readonly answer: Pick<Answer, "sql" | "reading" | "model" | "tables"> }
  | { readonly kind: "none"; readonly notes: readonly string[] };

type Context = AskContext & { readonly linked: readonly string[]; readonly lexicon: Lexicon };

/** Asks a model for a query that the database plans. What is wrong with its first is said to it once. */
export async function askModel(question: string, context: Context): Promise<Written> {
  const { ai, check, signal, onEvent } = context;
  if (ai === undefined || ai.chosen("ask") === null) return { kind: "none", notes: [] };
  const outcome = await ai.generate({
    task: "ask",
    prompt: promptFor(question, context, context.linked.length),
    shorter: () => promptFor(question, context, FEW_TABLES),
    schema: answerSchema,
    check: async ({ sql }) => (sql.trim() === "" ? "No query was given." : ((await check?.(sql)) ?? null)),
    ...(signal ? { signal } : {}),
    ...(onEvent ? { onEvent } : {}),
  });
  if (outcome.kind === "failure") return { kind: "none", notes: [outcome.message] };
  const { sql, reading } = outcome.value;
  return {
    kind: "answer",
    answer: { sql: sql.trim(), reading, model: outcome.model, tables: usedTables(sql, context) },
  };
}

const FEW_TABLES = 4;

const answerSchema = z.strictObject({
  /** One query. */
  sql: z.string(),
  /** How the question was understood, in one or two sentences. */
  reading: z.string(),
});

const SYSTEM = `You write one read-only SQL query that answers a question about a database. Use only the tables and columns
of the data, qualified by their schema. Write no statement that changes anything and no comment. When a word of the
question could mean several things, choose the usual one and say so in "reading". "reading" tells in plain words how the
question was understood, for somebody who reads no SQL.`;

function promptFor(question: string, context: Context, most: number): Prompt | null {
  const { linked, lexicon, model, privacy = "schema", glossary = [], queries } = context;
  const tables = linked.slice(0, most).flatMap((id) => lexicon.ways.byId.get(id) ?? []);
  return buildPrompt({
    level: privacy,
    dialect: model.dialect,
    system: SYSTEM,
    data: {
      question,
      relations: tables.map((table) => relationView(table, context)),
      names: linked.slice(most),
      glossary,
      queries: nearestExamples(question, queries).map(({ title, question: asked, sql }) => ({
        title,
        ...(asked === undefined ? {} : { question: asked }),
        sql,
      })),
    },
  });
}

function relationView(table: Table, { model, descriptions, lexicon }: Context): RelationView {
  const labels = new Map(model.enums.map((type) => [type.id, type.labels]));
  const said = (object: { readonly id: string; readonly comment?: string }) =>
    descriptions[object.id] ?? object.comment;
  const comment = said(table);
  const key = table.constraints.find(({ kind }) => kind === "primary key")?.columns;
  return {
    id: table.id,
    kind: "table",
    ...(comment === undefined ? {} : { comment }),
    columns: table.columns.map((column) => {
      const meaning = said(column);
      const own = labels.get(column.type.typeId ?? "");
      return {
        name: column.name,
        type: column.type.raw,
        nullable: column.nullable,
        ...(meaning === undefined ? {} : { comment: meaning }),
        ...(own === undefined ? {} : { labels: own }),
      };
    }),
    ...(key === undefined ? {} : { primaryKey: key }),
    foreignKeys: (lexicon.ways.at.get(table.id) ?? [])
      .filter(({ from }) => from === table.id)
      .map(({ to, columns, basis }) => ({
        columns: columns.map(([from]) => from),
        table: to,
        references: columns.map(([, target]) => target),
        inferred: basis === "inferred",
      })),
  };
}

/** Of the linked tables those whose name stands in the query; what it really reads the planner has checked. */
function usedTables(sql: string, { linked, lexicon }: Context): string[] {
  const words = new Set(sql.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []);
  return linked.filter((id) => words.has(lexicon.ways.byId.get(id)?.name.toLowerCase() ?? ""));
}
