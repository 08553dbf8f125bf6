import type { Body, Grammar, TableExpr } from "#schemas/languages/sql/query/ast.ts";
import { isBuiltin } from "#schemas/languages/sql/query/builtin-functions.ts";
import { parseQuery } from "#schemas/languages/sql/query/parse-query.ts";
import { queryTokens, type QueryToken } from "#schemas/languages/sql/query/query-tokens.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import { placeInStatement } from "#schemas/languages/sql/postgres/parse-problem.ts";
import type { Problem } from "#schemas/problem.ts";
import { denialOfCall, denialOfTable, denialOfWord, hiddenCode, type Hidden } from "./denied-by-rule.ts";

/** A query that may run, or the one problem (QG501) that says why not and where. */
export type RuleVerdict =
  | { readonly ok: true; /** The statement alone, without `;`. */ readonly text: string; readonly parameters: number }
  | { readonly ok: false; readonly problem: Problem };

const HELP = "Only a single SELECT, VALUES, TABLE or WITH query is run; nothing may be changed.";

/**
 * The first wall of read-only access where another server than PostgreSQL answers. Its own parser is not at hand, so the
 * text has to pass twice: by its tokens, which no grammar can hide (no second statement, no word that begins one, no name
 * that acts, no comment that is code), and by its tree (one query that locks and writes nothing and calls nothing but
 * functions of the server). What our reader cannot read is refused: it is no proof of being harmless.
 */
export function guardByRule(sql: string, grammar: Grammar, file: string = "query"): RuleVerdict {
  const refusal = hiddenCode(sql, grammar) ?? refusalOfTokens(sql, grammar) ?? refusalOfTree(sql, grammar);
  if (refusal !== null) return { ok: false, problem: toProblem(refusal, sql, file) };
  const tokens = queryTokens(sql, grammar);
  const last = tokens.findLast(({ key }) => key !== ";");
  const text = sql.slice(tokens[0]?.start ?? 0, last?.end ?? 0);
  return { ok: true, text, parameters: parametersOf(tokens, grammar) };
}

type Refusal = Hidden;

function refusalOfTokens(sql: string, grammar: Grammar): Refusal | null {
  const tokens = queryTokens(sql, grammar);
  const [first] = tokens;
  if (first === undefined || first.key === ";")
    return { message: "There is no query in the text.", help: HELP, offset: 0 };
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.key === ";" && next !== undefined && next.key !== ";")
      return {
        message: "The text holds more than one statement.",
        help: "Run them one at a time.",
        offset: next.start,
      };
    const refused = refusalOfToken(token, { next, isPart: tokens[index - 1]?.key === ".", grammar });
    if (refused !== null) return { ...refused, offset: token.start };
  }
  return null;
}

interface Around {
  readonly next: QueryToken | undefined;
  /** Behind a dot a word is a name. */
  readonly isPart: boolean;
  readonly grammar: Grammar;
}

function refusalOfToken(token: QueryToken, { next, isPart, grammar }: Around): Omit<Refusal, "offset"> | null {
  const isCall = next?.key === "(";
  if (token.kind === "word" && !isPart) {
    const word = denialOfWord(token.key, grammar, { isCall });
    if (word !== null) return { message: `${token.key} is refused because it ${word}.`, help: HELP };
  }
  if (isCall && (token.kind === "word" || token.kind === "name")) {
    const call = denialOfCall(token.value, grammar);
    if (call !== null)
      return { message: `The function ${token.value} is refused because it ${call}.`, help: "Leave it out." };
  }
  if (token.key === ":=") return { message: "The query sets a variable.", help: HELP };
  if (token.kind === "variable" && !isParameter(token, grammar)) {
    const help =
      grammar === "mssql"
        ? "Values are @p1, @p2 … and are given in `params`."
        : "Values are ? and are given in `params`.";
    return { message: `The variable ${token.value} is refused: variables belong to the session or the server.`, help };
  }
  return null;
}

/** `@p1`, `@p2` … of T-SQL. */
const isParameter = ({ kind, value }: QueryToken, grammar: Grammar): boolean =>
  kind === "variable" && grammar === "mssql" && /^@p[1-9]\d{0,3}$/.test(value);

/** How many values the query asks for: as many as there are `?`, or the highest `@p` of T-SQL. */
function parametersOf(tokens: readonly QueryToken[], grammar: Grammar): number {
  if (grammar === "mysql") return tokens.filter(({ kind }) => kind === "parameter").length;
  const numbers = tokens.filter((token) => isParameter(token, grammar)).map(({ value }) => Number(value.slice(2)));
  return Math.max(0, ...numbers);
}

function refusalOfTree(sql: string, grammar: Grammar): Refusal | null {
  const parsed = parseQuery(sql, grammar);
  if (!parsed.ok) {
    const help = "What cannot be read cannot be told to be harmless. Correct or simplify the query.";
    return { message: `The query cannot be read: ${parsed.message}.`, help, offset: parsed.offset };
  }
  const { statement } = parsed;
  if (statement.kind !== "query")
    return { message: `${statement.kind.toUpperCase()} is not a query.`, help: HELP, offset: statement.start };
  let found: Refusal | null = null;
  const note = (message: string, help: string, offset: number): void => void (found ??= { message, help, offset });
  walkStatement(statement, {
    query({ locksRows, writes, start, body }) {
      for (const { name, start: at } of wholeTables(body)) noteName(name, at, note, grammar);
      if (writes) note("The query writes its rows somewhere.", HELP, start);
      if (locksRows) note("The query locks the rows it reads.", "Leave out FOR UPDATE and FOR SHARE.", start);
    },
    select({ into, writes, items, start }) {
      if (into !== undefined) note("SELECT INTO makes a table.", HELP, start);
      if (writes === true) note("The query writes its rows somewhere.", HELP, start);
      if (items.some(({ assigns }) => assigns !== undefined)) note("The query sets a variable.", HELP, start);
    },
    table: (table) => noteTable(table, note, grammar),
    expr(expr) {
      if (expr.kind === "call") noteCall(expr.name, expr.start, note, grammar);
      if (expr.kind === "operator" && expr.operator === "NEXT VALUE FOR")
        note("NEXT VALUE FOR moves a sequence on, which no transaction undoes.", HELP, expr.start);
    },
  });
  return found;
}

type Note = (message: string, help: string, offset: number) => void;

function noteTable(table: TableExpr, note: Note, grammar: Grammar): void {
  if (table.kind === "function") return noteCall(table.name, table.start, note, grammar);
  if (table.kind !== "table") return;
  noteName(table.name, table.start, note, grammar);
  if (table.hints.some((hint) => LOCKING_HINTS.has(hint)))
    note("The query locks the rows it reads.", "Leave out the table's lock hints.", table.start);
}

function noteName(name: readonly string[], offset: number, note: Note, grammar: Grammar): void {
  const denial = denialOfTable(name, grammar);
  if (denial !== null) note(`The table ${name.join(".")} is refused because it ${denial}.`, "Leave it out.", offset);
}

/** `TABLE orders` of MySQL, which the walk has no word for. */
function wholeTables(body: Body): readonly Extract<Body, { readonly kind: "whole table" }>[] {
  if (body.kind === "set") return [...wholeTables(body.left), ...wholeTables(body.right)];
  return body.kind === "whole table" ? [body] : [];
}

const LOCKING_HINTS: ReadonlySet<string> = new Set([
  "HOLDLOCK",
  "SERIALIZABLE",
  "TABLOCK",
  "TABLOCKX",
  "UPDLOCK",
  "XLOCK",
]);

/** A function that somebody made may do what no query does: only those of the server are called. */
function noteCall(name: readonly string[], offset: number, note: Note, grammar: Grammar): void {
  const last = name.at(-1) ?? "";
  if (name.length === 1 && isBuiltin(last, grammar)) return;
  const help = "Only the server's own functions are called here; whoever made another one can tell what it does.";
  note(`The function ${name.join(".")} is not one of the server's own.`, help, offset);
}

function toProblem({ message, help, offset }: Refusal, sql: string, file: string): Problem {
  const span = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const origin = placeInStatement({ span, text: sql, index: 0 }, offset);
  return { code: "QG501", severity: "error", message, help, origin };
}

/**
 * The tables of a query that has passed the guard, by what the query calls them, in lower case. Names that stand for two
 * tables are left out.
 */
export function tablesOf(sql: string, grammar: Grammar): ReadonlyMap<string, readonly string[]> {
  const parsed = parseQuery(sql, grammar);
  const found = new Map<string, readonly string[] | null>();
  const note = (called: string, name: readonly string[]): void => {
    const key = called.toLowerCase();
    const before = found.get(key);
    const isSame = before === undefined || before?.join("\0") === name.join("\0");
    found.set(key, isSame ? name : null);
  };
  if (parsed.ok)
    walkStatement(parsed.statement, {
      query({ body }) {
        for (const { name } of wholeTables(body)) note(name.at(-1) ?? "", name);
      },
      table(table) {
        if (table.kind === "table") note(table.alias ?? table.name.at(-1) ?? "", table.name);
        if (table.kind === "derived" && table.alias !== undefined) found.set(table.alias.toLowerCase(), null);
      },
    });
  return new Map([...found].flatMap(([called, name]) => (name === null ? [] : [[called, name] as const])));
}
