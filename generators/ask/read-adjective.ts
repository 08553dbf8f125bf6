import type { Table } from "#schemas/model.ts";
import { splitWords, stem } from "../search/tokenise.ts";
import { askedColumn, columnsByStem, columnsOf, peek, tableOf, type Reader } from "./reader.ts";
import { verbBases } from "./read-verb.ts";

/**
 * Reads an adjective that says which rows are meant: `female patients`, `inactive customers`, `abandoned dogs`. False,
 * and nothing is changed, when the thing it is said of has no such column.
 */
export function readAdjective(reader: Reader, word: string): boolean {
  const table = tableOf(peek(reader, 1))?.table ?? reader.focus;
  if (table === null) return false;
  const isRead =
    readGender(reader, word.toLowerCase(), table) ||
    readFlagged(reader, word.toLowerCase(), table) ||
    readAlive(reader, word.toLowerCase(), table);
  const [first] = reader.intent.items;
  // `how many female dogs for each breed` counts dogs.
  if (isRead && tableOf(peek(reader)) && first?.kind === "count" && first.of === null && !first.asked) first.of = table;
  return isRead;
}

/** However a database writes them. */
const GENDERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["female", ["F", "f", "Female", "female"]],
  ["women", ["F", "f", "Female", "female"]],
  ["male", ["M", "m", "Male", "male"]],
  ["men", ["M", "m", "Male", "male"]],
]);

function readGender(reader: Reader, word: string, table: Table): boolean {
  const values = GENDERS.get(word.replace(/^(fe)?males$/, "$1male"));
  const [column] = columnsByStem(table, ["gender", "sex"], ({ type }) => type.family === "text");
  if (values === undefined || column === undefined) return false;
  const op = reader.negated ? "<>" : "=";
  reader.sink.push({ kind: "compare", asked: askedColumn(table, column), op, values: [...values], isText: true });
  reader.negated = false;
  reader.at += 1;
  return true;
}

/** Who is alive has no day or year of death. */
function readAlive(reader: Reader, word: string, table: Table): boolean {
  const [column] = columnsByStem(table, ["death", "died", "deceased"], ({ nullable }) => nullable);
  if (!/^(?:alive|living|dead|deceased)$/.test(word) || column === undefined) return false;
  const isNull = /^(?:alive|living)$/.test(word) !== reader.negated;
  reader.sink.push({ kind: "null", asked: askedColumn(table, column), isNull });
  reader.negated = false;
  reader.at += 1;
  return true;
}

/** A column of yes and no that is called as the adjective, or as what it denies. */
function readFlagged(reader: Reader, word: string, table: Table): boolean {
  const bare = word.replace(/^(?:un|in|non-?)/, "");
  const stems = new Set([word, ...verbBases(word)].map(stem));
  const denied = bare === word ? new Set<string>() : new Set([bare, ...verbBases(bare)].map(stem));
  const flags = table.columns.filter(({ type }) => type.family === "boolean");
  const called = (words: ReadonlySet<string>) =>
    flags.filter(({ name }) => splitWords(name).some((part) => words.has(part) || words.has(stem(part))));
  const [yes, no] = [called(stems), called(denied)];
  const [column, other] = yes.length > 0 ? yes : no;
  if (column === undefined || other !== undefined) return false;
  reader.sink.push({ kind: "true", asked: askedColumn(table, column), value: yes.length > 0 !== reader.negated });
  reader.negated = false;
  reader.at += 1;
  return true;
}

/** True when a mention is a column of yes and no of the thing that is named right after it: it then says which. */
export function isFlagOfNext(reader: Reader): boolean {
  const next = peek(reader, 1);
  const flags = columnsOf(peek(reader), ({ type }) => type.family === "boolean");
  const tables = next?.kind === "mention" ? next.meanings.map(({ table }) => table) : [];
  return flags.some(({ table }) => tables.includes(table));
}

/** Reads such a mention; the thing that follows is left to be read. */
export function readFlagOfNext(reader: Reader): void {
  const next = peek(reader, 1);
  const tables = next?.kind === "mention" ? next.meanings.map(({ table }) => table) : [];
  const [flag] = columnsOf(peek(reader), ({ type }) => type.family === "boolean").filter(({ table }) =>
    tables.includes(table),
  );
  if (flag?.column)
    reader.sink.push({ kind: "true", asked: askedColumn(flag.table, flag.column), value: !reader.negated });
  reader.negated = false;
  reader.at += 1;
}
