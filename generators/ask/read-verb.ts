import type { Table } from "#schemas/model.ts";
import { classOf } from "../search/value-hints.ts";
import { splitWords, stem } from "../search/tokenise.ts";
import { isNumeric, isTime } from "./display.ts";
import type { Asked } from "./intent.ts";
import type { Meaning } from "./lexicon.ts";
import {
  asked,
  askedColumn,
  columnsByStem,
  isQuantity,
  peek,
  phraseOf,
  startWithout,
  takePart,
  type Reader,
} from "./reader.ts";
import { joinsTables } from "./ways.ts";

/**
 * Reads a verb that the schema has a noun or a time for: `hired` is the date of hire, `rented` a rental, `weighing` the
 * weight. False, and nothing is changed, when there is none or more than one.
 */
export function readVerb(reader: Reader, word: string): boolean {
  const bases = verbBases(word.toLowerCase());
  return (
    readMeasure(reader, bases) || readTime(reader, word, bases) || readDoing(reader, bases) || readRole(reader, bases)
  );
}

/** The forms that a verb may have without its ending: `hired` is of `hire` or `hir`. */
export function verbBases(word: string): readonly string[] {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return [irregular];
  if (!/(?:ed|ing|s)$/.test(word)) return [word];
  const bare = word.replace(/(?:ed|ing|s)$/, "");
  const single = /([bdgmnprt])\1$/.test(bare) ? [bare.slice(0, -1)] : [];
  const full = word.endsWith("s") ? [] : [`${bare}e`];
  return [...full, bare, ...single];
}

/** What people do with numbers, as the columns that hold them. */
const MEASURES: ReadonlyMap<string, readonly string[]> = new Map([
  ["weigh", ["weight"]],
  ["cost", ["cost", "price", "fee", "amount"]],
  ["last", ["duration", "length", "runtime", "minute"]],
  ["earn", ["salary", "income", "wage", "earning", "pay"]],
  ["measure", ["height", "length", "size"]],
  ["hold", ["capacity"]],
  ["seat", ["capacity", "seat"]],
]);

/** What is given for something adds up over all that somebody did. */
const SPENDING = new Set(["spend", "pay"]);
const SPENT = ["spent", "amount", "total", "cost", "price", "fee"];

/** The amount of the table that refers to who spends; null when there is none, or when two have one. */
function spentBy({ lexicon, intent, focus }: Reader): Asked | null {
  const [item] = [...intent.groups, ...intent.items];
  const subject = item?.kind === "thing" ? item.table : (item?.asked?.near ?? focus);
  if (subject === null || subject === undefined) return null;
  const named = [...intent.involved].filter((table) => table !== subject);
  const near = (lexicon.ways.at.get(subject.id) ?? []).flatMap(({ from, to }) =>
    to === subject.id && from !== subject.id ? (lexicon.ways.byId.get(from) ?? []) : [],
  );
  const found = [...new Set([...named, ...near])].flatMap((table) => {
    const [column] = columnsByStem(table, SPENT, (one) => isQuantity(one, table));
    return column ? [{ table, column, weight: 1 }] : [];
  });
  const [best, second] = found;
  if (!best || (second && !named.includes(best.table))) return null;
  return { words: "spent", meanings: [best], near: best.table, isTotal: true };
}

function readMeasure(reader: Reader, bases: readonly string[]): boolean {
  const { focus } = reader;
  const stems = bases.flatMap((base) => MEASURES.get(base) ?? []);
  if (focus === null) return false;
  const [column] = columnsByStem(focus, stems, (one) => isQuantity(one, focus));
  const spent = bases.some((base) => SPENDING.has(base)) ? spentBy(reader) : null;
  if (column === undefined && spent === null) return false;
  reader.pending = column ? askedColumn(focus, column) : spent;
  reader.earlier = reader.pending;
  reader.at += 1;
  return true;
}

/** A time or year that is called as the verb, of a table that takes part. */
function readTime(reader: Reader, word: string, bases: readonly string[]): boolean {
  const { focus, intent, lexicon } = reader;
  const tables = new Set([...(focus ? [focus] : []), ...intent.involved]);
  const isWhen = ({ table, column }: Meaning): boolean =>
    column !== undefined && tables.has(table) && (isTime(column) || (isNumeric(column) && /year/i.test(column.name)));
  const meanings = bases.flatMap((base) => lexicon.find(base)).filter(isWhen);
  if (meanings.length === 0 || !leadsToNumber(reader)) return false;
  reader.pending = asked(word, meanings, focus);
  reader.earlier = reader.pending;
  reader.at += 1;
  return true;
}

/** `born in 1980`, `hired between 2001 and 2003`: a time is said of the verb. */
function leadsToNumber(reader: Reader): boolean {
  for (let ahead = 1; ahead <= 4; ahead += 1) {
    const chunk = peek(reader, ahead);
    if (chunk?.kind === "number") return true;
    if (!["compare", "between", "preposition", "noise"].includes(phraseOf(chunk)?.kind ?? "")) return false;
  }
  return false;
}

const SHORTEST_BASE = 4;
/** A table that is farther has its own ways to be spoken of. */
const FARTHEST = 2;

/** The table whose name begins as the verb does: who rented something has a rental. */
function readDoing(reader: Reader, bases: readonly string[]): boolean {
  const table = doingOf(reader, bases);
  if (table === null) return false;
  reader.at += 1;
  if (reader.negated) startWithout(reader, table);
  else takePart(reader, table);
  reader.pending = null;
  reader.focus = table;
  return true;
}

/** `students advised by a teacher`: the reference is called as who does it, `advisor_id`, and joins the two. */
function readRole(reader: Reader, bases: readonly string[]): boolean {
  const { focus, intent } = reader;
  const roots = bases.map((base) => base.replace(/e$/, "")).filter((base) => base.length >= SHORTEST_BASE);
  const tables = new Set([...(focus ? [focus] : []), ...intent.involved]);
  const isRole = (name: string): boolean => {
    const [first = ""] = splitWords(name);
    return /(?:or|er)$/.test(first) && roots.some((root) => first.startsWith(root));
  };
  const found = [...tables].some(({ constraints }) =>
    constraints.some(({ kind, columns }) => kind === "foreign key" && columns.some(isRole)),
  );
  if (!found || reader.negated) return false;
  reader.at += 1;
  return true;
}

function doingOf({ lexicon, intent, focus }: Reader, bases: readonly string[]): Table | null {
  const long = bases.filter((base) => base.length >= SHORTEST_BASE);
  const begins = (table: Table): boolean =>
    splitWords(table.name)
      .map(stem)
      .some((part) => long.some((base) => part.startsWith(base) || verbBases(part).includes(base)));
  const near = [...(focus ? [focus] : []), ...intent.involved];
  const distance = (table: Table): number => Math.min(...near.map((other) => joinsTables(lexicon.ways, other, table)));
  const found = lexicon.tables
    // A producer is somebody, and not what it is to produce.
    .filter((table) => begins(table) && !intent.involved.has(table) && classOf(table.name) !== "person")
    .map((table) => ({ table, far: distance(table) }))
    .filter(({ far }) => far <= FARTHEST)
    .sort((a, b) => a.far - b.far);
  const [best, second] = found;
  return best && best.far !== second?.far ? best.table : null;
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["born", "birth"],
  ["bought", "buy"],
  ["built", "build"],
  ["died", "death"],
  ["held", "hold"],
  ["paid", "pay"],
  ["sold", "sale"],
  ["spent", "spend"],
  ["began", "start"],
  ["begun", "start"],
  ["ended", "end"],
  ["flown", "flight"],
  ["married", "marriage"],
  ["won", "win"],
]);
