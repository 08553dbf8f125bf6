import type { Token } from "./tokens.ts";

/** What the tokens of one statement say about where it ends and whether the engine may see it. */
export interface StatementShape {
  /** The first tokens: words in lower case, quoted names and strings without quotes, other characters as they are. */
  readonly head: string[];
  /** The word before, in lower case; "." for a dot, "" for any other token. */
  previous: string;
  openParens: number;
  /** Open `BEGIN ATOMIC` and, inside it, open `CASE`s. */
  openBodies: number;
  copiesFromStdin: boolean;
}

export function newShape(): StatementShape {
  return { head: [], previous: "", openParens: 0, openBodies: 0, copiesFromStdin: false };
}

/** Takes the next token that is neither white space nor comment. */
export function addToken(shape: StatementShape, token: Token, text: string): void {
  if (token.kind === "openParen") shape.openParens++;
  else if (token.kind === "closeParen" && shape.openParens > 0) shape.openParens--;
  // Most of a dump is long INSERTs: past the head only three kinds of statement have words that matter.
  const headIsFull = shape.head.length >= HEAD_LENGTH;
  if (headIsFull && !isRoutine(shape) && !isCopy(shape)) return;
  const word = token.kind === "word" ? keyWord(text, token) : "";
  if (!headIsFull) shape.head.push(word === "" ? plainText(text, token) : word);
  addWord(shape, word);
  shape.previous = token.kind === "dot" ? "." : word;
}

/** True when a `;` here belongs to the statement: a rule with several actions, or a routine's SQL body. */
export function keepsSemicolon(shape: StatementShape): boolean {
  return shape.openBodies > 0 || (shape.openParens > 0 && createdKind(shape) === "rule");
}

/** The encoding that `SET client_encoding` or `SET NAMES` asks for; null for every other statement. */
export function clientEncoding(shape: StatementShape): string | null {
  const setting = settingOf(shape);
  if (setting === null) return null;
  const [name, first, second] = setting;
  if (name === "names") return first ?? "";
  if (name !== "client_encoding") return null;
  return (first === "=" || first === "to" ? second : first) ?? "";
}

/** What the statement makes of `standard_conforming_strings`; null when it is about something else. */
export function standardStrings(shape: StatementShape): boolean | null {
  const setting = settingOf(shape);
  if (setting?.[0] !== "standard_conforming_strings") return null;
  return !["off", "false", "no", "0"].includes((setting[2] ?? "").toLowerCase());
}

/** Name and the tokens after it of a `SET`. */
function settingOf(shape: StatementShape): readonly string[] | null {
  const [verb, scope] = shape.head;
  if (verb !== "set") return null;
  const rest = shape.head.slice(scope === "session" || scope === "local" ? 2 : 1);
  return [(rest[0] ?? "").toLowerCase(), ...rest.slice(1)];
}

function addWord(shape: StatementShape, word: string): void {
  if (isCopy(shape) && shape.openParens === 0 && word === "stdin" && shape.previous === "from") {
    shape.copiesFromStdin = true;
    return;
  }
  if (!isRoutine(shape)) return;
  if (shape.openBodies === 0) {
    if (word === "atomic" && shape.previous === "begin" && shape.openParens === 0) shape.openBodies = 1;
    return;
  }
  // `new.end` and `AS case` are names, whatever they look like.
  if (shape.previous === "." || shape.previous === "as") return;
  if (word === "case") shape.openBodies++;
  else if (word === "end") shape.openBodies--;
}

function isCopy(shape: StatementShape): boolean {
  return shape.head[0] === "copy";
}

function isRoutine(shape: StatementShape): boolean {
  const kind = createdKind(shape);
  return kind === "function" || kind === "procedure";
}

/** The word after `CREATE` or `CREATE OR REPLACE`. */
function createdKind(shape: StatementShape): string | undefined {
  const { head } = shape;
  if (head[0] !== "create") return undefined;
  return head[1] === "or" && head[2] === "replace" ? head[3] : head[1];
}

/** `SET SESSION standard_conforming_strings = off` has five. */
const HEAD_LENGTH = 6;

/** The longest word that is ever compared, `standard_conforming_strings`. */
const LONGEST_KEY_WORD = 27;

function keyWord(text: string, token: Token): string {
  if (token.end - token.start > LONGEST_KEY_WORD) return "";
  return text.slice(token.start, token.end).toLowerCase();
}

function plainText(text: string, token: Token): string {
  const isQuoted = token.kind === "string" || token.kind === "quotedName";
  const inset = isQuoted ? 1 : 0;
  return text.slice(token.start + inset, Math.min(token.end - inset, token.start + inset + LONGEST_KEY_WORD));
}
