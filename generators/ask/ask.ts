import type { Ai, AiEvent } from "../ai/ai.ts";
import type { PrivacyLevel } from "../ai/prompt.ts";
import type { SavedQuery } from "../generator.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { buildIndex } from "../search/build-index.ts";
import { linkTables } from "../search/link-tables.ts";
import { answerByRule } from "./answer-by-rule.ts";
import { askModel } from "./ask-model.ts";
import { inDialect } from "./in-dialect.ts";
import { findValues, type ReadRows } from "./find-values.ts";
import { buildLexicon, type Lexicon } from "./lexicon.ts";
import { nearestSaved } from "./nearest-saved.ts";
import { writeSkeleton } from "./skeleton.ts";

/** What `ask` needs of the world. Everything but the model may be left out; the answer then says less. */
export interface AskContext {
  readonly model: SchemaModel;
  readonly queries: readonly SavedQuery[];
  /** What a person or a writer says about an object, by ObjectId. */
  readonly descriptions: Readonly<Record<string, string>>;
  readonly glossary?: readonly { readonly term: string; readonly meaning: string }[];
  /** Other words for an object, by ObjectId: those of a glossary, aliases that a model wrote. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Plans a query and does not run it; null when it holds, else what is wrong, in words. Default: nothing is planned. */
  readonly check?: (sql: string) => Promise<string | null>;
  /** How a query that holds was checked, where that is worth saying. */
  readonly howChecked?: (sql: string) => string | null;
  /** Runs a read-only query for the values that a question names. Default: values are told by their words alone. */
  readonly read?: ReadRows;
  /** Default: no model is asked. */
  readonly ai?: Ai;
  /** What a model may see. Default `schema`. */
  readonly privacy?: PrivacyLevel;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: AiEvent) => void;
}

/** A query for a question, with how it was understood. */
export interface Answer {
  /** `skeleton`: nobody understood the whole question; the query is a start to be edited. */
  readonly kind: "saved" | "model" | "rule" | "skeleton";
  readonly sql: string;
  /** How the question was understood, in words. */
  readonly reading: string;
  /** The model that wrote it; `offline` when none did. */
  readonly model: string;
  /** Ids of the tables it reads, or of those the question seems to be about. */
  readonly tables: readonly string[];
  /** True when the query answers the question as read, and was planned where that is possible. */
  readonly valid: boolean;
  /** Words that no reading explains. */
  readonly unexplained: readonly string[];
  /** Why it is no answer, or why no model gave it. */
  readonly notes: readonly string[];
}

/** Tables that a model is told about, and that values are looked for in. */
const LINKED_TABLES = 10;

/**
 * Finds a query for a question: a saved one that asks the same, else a model's that the database plans, else one that
 * follows the grammar and explains every word, else the tables and joins it is about as a query to begin with.
 */
export async function ask(question: string, context: AskContext): Promise<Answer> {
  const { model, queries, descriptions } = context;
  const notes: string[] = [];
  const saved = nearestSaved(question, queries);
  if (saved && (await isPlanned(saved.sql, context)) === null) {
    const reading = `The saved query “${saved.title}” asks this.`;
    const how = checkedNotes(saved.sql, context);
    return { ...plain, kind: "saved", sql: saved.sql, reading, tables: saved.uses, valid: true, notes: how };
  }
  const { words = {} } = context;
  const lexicon = buildLexicon(model, words);
  const index = buildIndex({ model, queries, descriptions, words }, ["table", "view"]);
  const linked = linkTables(index, question, LINKED_TABLES).map(({ id }) => id);
  const written = await askModel(question, { ...context, linked, lexicon });
  if (written.kind === "answer") {
    const how = checkedNotes(written.answer.sql, context);
    return { ...plain, ...written.answer, kind: "model", valid: true, notes: how };
  }
  notes.push(...written.notes);
  const values = await findValues(question, { lexicon, linked, model, read: context.read });
  const ruled = answerByRule(question, lexicon, values);
  if (ruled.kind === "answer") {
    const sql = inDialect(ruled.sql, model.dialect);
    const problem = await isPlanned(sql, context);
    const tables = ruled.tables.map(({ id }) => id);
    if (problem === null) {
      const how = checkedNotes(sql, context);
      return { ...plain, kind: "rule", sql, reading: ruled.reading, tables, valid: true, notes: [...notes, ...how] };
    }
    notes.push(problem);
  }
  const skeleton = skeletonAnswer(linked, lexicon, { notes, ruled });
  return { ...skeleton, sql: inDialect(skeleton.sql, model.dialect) };
}

const plain = { model: "offline", unexplained: [], notes: [] } as const;

function skeletonAnswer(
  linked: readonly string[],
  lexicon: Lexicon,
  { notes, ruled }: { readonly notes: readonly string[]; readonly ruled: ReturnType<typeof answerByRule> },
): Answer {
  const skeleton = writeSkeleton(linked, lexicon);
  const said = ruled.kind === "abstains" && ruled.unexplained.length === 0 ? [ruled.reason] : [];
  const unexplained = ruled.kind === "abstains" ? ruled.unexplained : [];
  return {
    ...plain,
    kind: "skeleton",
    sql: skeleton.sql,
    reading: skeleton.reading,
    tables: skeleton.tables,
    valid: false,
    unexplained,
    notes: [...notes, ...said],
  };
}

function checkedNotes(sql: string, { howChecked }: AskContext): readonly string[] {
  const how = howChecked?.(sql) ?? null;
  return how === null ? [] : [how];
}

function isPlanned(sql: string, { check }: AskContext): Promise<string | null> {
  return check ? check(sql) : Promise.resolve(null);
}
