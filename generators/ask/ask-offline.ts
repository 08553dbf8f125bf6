import type { SavedQuery } from "../generator.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { buildIndex } from "../search/build-index.ts";
import { linkTables } from "../search/link-tables.ts";
import { answerByRule } from "./answer-by-rule.ts";
import { inDialect } from "./in-dialect.ts";
import { findValues, type ReadRows } from "./find-values.ts";
import { buildLexicon, type Lexicon } from "./lexicon.ts";
import { nearestSaved } from "./nearest-saved.ts";
import { writeSkeleton } from "./skeleton.ts";

/** What an answer without a model needs of the world. Browser-safe: the site asks by it too. */
export interface OfflineContext {
  readonly model: SchemaModel;
  readonly queries: readonly SavedQuery[];
  /** What a person or a writer says about an object, by ObjectId. */
  readonly descriptions: Readonly<Record<string, string>>;
  /** Other words for an object, by ObjectId: those of a glossary, aliases that a model wrote. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Plans a query and does not run it; null when it holds, else what is wrong, in words. Default: nothing is planned. */
  readonly check?: (sql: string) => Promise<string | null>;
  /** How a query that holds was checked, where that is worth saying. */
  readonly howChecked?: (sql: string) => string | null;
  /** Runs a read-only query for the values that a question names. Default: values are told by their words alone. */
  readonly read?: ReadRows;
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

/** The words of a schema, and the tables a question is about, best first. */
export interface Linked {
  readonly lexicon: Lexicon;
  readonly linked: readonly string[];
}

/** Tables that a model is told about, and that values are looked for in. */
const LINKED_TABLES = 10;

export const plain = { model: "offline", unexplained: [], notes: [] } as const;

/** The saved query that asks the same; null when none does. */
export async function savedAnswer(question: string, context: OfflineContext): Promise<Answer | null> {
  const saved = nearestSaved(question, context.queries);
  if (!saved || (await problemOf(saved.sql, context)) !== null) return null;
  const reading = `The saved query “${saved.title}” asks this.`;
  const notes = checkedNotes(saved.sql, context);
  return { ...plain, kind: "saved", sql: saved.sql, reading, tables: saved.uses, valid: true, notes };
}

export function linkQuestion(question: string, { model, queries, descriptions, words = {} }: OfflineContext): Linked {
  const index = buildIndex({ model, queries, descriptions, words }, ["table", "view"]);
  return {
    lexicon: buildLexicon(model, words),
    linked: linkTables(index, question, LINKED_TABLES).map(({ id }) => id),
  };
}

/** A query that follows the grammar and explains every word; else the tables and joins it is about, to begin with. */
export async function ruleAnswer(
  question: string,
  context: OfflineContext,
  { lexicon, linked, notes: given }: Linked & { readonly notes: readonly string[] },
): Promise<Answer> {
  const { model, read } = context;
  const notes = [...given];
  const values = await findValues(question, { lexicon, linked, model, read });
  const ruled = answerByRule(question, lexicon, values);
  if (ruled.kind === "answer") {
    const sql = inDialect(ruled.sql, model.dialect);
    const problem = await problemOf(sql, context);
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

/** What is said of how a query was checked. */
export function checkedNotes(sql: string, { howChecked }: Pick<OfflineContext, "howChecked">): readonly string[] {
  const how = howChecked?.(sql) ?? null;
  return how === null ? [] : [how];
}

/** Answers by saved queries and by rule, without any model. */
export async function askOffline(question: string, context: OfflineContext): Promise<Answer> {
  const saved = await savedAnswer(question, context);
  return saved ?? (await ruleAnswer(question, context, { ...linkQuestion(question, context), notes: [] }));
}

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

function problemOf(sql: string, { check }: OfflineContext): Promise<string | null> {
  return check ? check(sql) : Promise.resolve(null);
}
