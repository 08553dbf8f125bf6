import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Column, Dialect, SchemaModel, Table } from "#schemas/model.ts";
import type { KnownValues, ValueHit } from "./chunks.ts";
import { inDialect } from "./in-dialect.ts";
import type { Lexicon } from "./lexicon.ts";
import { quoteName, quoteText } from "./quote.ts";
import { questionTokens } from "./tokens.ts";

/** Runs a read-only query and gives its rows as text; null when it fails. */
export type ReadRows = (sql: string) => Promise<readonly (readonly string[])[] | null>;

/** Columns that are looked into for one question. */
const MOST_COLUMNS = 80;
/** Words a value has at most. */
const LONGEST_VALUE = 5;

/** Which columns hold what a question names: labels of enums, and rows of the tables it is linked to. */
export async function findValues(
  question: string,
  context: {
    readonly lexicon: Lexicon;
    readonly linked: readonly string[];
    readonly model: SchemaModel;
    readonly read?: ReadRows | undefined;
  },
): Promise<KnownValues> {
  const { lexicon, linked, model, read } = context;
  const found = new Map<string, ValueHit[]>();
  const add = (hit: ValueHit): void => {
    const key = hit.value.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), hit]);
  };
  for (const hit of labels(lexicon, model)) add(hit);
  const texts = candidates(question);
  const columns = linked
    .flatMap((id) => lexicon.ways.byId.get(id) ?? [])
    .flatMap((table) => table.columns.filter(isText).map((column) => ({ table, column })))
    .slice(0, MOST_COLUMNS);
  if (read === undefined || texts.length === 0 || columns.length === 0) return found;
  for (const [at = "", value = ""] of (await read(lookUp(columns, texts, model.dialect))) ?? []) {
    const place = columns[Number(at)];
    if (place) add({ ...place, value });
  }
  return found;
}

/** The rows that hold one of the texts, with the position of their column, in the SQL of the database that is asked. */
function lookUp(
  columns: readonly Pick<ValueHit, "table" | "column">[],
  texts: readonly string[],
  dialect: Dialect,
): string {
  const { canRun } = dialectFacts(dialect);
  // A backslash escapes in some dialects and not in others: no name of a thing has one.
  const list = texts
    .filter((text) => canRun || !text.includes("\\"))
    .map(quoteText)
    .join(", ");
  const parts = columns.map(({ table, column }, at) => {
    const name = canRun ? `${quoteName(column.name)}::text` : quoteName(column.name);
    const found = `SELECT DISTINCT ${at} AS place, ${name} AS value\nFROM ${tableName(table)}\nWHERE lower(${name}) IN (${list})\nLIMIT 5`;
    return `SELECT place, value\nFROM (${found}) AS found_${at}`;
  });
  return inDialect(parts.join("\nUNION ALL\n"), dialect);
}

/** Scripts of MySQL that name no database make tables of the one that is connected. */
const tableName = ({ schema, name }: Table): string =>
  schema === "main" ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;

const isText = ({ type }: Column): boolean => type.family === "text" && !type.dimensions;

function labels({ tables }: Lexicon, { enums }: SchemaModel): ValueHit[] {
  const byId = new Map(enums.map((type) => [type.id, type.labels]));
  return tables.flatMap((table: Table) =>
    table.columns.flatMap((column) =>
      (byId.get(column.type.typeId ?? "") ?? []).map((value) => ({ table, column, value })),
    ),
  );
}

/** Quoted texts, and every run of words that begins and ends with one that may be part of a name. */
function candidates(question: string): string[] {
  const tokens = questionTokens(question);
  const found = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind === "quoted") found.add(token.lower);
    for (let length = 1; length <= LONGEST_VALUE && at + length <= tokens.length; length += 1) {
      const part = tokens.slice(at, at + length);
      if (part.some(({ kind }) => kind === "mark" || kind === "quoted")) break;
      const text = part.map(({ lower }) => lower).join(" ");
      if (text.length > 2) found.add(text);
    }
  }
  return [...found].slice(0, MOST_TEXTS);
}

const MOST_TEXTS = 300;
