import { readAdjective } from "./read-adjective.ts";
import { joinsTables } from "./ways.ts";
import { classOf } from "../search/value-hints.ts";
import { peek, phraseOf, prepositionBefore, saysWhich, takePart, type Reader } from "./reader.ts";
import { splitWords } from "../search/tokenise.ts";
import { readValue } from "./read-value.ts";
import { readVerb } from "./read-verb.ts";

/** Verbs that tie the things of a schema together and are no names in it. */
const TYING =
  /^(?:play|perform|attend|enrol|enroll|teach|taught|work|visit|bought|buy|order|place|participat|host|us(?:e|ed|ing)|belong|live|liv|born|writ|wrote|publish|produc|direct|act|win|won|serv|suppl|treat|adopt|ship|sell|sold|own|come|came|ha[sd]|releas|creat|hir|start|end|began|begin|open|found|locat|contain|featur|star|appear|involv|go|gone|went|fly|flies|arriv|depart|land|leav|regist|complet|assign|manag|lead|led|receiv|award|earn|cost|weigh|speak|spoke|stud|join|list|review|rat|ran|run|do|done|was|written|paid|pay|bear|compet|visit|provid|ship|rent|borrow|driv|drove|mak|vot|represent|elect|graduat|transfer|prescrib|undergo|underw|offer|bas|operat|bill|certif|charg|stay|spent|spend|receiv|mention|reserv|book|stock|suppl|employ|reach|travel|leads?$|launch|score|gave|give|finish|lose|lost|process|handl|list|perform|includ|carr|follow|govern|host|stor|pass|fail|train|assist|support|consist)(?:[bdgklmnprt]?(?:ed|ing)|e|es|ing|s|d|t|n|en|y|ies|ied|ying)?$/;

/** Directors are not what it is to direct. */
const DOER =
  /(?:[^d]ers?|[^f]ors?|ions?|ments?|ists?|ances?)$(?<!^(?:deliver|enter|register|transfer|appear|offer|order|win)s?)/;

/** A word that is no name of the schema and no phrase: a verb that ties things, or the own name of one in small letters. */
export function readUnknown(reader: Reader, words: string): void {
  const lower = words.toLowerCase();
  if (readAdjective(reader, words)) return;
  if (!reader.negated && isBeforeThing(reader, lower)) {
    reader.intent.unexplained.push(words);
    reader.at += 1;
    return;
  }
  if (/^(?:people|persons?|those)$/.test(lower) && readPeople(reader)) return;
  if (isPartOfName(reader, lower)) {
    reader.at += 1;
    return;
  }
  if (reader.at > 0 && readVerb(reader, words)) return;
  const isKnown = TYING.test(lower) && lower.length <= 13 && !DOER.test(lower);
  if (!isKnown && !mayTie(reader, lower)) {
    readLowerName(reader, words);
    return;
  }
  // `illustrated by the artist "Ada"`: the column says what the verb does.
  const by = phraseOf(peek(reader, 1));
  const column = peek(reader, 2)?.words === "the" ? peek(reader, 3) : peek(reader, 2);
  const isBy = by?.kind === "preposition" && by.word === "by" && column?.kind === "mention";
  if (!isKnown && !isBy) reader.verbs.push(words);
  reader.at += 1;
}

/** `pets owned by people in Texas`: the only table of persons beside the thing that is spoken of. */
function readPeople(reader: Reader): boolean {
  const { focus, lexicon } = reader;
  if (focus === null) return false;
  const found = lexicon.tables.filter(
    (table) => table !== focus && classOf(table.name) === "person" && joinsTables(lexicon.ways, focus, table) === 1,
  );
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return false;
  takePart(reader, only);
  reader.focus = only;
  reader.at += 1;
  return true;
}

/** `how many tickets were sold`, of `tickets_sold`: the rest of the name of what is listed or was named last. */
function isPartOfName({ intent, pending }: Reader, word: string): boolean {
  const last = intent.items.at(-1);
  const named = [...(pending ? [pending] : []), ...(last?.kind === "column" ? [last.asked] : [])];
  return named.some(({ meanings }) =>
    meanings.some(({ column }) => column && splitWords(column.name).slice(1).includes(word)),
  );
}

/** `the cancelled orders`: said of a thing, a verb tells which ones, and nothing here knows. */
function isBeforeThing(reader: Reader, lower: string): boolean {
  return /(?:ed|ing)$/.test(lower) && saysWhich(reader);
}

/** `conductors that have conducted orchestras`: an unknown verb between two things. */
function mayTie(reader: Reader, lower: string): boolean {
  if (!/(?:ed|ing)$/.test(lower)) return false;
  const before = reader.chunks[reader.at - 1];
  const next = peek(reader, 1);
  const link = phraseOf(before)?.kind;
  const follows =
    before?.kind === "mention" || link === "have" || link === "relative" || link === "noise" || link === "both";
  const goesOn =
    next === undefined ||
    next.kind === "mention" ||
    next.kind === "stop" ||
    ["compare", "superlative", "preposition", "not", "noise"].includes(phraseOf(next)?.kind ?? "");
  return follows && goesOn && phraseOf(reader.chunks[reader.at - 1])?.kind !== "count";
}

/** A word that is no name of the schema, right after a preposition: the own name of a thing, in small letters. */
function readLowerName(reader: Reader, words: string): void {
  // Somebody who writes names small writes all of them small.
  if (reader.chunks.some(({ words: other, kind }, at) => at > 0 && kind !== "number" && /\p{Lu}/u.test(other))) return;
  const isAfter = ["in", "of", "from", "at", "by", "on"].includes(prepositionBefore(reader));
  const before = reader.chunks[reader.at - 1];
  const next = peek(reader, 1);
  if (!isAfter && phraseOf(before)?.kind !== "named" && !(before?.kind === "mention" && reader.pending !== null))
    return;
  const more = next?.kind === "unknown" ? [next.words] : [];
  const text = [words, ...more].join(" ");
  const begin = reader.at;
  reader.at += more.length;
  readValue(reader, { kind: "value", words: text, text, hits: [], isSure: false }, true);
  if (reader.at === begin + more.length) reader.at = begin;
}
