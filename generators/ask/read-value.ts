import type { Column, Table } from "#schemas/model.ts";
import { joinsTables } from "./ways.ts";
import type { Chunk, ValueHit } from "./chunks.ts";
import { displayColumns, isKeyLike } from "./display.ts";
import type { Asked, Condition } from "./intent.ts";
import type { Comparison } from "./phrases.ts";
import {
  asked,
  askedColumn,
  columnsOf,
  columnsByStem,
  peek,
  phraseOf,
  prepositionBefore,
  tableOf,
  type Reader,
} from "./reader.ts";
import { classOf, valueHints } from "../search/value-hints.ts";

type ValueChunk = Extract<Chunk, { readonly kind: "value" }>;

/** Finds the column that a value is of and adds the condition; stays where it is when it cannot tell. */
export function readValue(reader: Reader, chunk: ValueChunk, ignoresCase = false): void {
  const column = columnOf(reader, chunk);
  if (column === null) return;
  reader.at += 1;
  leavePending(reader, column);
  const stored = column.value ?? chunk.text;
  if (readPersonName(reader, chunk, column)) return;
  const op: Comparison = reader.negated ? "<>" : "=";
  const { last } = reader;
  const isOwn = column.asked.meanings.every((meaning) => meaning.table === mainTable(reader));
  // One thing has one city: those in Rome and Paris are in one of them.
  if (
    last &&
    op === last.op &&
    sameColumn(last.asked, column.asked) &&
    (reader.joinsLast === "or" || (isOwn && reader.joinsLast !== "both"))
  )
    last.values.push(stored);
  else {
    const condition = {
      kind: "compare" as const,
      asked: column.asked,
      op,
      values: [stored],
      isText: true,
      ...(ignoresCase ? { ignoresCase } : {}),
    };
    reader.sink.push(condition);
    reader.last = condition;
  }
  if (reader.joinsLast !== "both") reader.joinsLast = null;
  reader.pending = null;
  reader.negated = false;
  const tables = new Set(column.asked.meanings.map((meaning) => meaning.table));
  const { near } = column.asked;
  const [only] = tables.size === 1 ? tables : [];
  const table = only ?? (near && tables.has(near) ? near : null);
  // What a thing must not have is looked for apart, so that things without any are not left out.
  if (table && op === "=" && reader.sink === reader.intent.conditions) reader.intent.involved.add(table);
  column.after?.();
}

/** A column that was named just before and is not the value's has no part in the question. */
function leavePending({ pending, intent, asksFor }: Reader, { asked: found }: Found): void {
  if (pending === null || found === pending || sameColumn(pending, found)) return;
  if (/(?:ed|ing|orn)\b|^(?:do|did|does)$/i.test(pending.words) || (intent.items.length === 0 && asksFor !== null))
    return;
  // `the percentage of a language in Spain` says again what the percentage is of.
  const listed = intent.items.flatMap((item) => (item.kind === "column" ? item.asked.meanings : []));
  const isAgain = pending.meanings.some(
    ({ table, column }) => !column || (isText(column) && listed.some((one) => one.table === table)),
  );
  if (!isAgain) intent.unexplained.push(pending.words);
}

/** `the owner "Smith"` is told by either name, `"Ada Smith"` by both. */
function readPersonName(reader: Reader, { text, hits }: ValueChunk, { asked: found, value, after }: Found): boolean {
  const [meaning, ...others] = found.meanings;
  const names = meaning ? displayColumns(meaning.table) : [];
  const [first, last] = names;
  const words = text.split(/\s+/);
  const isPerson = first !== undefined && last !== undefined && others.length === 0 && meaning?.column === first;
  if (!isPerson || hits.length > 0 || value !== undefined || reader.negated || words.length > 2) return false;
  if (reader.pending !== null && found === reader.pending) return false;
  const [one = "", two = one] = words;
  const compare = (column: Column, name: string): Condition => ({
    kind: "compare",
    asked: askedColumn(meaning.table, column),
    op: "=",
    values: [name],
    isText: true,
  });
  const second = compare(last, two);
  reader.sink.push(compare(first, one), second);
  if (words.length === 1) reader.intent.either.add(second);
  if (reader.sink === reader.intent.conditions) reader.intent.involved.add(meaning.table);
  reader.pending = null;
  after?.();
  return true;
}

/** What the question lists or counts. */
function mainTable({ intent }: Reader): Table | null {
  const [item] = intent.items;
  if (item?.kind === "thing") return item.table;
  if (item?.kind === "count") return item.of;
  return item?.asked.near ?? null;
}

interface Found {
  readonly asked: Asked;
  /** As stored, when that is known. */
  readonly value?: string;
  /** Takes in the words that told the column. */
  readonly after?: () => void;
}

function columnOf(reader: Reader, chunk: ValueChunk): Found | null {
  return (
    byData(reader, chunk) ??
    byPending(reader) ??
    byTableBeside(reader) ??
    byList(reader) ??
    byPreposition(reader, chunk) ??
    byItems(reader) ??
    byDisplay(reader, chunk)
  );
}

const isText = (column: Column): boolean => column.type.family === "text" || column.type.family === "enum";

/** What the data says; of several columns the one that is nearest to what is spoken of. */
function byData(reader: Reader, { hits }: ValueChunk): Found | null {
  if (hits.length === 0) return null;
  const { pending, focus } = reader;
  // A column that is named is meant, even where the rows at hand hold the value elsewhere.
  const isNamed = (pending?.meanings ?? []).some(({ column, table }) => column && isText(column) && table === focus);
  if (isNamed && !hits.some((hit) => pending?.meanings.some(({ column }) => column === hit.column))) return null;
  const scored = hits.map((hit) => ({ hit, score: closeness(reader, hit) })).sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (best === undefined) return null;
  if (second && second.score === best.score && second.hit.table !== best.hit.table) {
    // Two tables hold it by equal right, and nothing in the question says which.
    return null;
  }
  const { table, column, value } = best.hit;
  const next = peek(reader, 1);
  const isSaidAgain = columnsOf(next).some((meaning) => meaning.column === column);
  const pass = (): void => void (reader.at += 1);
  let after: (() => void) | undefined = isSaidAgain ? pass : undefined;
  if (tableOf(next)?.table === table) after = () => takeTable(reader, table);
  return { asked: askedColumn(table, column), value, ...(after ? { after } : {}) };
}

function closeness({ pending, focus, intent, lexicon, chunks, at }: Reader, { table, column }: ValueHit): number {
  const next = tableOf(chunks[at + 1])?.table;
  const before = tableOf(chunks[at - 1])?.table;
  let score = 0;
  if (pending?.meanings.some((meaning) => meaning.column === column)) score += 8;
  if (next === table || before === table) score += 4;
  if (columnsOf(chunks[at + 1]).some((meaning) => meaning.column === column)) score += 4;
  if (table === focus) score += 2;
  if (intent.involved.has(table)) score += 2;
  const near = [...intent.involved];
  const distance = Math.min(9, ...near.map((other) => joinsTables(lexicon.ways, other, table)));
  score += (9 - distance) / 2;
  if (displayColumns(table).includes(column)) score += 0.25;
  return score;
}

function byPending(reader: Reader): Found | null {
  const { pending, intent } = reader;
  if (pending === null) return null;
  // `shipped by "Speedy"` says who, and no column that begins so.
  const isDone = prepositionBefore(reader) === "by" && pending.words.endsWith("ed");
  if (isDone && !pending.meanings.some(({ column }) => /by$/i.test(column?.name ?? ""))) return null;
  if (prepositionBefore(reader) === "of" && intent.items.length === 0) {
    // `the birth place of "Kevin Spacey"` asks for the column, and names what it is of.
    intent.items.push({ kind: "column", asked: pending });
    reader.pending = null;
    return null;
  }
  const meanings = pending.meanings.filter(
    ({ column, table }) => column && isText(column) && !isKeyLike(table, column),
  );
  return meanings.length > 0 ? { asked: { ...pending, meanings } } : null;
}

/** `the Sales department`, `the airline "JetBlue"`. */
function byTableBeside(reader: Reader): Found | null {
  const next = peek(reader, 1);
  const after = tableOf(next);
  if (after) {
    const [name] = displayColumns(after.table);
    if (name) return { asked: askedColumn(after.table, name), after: () => takeTable(reader, after.table) };
    // `did Woody Allen direct`: of what the join table ties to the rest.
    const tied = tiedBy(reader, after.table);
    const [own] = tied ? displayColumns(tied) : [];
    if (tied && own) return { asked: askedColumn(tied, own), after: () => takeTable(reader, after.table) };
  }
  const texts = columnsOf(next, isText);
  if (texts.length > 0 && next) {
    return { asked: asked(next.words, texts, reader.focus), after: () => void (reader.at += 1) };
  }
  const before = [
    reader.chunks[reader.at - 1],
    phraseOf(reader.chunks[reader.at - 1])?.kind === "named" ? reader.chunks[reader.at - 2] : undefined,
  ];
  for (const chunk of before) {
    const table = tableOf(chunk)?.table;
    const [name] = table ? displayColumns(table) : [];
    if (table && name) return { asked: askedColumn(table, name) };
  }
  return null;
}

/** The only table beside a join table that the question has not named. */
function tiedBy({ lexicon, focus, intent }: Reader, bridge: Table): Table | null {
  const others = (lexicon.ways.at.get(bridge.id) ?? [])
    .map(({ from, to }) => lexicon.ways.byId.get(from === bridge.id ? to : from))
    .filter(
      (table) =>
        table !== undefined && table !== focus && !intent.involved.has(table) && classOf(table.name) === "person",
    );
  return others.length === 1 ? (others[0] ?? null) : null;
}

function takeTable(reader: Reader, table: Table): void {
  reader.at += 1;
  reader.intent.involved.add(table);
  const first = reader.intent.items[0];
  if (reader.intent.items.length === 0 && reader.asksFor === null) reader.intent.items.push({ kind: "thing", table });
  else if (first?.kind === "count" && first.of === null && first.asked === undefined) first.of = table;
  reader.focus = table;
}

/** The second of `Berlin or Munich`. */
function byList({ last, joinsLast }: Reader): Found | null {
  return last && joinsLast !== null ? { asked: last.asked } : null;
}

/** `in Berlin` is a place, `by "Woody Allen"` a person. */
function byPreposition(reader: Reader, { text }: ValueChunk): Found | null {
  const { focus } = reader;
  const preposition = prepositionBefore(reader);
  if (focus === null) return null;
  if (["in", "from", "at", "to"].includes(preposition)) {
    const own = displayColumns(focus);
    const places = columnsByStem(focus, placeStems(text), (column) => isText(column) && !own.includes(column));
    if (places[0]) return { asked: askedColumn(focus, places[0]) };
  }
  if (preposition === "by") {
    const doers = focus.columns.filter((column) => isText(column) && /_?by$/i.test(column.name));
    if (doers.length === 1 && doers[0]) return { asked: askedColumn(focus, doers[0]) };
  }
  const target = nearestOfClass(reader, focus, text, preposition);
  const [name] = target ? displayColumns(target) : [];
  // Flights from Denver leave an airport in that city.
  const [place] =
    target && preposition !== "by"
      ? columnsByStem(target, COUNTRIES.has(text.toLowerCase()) ? ["country"] : ["city", "town"], isText)
      : [];
  return target && name ? { asked: askedColumn(target, place ?? name) } : null;
}

/** The only table of the right kind that is nearest: a person after `by`, an organization or place after `in`. */
function nearestOfClass({ lexicon }: Reader, focus: Table, text: string, preposition: string): Table | null {
  const [hint] = valueHints(`x ${preposition} ${/^\p{Lu}/u.test(text) ? text : `"${text}"`}`);
  const classes = new Set(preposition === "by" ? (["person"] as const) : hint?.classes);
  const near = lexicon.tables
    .filter((table) => table !== focus && displayColumns(table).length > 0)
    .flatMap((table) => {
      const kind = classOf(table.name);
      const distance = joinsTables(lexicon.ways, focus, table);
      return kind && classes.has(kind) && distance <= FARTHEST ? [{ table, distance }] : [];
    })
    .sort((a, b) => a.distance - b.distance);
  const [best, second] = near;
  return best && best.distance !== second?.distance ? best.table : null;
}

/** A thing two joins away is reached over one join table; what is farther is a guess. */
const FARTHEST = 2;

/** Countries by their usual names; what is not among them is taken for a city or state where there is such a column. */
const COUNTRIES = new Set(
  `afghanistan,algeria,argentina,australia,austria,bangladesh,belgium,bolivia,brazil,bulgaria,canada,chile,china,colombia,croatia,cuba,
  denmark,ecuador,egypt,england,estonia,ethiopia,finland,france,germany,ghana,greece,hungary,iceland,india,indonesia,iran,iraq,ireland,israel,
  italy,jamaica,japan,kenya,korea,latvia,lebanon,lithuania,luxembourg,malaysia,mexico,morocco,nepal,netherlands,new zealand,nigeria,norway,
  pakistan,peru,philippines,poland,portugal,romania,russia,saudi arabia,scotland,serbia,singapore,slovakia,slovenia,south africa,south korea,
  spain,sri lanka,sweden,switzerland,taiwan,thailand,tunisia,turkey,uganda,ukraine,united kingdom,uk,united states,usa,us,uruguay,venezuela,
  vietnam,wales,zimbabwe`.split(/,\s*/),
);

const CONTINENTS = new Set(["africa", "asia", "europe", "north america", "south america", "oceania", "antarctica"]);

/** States that are no usual name of a city. */
const STATES = new Set(
  `alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,hawaii,idaho,illinois,indiana,iowa,kansas,
  kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada,new hampshire,
  new jersey,new mexico,north carolina,north dakota,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina,south dakota,
  tennessee,texas,utah,vermont,virginia,west virginia,wisconsin,wyoming`.split(/,\s*/),
);

function placeStems(text: string): readonly string[] {
  if (COUNTRIES.has(text.toLowerCase())) return ["country", "nationality", "nation", "location", "region", "place"];
  if (CONTINENTS.has(text.toLowerCase())) return ["continent", "region", "area", "location"];
  if (/^[A-Z]{2}$/.test(text) || STATES.has(text.toLowerCase())) return ["state", "country", "location"];
  return ["city", "town", "location", "state", "county", "district", "region", "place", "address", "country"];
}

/** `the nationality of "Kevin Spacey"`: of the thing that has what is listed. */
function byItems(reader: Reader): Found | null {
  const { intent } = reader;
  const preposition = prepositionBefore(reader);
  if (preposition !== "of" && preposition !== "for") return null;
  const tables = new Set(
    intent.items.flatMap((item) =>
      item.kind === "column" && item.fn === undefined ? item.asked.meanings.map(({ table }) => table) : [],
    ),
  );
  const [only, ...others] = tables;
  const [name] = only ? displayColumns(only) : [];
  return only && name && others.length === 0 ? { asked: askedColumn(only, name) } : null;
}

/** In quotes, or after `named`: the name of what was spoken of last. */
function byDisplay({ focus, chunks, at, intent }: Reader, { isSure }: ValueChunk): Found | null {
  const isNamed = phraseOf(chunks[at - 1])?.kind === "named";
  if (focus === null || !(isNamed || (isSure && chunks[at - 1]?.kind === "mention"))) return null;
  const [name] = displayColumns(focus);
  return name && intent.items.length > 0 ? { asked: askedColumn(focus, name) } : null;
}

function sameColumn(a: Asked, b: Asked): boolean {
  return a.meanings.some((one) => b.meanings.some((other) => one.column === other.column));
}
