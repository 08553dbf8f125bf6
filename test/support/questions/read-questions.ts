import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SchemaModel } from "#schemas/model.ts";
import { readSchema } from "./read-schema.ts";

/** A person's question with the tables and the query that answer it. */
export interface Question {
  readonly id: string;
  readonly db: string;
  readonly question: string;
  readonly goldTables: readonly string[];
  readonly sql: string;
  /** True when PostgreSQL plans the query. */
  readonly plans: boolean;
}

export interface QuestionSet {
  readonly questions: readonly Question[];
  /** By database: the model, and the script it is read from. */
  readonly databases: ReadonlyMap<string, { readonly model: SchemaModel; readonly script: string }>;
}

/** Reads `questions.jsonl` and `schemas/*.sql` of a folder; null where there is none. */
export async function readQuestions(folder: string): Promise<QuestionSet | null> {
  if (!existsSync(folder)) return null;
  const lines = (await readFile(join(folder, "questions.jsonl"), "utf8")).split("\n").filter(Boolean);
  const databases = new Map<string, { model: SchemaModel; script: string }>();
  for (const file of (await readdir(join(folder, "schemas"))).sort()) {
    const name = file.replace(/\.sql$/, "");
    const script = await readFile(join(folder, "schemas", file), "utf8");
    databases.set(name, { model: await readSchema(name, script), script });
  }
  return { questions: lines.map((line) => questionLine.parse(JSON.parse(line))), databases };
}

const questionLine = z.object({
  id: z.string(),
  db: z.string(),
  question: z.string(),
  goldTables: z.array(z.string()),
  sql: z.string(),
  plans: z.boolean(),
});
