import type { Context } from "./context.ts";
import type { Reader } from "./reader.ts";

/**
 * Passes a statement that is no part of a schema. T-SQL needs no semicolons, so where it ends follows from its first
 * word and from the words that begin statements; one pass over its tokens.
 */
export function skipData(context: Context): void {
  const { reader } = context;
  const verb = reader.peek().key === "WITH" ? skipCtes(reader) : reader.peek().key;
  const head = reader.next();
  if (head.kind === "end") return;
  if (verb === "MERGE") {
    // The only statement that must end with a semicolon.
    while (!reader.isAtEnd && !reader.is(";")) if (!reader.skipParens()) reader.next();
    return;
  }
  if (verb === "GRANT" || verb === "REVOKE" || verb === "DENY") {
    while (!reader.isAtEnd && !reader.is(";") && !reader.is("TO") && !reader.is("FROM")) reader.next();
  }
  const allowed = new Set(CONTINUES[verb] ?? []);
  let cases = 0;
  while (!reader.isAtEnd && !reader.is(";")) {
    const { key } = reader.peek();
    if (key === "CASE") cases++;
    else if (key === "END" && cases > 0) cases--;
    else if (cases === 0 && context.isStatementStart()) {
      if (!goesOn(reader, verb, allowed)) return;
      allowed.delete(key);
    }
    if (!reader.skipParens()) reader.next();
  }
}

/** Moves to the verb behind the common table expressions. */
function skipCtes(reader: Reader): string {
  const start = reader.at;
  while (!reader.isAtEnd && !reader.is(";") && !VERBS.has(reader.peek().key)) if (!reader.skipParens()) reader.next();
  if (VERBS.has(reader.peek().key)) return reader.peek().key;
  reader.at = start;
  return "WITH";
}

/** Whether a word that begins statements belongs to this one here. */
function goesOn(reader: Reader, verb: string, allowed: ReadonlySet<string>): boolean {
  const { key } = reader.peek();
  if (verb === "DECLARE" || verb === "SET")
    return (key === "SELECT" || key === "UPDATE") && reader.peek(-1).key === "FOR";
  if (verb === "ALTER" || verb === "CREATE")
    return key === "SET" || (key === "DROP" && verb === "ALTER") || key === "END";
  return allowed.has(key);
}

/** Words that begin statements elsewhere and that each of these may contain once. */
const CONTINUES: Readonly<Record<string, readonly string[]>> = {
  INSERT: ["SELECT", "EXEC", "EXECUTE"],
  UPDATE: ["SET"],
  BULK: ["INSERT"],
};
const VERBS: ReadonlySet<string> = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"]);
