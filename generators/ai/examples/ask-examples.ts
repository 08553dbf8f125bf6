import { z } from "zod";
import { KEPT_EXAMPLES_VERSION, type KeptExamples } from "#schemas/json/kept-examples.ts";
import type { Dialect } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Progress } from "#schemas/ports.ts";
import type { ColumnExamples } from "../../fixtures/column-examples.ts";
import type { VagueColumn } from "../../fixtures/vague-columns.ts";
import type { Ai, AiNoAnswer, NoAnswerReason } from "../ai.ts";
import { contentKey } from "../content-key.ts";
import { endsAsking } from "../describe/describe-database.ts";
import { familyOf } from "../describe/describe-texts.ts";
import { textCheck } from "../kept-texts.ts";
import { buildPrompt, promptRulesKey, type PrivacyLevel, type Prompt, type RelationView } from "../prompt.ts";

/** A table with columns whose values their names do not tell. */
export interface ExampleTable {
  readonly relation: RelationView;
  readonly columns: readonly VagueColumn[];
}

export interface ExampleWording {
  readonly level: PrivacyLevel;
  readonly dialect: Dialect;
  /** Of the values, as the fixtures' `locale`. */
  readonly language: string;
}

export interface ExamplesInput {
  readonly tables: readonly ExampleTable[];
  readonly wording: ExampleWording;
  /** The committed entries. */
  readonly kept: readonly KeptExamples[];
  /** Tables whose entry cannot be read: they are left alone until a person has mended it. */
  readonly unreadable?: ReadonlySet<ObjectId>;
  /** Absent: nothing is asked, and what is kept is used. */
  readonly ai?: Ai;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface AskedExamples {
  /** What fixtures draw from. */
  readonly examples: ColumnExamples;
  /** Entries to be committed; those of tables and columns that are gone are not among them. */
  readonly entries: readonly KeptExamples[];
  readonly counts: { readonly columns: number; readonly written: number; readonly left: number };
  /** Why some columns are left to be asked again; absent when none is, or nobody was asked. */
  readonly because?: { readonly reason: NoAnswerReason; readonly message: string };
  /** Columns for which the model gave nothing that fits. */
  readonly unfit: readonly ObjectId[];
}

type Kept = KeptExamples["columns"][string];

/**
 * Believable values for text columns: kept where they fit what the column is now, asked for where they do not. Only
 * names, types, keys and comments are sent. What a model gives is checked value by value; a column that has none that
 * fits is kept as that, so that nobody pays for it twice.
 */
export async function askExamples(input: ExamplesInput): Promise<AskedExamples> {
  const { tables, wording, ai, progress } = input;
  const before = new Map(input.kept.flatMap(({ columns }) => Object.entries(columns)));
  const current = new Map<ObjectId, Kept>();
  const open: ExampleTable[] = [];
  for (const table of tables) {
    const missing: VagueColumn[] = [];
    for (const column of table.columns) {
      const kept = before.get(column.id);
      if (kept && (await isCurrent(kept, table, column, wording))) current.set(column.id, await marked(kept));
      else missing.push(column);
    }
    if (missing.length > 0 && !input.unreadable?.has(table.relation.id)) open.push({ ...table, columns: missing });
  }
  const total = open.reduce((sum, { columns }) => sum + columns.length, 0);
  const unfit: ObjectId[] = [];
  let written = 0;
  let because: AskedExamples["because"];
  const asked = ai && total > 0 && ai.chosen(TASK) !== null ? ai : null;
  if (asked) progress.start("ai", total);
  for (const batch of batchesOf(open)) {
    if (!asked) break;
    const answered = await askBatch(batch, { ...input, ai: asked });
    if ("kind" in answered) {
      because = { reason: answered.reason, message: answered.message };
      // A fault of one batch is no reason to give up the rest.
      if (endsAsking(answered.reason)) break;
      continue;
    }
    for (const table of batch) {
      for (const column of table.columns) {
        const values = answered.values.get(column.id);
        if (!values) continue;
        const family = familyOf(answered.model);
        const key = await columnKey(table, column, wording, family);
        current.set(column.id, { key, family, values, by: "ai", check: await checkOf(values) });
        if (values.length === 0) unfit.push(column.id);
        written += 1;
      }
    }
    progress.step("ai", written);
  }
  const left = total - written;
  const missed = { reason: "unusable", message: "no model gave values for them" } as const;
  return {
    examples: new Map([...current].map(([id, { values }]) => [id, values])),
    // What no longer fits is not used, and waits for whoever can ask.
    entries: entriesOf(tables, new Map([...before, ...current])),
    counts: { columns: tables.reduce((sum, { columns }) => sum + columns.length, 0), written, left },
    ...(asked && left > 0 && { because: because ?? missed }),
    unfit,
  };
}

const TASK = "example-values";

/** Values a column is asked for: enough that the rows of a demo do not look copied. */
const WANTED = 24;
/** Tables and columns of a call; a longer answer is cut more often than it is right. */
const MOST_TABLES = 6;
const MOST_COLUMNS = 12;

const answerSchema = z.strictObject({
  columns: z.array(z.strictObject({ id: z.string(), values: z.array(z.string()) })),
});

const system = (language: string): string =>
  [
    "You invent rows for the test database of an application that nobody has data of.",
    "names: ids of text columns. For each of them give one entry with its id as it is written and its values.",
    `values: ${WANTED} different values that such a column would hold in a real product, as short or long as they would be, each complete.`,
    "Take the meaning from the table, its columns, keys and comments. Keep to the length that the type allows.",
    `Write values in the language with the tag ${language}; codes and states stay as programs write them.`,
    "Everything is made up: no name of a real person, no e-mail address, no telephone number, no address on the web.",
  ].join("\n");

function examplesPrompt(tables: readonly ExampleTable[], { level, dialect, language }: ExampleWording): Prompt | null {
  return buildPrompt({
    level,
    dialect,
    system: system(language),
    data: {
      relations: tables.map(({ relation }) => relation),
      names: tables.flatMap(({ columns }) => columns.map(({ id }) => id)),
    },
  });
}

/** Changes with the column itself and the way of asking, not with what else the table gets. */
async function columnKey(
  { relation }: ExampleTable,
  { name }: VagueColumn,
  { level, dialect, language }: ExampleWording,
  family: string,
): Promise<string> {
  const own = relation.columns.filter((column) => column.name === name);
  const alone: RelationView = { id: relation.id, kind: relation.kind, columns: own };
  const prompt = buildPrompt({ level, dialect, system: system(language), data: { relations: [alone] } });
  const rules = await promptRulesKey();
  const schema = z.toJSONSchema(answerSchema);
  return contentKey({ task: TASK, column: prompt?.input, template: system(language), rules, schema, family });
}

/** A person's values stay whatever becomes of the column. */
async function isCurrent(kept: Kept, table: ExampleTable, column: VagueColumn, wording: ExampleWording) {
  if ((await marked(kept)).by === "person") return true;
  return kept.key === (await columnKey(table, column, wording, kept.family));
}

async function marked(kept: Kept): Promise<Kept> {
  const check = await checkOf(kept.values);
  return check === kept.check ? kept : { ...kept, by: "person", check };
}

const checkOf = (values: readonly string[]): Promise<string> => textCheck(JSON.stringify(values));

function batchesOf(tables: readonly ExampleTable[]): readonly (readonly ExampleTable[])[] {
  const batches: ExampleTable[][] = [];
  let columns = 0;
  // A wide table is asked in parts.
  const parts = tables.flatMap((table) =>
    Array.from({ length: Math.ceil(table.columns.length / MOST_COLUMNS) }, (_, at) => ({
      ...table,
      columns: table.columns.slice(at * MOST_COLUMNS, (at + 1) * MOST_COLUMNS),
    })),
  );
  for (const part of parts) {
    const last = batches.at(-1);
    const fits = last && last.length < MOST_TABLES && columns + part.columns.length <= MOST_COLUMNS;
    if (fits) last.push(part);
    else batches.push([part]);
    columns = (fits ? columns : 0) + part.columns.length;
  }
  return batches;
}

interface Answered {
  readonly model: string;
  /** What fits, by column; a column that the answer leaves out is not there. */
  readonly values: ReadonlyMap<ObjectId, readonly string[]>;
}

async function askBatch(
  batch: readonly ExampleTable[],
  { ai, wording, signal }: ExamplesInput & { readonly ai: Ai },
): Promise<Answered | AiNoAnswer> {
  const wanted = new Map(batch.flatMap(({ columns }) => columns.map((column) => [column.id, column])));
  const outcome = await ai.generate({
    task: TASK,
    prompt: examplesPrompt(batch, wording),
    schema: answerSchema,
    ...(signal && { signal }),
  });
  if (outcome.kind === "failure") return outcome;
  const values = new Map<ObjectId, readonly string[]>();
  for (const { id, values: given } of outcome.value.columns) {
    const column = wanted.get(id);
    if (column) values.set(id, distinct(given.filter((text) => column.refuse(text) === null)).slice(0, WANTED));
  }
  return { model: outcome.model, values };
}

/** Each once, whatever its case. */
function distinct(texts: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return texts.filter((text) => {
    const key = text.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

function entriesOf(tables: readonly ExampleTable[], all: ReadonlyMap<ObjectId, Kept>): readonly KeptExamples[] {
  return tables
    .map(({ relation, columns }): KeptExamples => {
      const own = columns.flatMap(({ id }): (readonly [ObjectId, Kept])[] => {
        const kept = all.get(id);
        return kept ? [[id, kept]] : [];
      });
      return {
        version: KEPT_EXAMPLES_VERSION,
        id: relation.id,
        columns: Object.fromEntries(own.toSorted(([a], [b]) => (a < b ? -1 : 1))),
      };
    })
    .filter(({ columns }) => Object.keys(columns).length > 0)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
