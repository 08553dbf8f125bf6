import type { Table } from "#schemas/model.ts";
import { chunksOf, type KnownValues } from "./chunks.ts";
import type { Lexicon } from "./lexicon.ts";
import { readQuestion } from "./read-question.ts";
import { questionTokens } from "./tokens.ts";
import { writeSql } from "./to-sql.ts";

/** A query with how the question was understood, or what kept us from one. */
export type RuleAnswer =
  | { readonly kind: "answer"; readonly sql: string; readonly reading: string; readonly tables: readonly Table[] }
  | { readonly kind: "abstains"; readonly unexplained: readonly string[]; readonly reason: string };

/** Answers a question by grammar alone, and only when every word of it is explained. */
export function answerByRule(question: string, lexicon: Lexicon, values: KnownValues = new Map()): RuleAnswer {
  const chunks = chunksOf(question, lexicon, values);
  const { intent, reader } = readQuestion(chunks, lexicon);
  if (intent.items.length === 0 && reader.focus) intent.items.push({ kind: "thing", table: reader.focus });
  if (intent.unexplained.length > 0) {
    const unexplained = [...intent.unexplained, ...(intent.involved.size < 2 ? reader.verbs : [])];
    return { kind: "abstains", unexplained, reason: "Some words are not explained." };
  }
  const isCounted = intent.having !== null || intent.orders.some(({ kind }) => kind === "count");
  if (reader.verbs.length > 0 && intent.involved.size < 2 && !isCounted) {
    return { kind: "abstains", unexplained: reader.verbs, reason: "Some words are not explained." };
  }
  const words = new Set(questionTokens(question).flatMap((token) => [token.stem, token.lower]));
  const written = writeSql(intent, lexicon, words);
  if (!written.ok) return { kind: "abstains", unexplained: [], reason: written.reason };
  return { kind: "answer", sql: written.sql, reading: written.reading, tables: written.tables };
}
