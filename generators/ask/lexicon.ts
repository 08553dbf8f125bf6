import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { TimeWords } from "#schemas/dialects/time-words.ts";
import type { Column, SchemaModel, Table } from "#schemas/model.ts";
import { displayColumns, isNumeric, isTime, keyColumns } from "./display.ts";
import { decompound } from "../search/decompound.ts";
import { expansionOf, synonymsOf } from "../search/dictionary.ts";
import { splitWords, stem } from "../search/tokenise.ts";
import { waysOf, type Ways } from "./ways.ts";

/** What words of a question may mean: a table, or a column of one. */
export interface Meaning {
  readonly table: Table;
  /** Absent for the table itself. */
  readonly column?: Column;
  /** How sure: 1 for the whole name, less for a part of it or a synonym. */
  readonly weight: number;
}

/** The words of a schema, and what each may mean. */
export interface Lexicon {
  /** By stems joined with a space, stop words left out; best first. */
  find(phrase: string): readonly Meaning[];
  /** Most words a phrase has. */
  readonly longest: number;
  readonly tables: readonly Table[];
  readonly ways: Ways;
  /** How the database reckons with times. */
  readonly time: TimeWords;
}

/** Words of a name that a glossary or a model gives. */
const LONGEST_NAME = 4;

/** Words inside a name that nobody says: `num_of_staff` is the number of staff. */
const LEFT_OUT = new Set(["of", "the", "by", "in", "a", "an", "for", "to", "on", "at", "and"]);
const WEIGHT = { whole: 1, display: 0.7, withoutTable: 0.95, part: 0.6, oneWord: 0.4, synonym: 0.5 } as const;
/** Words that say nothing by themselves in a name of several. */
const COMMON = new Set(["name", "id", "type", "number", "num", "code", "date", "info", "data", "text", "no", "value"]);

/**
 * Builds the lexicon of a model's tables; partitions are their parents once more. `also`: other words for tables and
 * columns, by ObjectId; what the repository itself calls them counts like their name.
 */
export function buildLexicon(model: SchemaModel, also: Readonly<Record<string, readonly string[]>> = {}): Lexicon {
  const tables = model.tables.filter(({ partitionOf }) => !partitionOf);
  const known = new Set(tables.flatMap(({ name }) => splitWords(name).flatMap((word) => [word, stem(word)])));
  const ways = waysOf(model);
  const meanings = new Map<string, Meaning[]>();
  const add = (words: readonly string[], meaning: Meaning): void => {
    const phrase = words.filter((word) => !LEFT_OUT.has(word)).join(" ");
    if (phrase === "") return;
    const list = meanings.get(phrase) ?? [];
    const same = list.findIndex(({ table, column }) => table === meaning.table && column === meaning.column);
    if (same < 0) list.push(meaning);
    else if ((list[same]?.weight ?? 0) < meaning.weight) list[same] = meaning;
    meanings.set(phrase, list);
  };
  // A whole question is no name.
  const otherNames = (id: string): readonly (readonly string[])[] =>
    (also[id] ?? []).map((other) => wordsOf(other, known)).filter(({ length }) => length <= LONGEST_NAME);
  for (const table of tables) {
    const name = wordsOf(table.name, known);
    for (const [words, weight] of phrases(name, [])) add(words, { table, weight });
    for (const words of otherNames(table.id)) add(words, { table, weight: WEIGHT.whole });
    // An orchestra's name is in the column that is called as the table where none is called a name.
    for (const column of displayColumns(table).slice(0, 1)) add(["name"], { table, column, weight: WEIGHT.display });
    addCommon(table, add);
    for (const column of table.columns) {
      for (const words of otherNames(column.id)) add(words, { table, column, weight: WEIGHT.whole });
      const target = referred(table, column);
      for (const [words, weight] of phrases(wordsOf(column.name, known), name)) {
        // `channel` is rather the channel that it refers to than the text it holds.
        add(words, { table, column, weight: target ? weight * 0.9 : weight });
        if (target && !words.includes("id") && weight > 0.9) add(words, { table: target, weight: weight * 0.92 });
      }
    }
  }
  function referred(table: Table, column: Column): Table | undefined {
    const join = ways.at
      .get(table.id)
      ?.find(
        ({ from, to, columns }) =>
          from === table.id && to !== table.id && columns.length === 1 && columns[0]?.[0] === column.name,
      );
    const target = join && ways.byId.get(join.to);
    return target && wordsOf(column.name, known).some((word) => wordsOf(target.name, known).includes(word))
      ? target
      : undefined;
  }
  for (const list of meanings.values()) list.sort((a, b) => b.weight - a.weight);
  return {
    find: (phrase) => meanings.get(phrase) ?? [],
    longest: Math.max(1, ...[...meanings.keys()].map((phrase) => phrase.split(" ").length)),
    tables,
    ways,
    time: dialectFacts(model.dialect).time,
  };
}

/** The stems of a name, lower-case compounds taken apart and abbreviations written out. */
export function wordsOf(name: string, known: ReadonlySet<string>): string[] {
  return splitWords(name).flatMap((word) => {
    const parts = decompound(word, known);
    const long = expansionOf(word);
    if (parts.length > 0) return parts.map(stem);
    return long.length > 0 ? long.map(stem) : [stem(word)];
  });
}

/** The ways people say a name, each with how sure it is. `owner`: the words of a column's table. */
function phrases(words: readonly string[], owner: readonly string[]): (readonly [readonly string[], number])[] {
  const found: (readonly [readonly string[], number])[] = [[words, WEIGHT.whole]];
  const said = words.filter((word) => !LEFT_OUT.has(word));
  const rest = withoutOwner(said, owner);
  if (rest.length < said.length && rest.length > 0) found.push([rest, WEIGHT.withoutTable]);
  const last = rest.at(-1) ?? "";
  if (rest.length > 1) {
    found.push([rest.slice(1), WEIGHT.part]);
    // `maximum range` is `max_range`, `release year` may be asked for as the year of release. A table is not turned
    // round: the actors in a film are no `film_actor`.
    if (owner.length > 0) found.push([rest.toReversed(), WEIGHT.part]);
    for (const word of rest)
      if (!COMMON.has(word) && word.length > 2) found.push([[word], word === last ? WEIGHT.part : WEIGHT.oneWord]);
    if (owner.length > 0 && COMMON.has(last)) found.push([rest.slice(0, -1), WEIGHT.part]);
  }
  // `countries speak` is no name of country_language, but `birth town` is one of birth_city.
  for (const synonym of rest.length === 1 || owner.length > 0 ? synonymsOf(last) : [])
    found.push([[...rest.slice(0, -1), stem(synonym)], WEIGHT.synonym]);
  return found;
}

/** `the ids of accounts` are their keys, `the date of a visit` is its only date. */
function addCommon(table: Table, add: (words: readonly string[], meaning: Meaning) => void): void {
  const [key, ...more] = keyColumns(table);
  if (key && more.length === 0) add(["id"], { table, column: key, weight: WEIGHT.display });
  const times = table.columns.filter(isTime);
  const [time] = times;
  if (time && times.length === 1) add(["date"], { table, column: time, weight: WEIGHT.display });
  // What is sold brings in what it comes to.
  const worth = ["total_amount", "total_price", "amount", "total", "total_spent"]
    .map((name) => table.columns.find((column) => column.name.toLowerCase() === name && isNumeric(column)))
    .find((column) => column !== undefined);
  if (worth) for (const word of ["revenue", "turnover"]) add([word], { table, column: worth, weight: WEIGHT.synonym });
  for (const column of table.columns) {
    // Who directed is in `directed_by`.
    for (const doer of doersOf(column.name)) add([doer], { table, column, weight: 0.8 });
    // A phone is asked for as its number, a zip as its code.
    const words = splitWords(column.name).map(stem);
    for (const more of SAID_MORE.get(words.at(-1) ?? "") ?? []) add([...words, more], { table, column, weight: 0.9 });
  }
}

function doersOf(name: string): readonly string[] {
  const verb = /^([a-z]{3,}?)(?:t?en|ed|e?d)_by$/i.exec(name)?.[1]?.toLowerCase();
  return verb === undefined ? [] : [`${verb}er`, `${verb}or`];
}

const SAID_MORE: ReadonlyMap<string, readonly string[]> = new Map([
  ["phone", ["number"]],
  ["telephone", ["number"]],
  ["fax", ["number"]],
  ["mobile", ["number"]],
  ["zip", ["code"]],
  ["postcode", ["number"]],
  ["email", ["address"]],
  ["mail", ["address"]],
  ["fname", ["name"]],
  ["code", ["number"]],
  ["no", ["number"]],
  ["latitude", ["coordinate"]],
  ["longitude", ["coordinate"]],
]);

const SHORTEST_PREFIX = 3;

function withoutOwner(words: readonly string[], owner: readonly string[]): readonly string[] {
  if (owner.length === 0) return words;
  const head = owner.every((word, at) => words[at] === word) ? owner.length : 0;
  const [first = ""] = words;
  // `cont_id` of continents.
  if (head === 0 && words.length > 1 && first.length >= SHORTEST_PREFIX && owner[0]?.startsWith(first))
    return words.slice(1);
  const last = owner.at(-1);
  if (head > 0) return words.slice(head);
  return words[0] === last && words.length > 1 ? words.slice(1) : words;
}
