import type { Token } from "./tokens.ts";

/** What the tokens of one statement say about the blocks of a routine's body that are open. */
export interface Body {
  /** Open BEGIN, CASE, IF, LOOP, REPEAT, WHILE and FOR: a semicolon inside them belongs to the statement. */
  openings: number;
  /** Words seen so far at the start, in upper case, until the kind of the statement is known. */
  head: string[];
  isRoutine: boolean | null;
  /** The word or symbol before, in upper case. */
  previous: string;
}

export function newBody(): Body {
  return { openings: 0, head: [], isRoutine: null, previous: "" };
}

/** Takes the next token that is neither white space nor comment. */
export function takeBodyToken(body: Body, text: string, token: Token): void {
  if (body.isRoutine === false) return;
  const isWord = token.kind === "word" && token.end - token.start <= LONGEST_WORD;
  if (token.kind === "codeOpen" || token.kind === "codeClose") return;
  const word = isWord || token.kind === "symbol" ? text.slice(token.start, token.end).toUpperCase() : "";
  if (body.isRoutine === null) body.isRoutine = routineSoFar(body, word);
  if (body.isRoutine && token.kind === "word") count(body, word);
  body.previous = word;
}

/** True or false as soon as the first words tell; null before. */
function routineSoFar(body: Body, word: string): boolean | null {
  const { head } = body;
  if (head.length === 0) {
    head.push(word);
    return word === "CREATE" || word === "BEGIN" ? null : false;
  }
  // MariaDB runs compound statements outside of routines: BEGIN NOT ATOMIC … END.
  if (head[0] === "BEGIN") {
    if (word !== "NOT") return false;
    body.openings = 1;
    return true;
  }
  if (ROUTINES.has(word)) return true;
  if (NEVER_ROUTINES.has(word)) return false;
  head.push(word);
  return head.length > LONGEST_HEAD ? false : null;
}

function count(body: Body, word: string): void {
  const { previous } = body;
  if (previous === ".") return;
  if (word === "BEGIN" || word === "CASE") {
    if (previous !== "END") body.openings++;
    return;
  }
  if (word === "END") {
    if (body.openings > 0) body.openings--;
    return;
  }
  if (word === "FOR" ? LOOP_STARTS.has(previous) : BLOCKS.has(word) && BODY_STARTS.has(previous)) body.openings++;
}

/** Blocks that are statements; elsewhere the same words are functions or parts of clauses. */
const BLOCKS: ReadonlySet<string> = new Set(["IF", "LOOP", "REPEAT", "WHILE"]);
/** Behind these a statement begins; `FOR UPDATE` and `HANDLER FOR` stand behind others. */
const LOOP_STARTS: ReadonlySet<string> = new Set([";", ":", "THEN", "ELSE", "BEGIN", "DO", "LOOP", "REPEAT"]);
/** Behind these a body may begin without BEGIN. */
const BODY_STARTS: ReadonlySet<string> = new Set([...LOOP_STARTS, "ROW", ")", "DETERMINISTIC", "SQL", "DATA"]);
const ROUTINES: ReadonlySet<string> = new Set(["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE"]);
const NEVER_ROUTINES: ReadonlySet<string> = new Set([
  "TABLE",
  "VIEW",
  "INDEX",
  "DATABASE",
  "SCHEMA",
  "USER",
  "ROLE",
  "SEQUENCE",
  "SERVER",
  "UNIQUE",
  "TEMPORARY",
]);
/** `CREATE OR REPLACE DEFINER = 'shop' @ 'localhost' AGGREGATE FUNCTION`. */
const LONGEST_HEAD = 16;
const LONGEST_WORD = 16;
