import type { SchemaModel } from "#schemas/model.ts";
import { modelOf } from "./read-schema.ts";
import type { Question, QuestionSet } from "./read-questions.ts";

/** Percent of questions with all their tables among the first so many. */
export interface Recall {
  readonly at3: number;
  readonly at5: number;
  readonly at10: number;
}

/** Ranks the ids of a model's tables for a question. */
export type Linker = (model: SchemaModel) => (question: string) => readonly string[];

/** How a linker does where each question knows its database, and where all databases are one pool. */
export function measureLinking(
  { questions, databases }: QuestionSet,
  linker: Linker,
): { readonly own: Recall; readonly pooled: Recall } {
  const own = new Map([...databases].map(([name, { model }]) => [name, linker(model)]));
  const everything = linker(modelOf([...databases.values()].flatMap(({ model }) => model.tables)));
  return {
    own: recall(questions, (question) => own.get(question.db)?.(question.question) ?? []),
    pooled: recall(questions, ({ question }) => everything(question)),
  };
}

function recall(questions: readonly Question[], rank: (question: Question) => readonly string[]): Recall {
  const counts = { at3: 0, at5: 0, at10: 0 };
  for (const question of questions) {
    const gold = question.goldTables.map((table) => `${question.db}.${table}`.toLowerCase());
    const found = rank(question).map((id) => id.replaceAll('"', "").toLowerCase());
    const holds = (k: number): boolean => gold.every((table) => found.slice(0, k).includes(table));
    if (holds(3)) counts.at3 += 1;
    if (holds(5)) counts.at5 += 1;
    if (holds(10)) counts.at10 += 1;
  }
  const share = (count: number): number => Math.round((count / Math.max(1, questions.length)) * 1000) / 10;
  return { at3: share(counts.at3), at5: share(counts.at5), at10: share(counts.at10) };
}
