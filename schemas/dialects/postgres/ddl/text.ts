import { idPart, type ObjectId } from "../../../object-id.ts";

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const quoteList = (names: readonly string[]): string => names.map(quote).join(", ");

export const path = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  `${quote(schema)}.${quote(name)}`;

/** A text that means the same whether or not the server reads backslashes in plain literals. */
export function literal(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return doubled.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}

/**
 * The ids that a text of SQL may name, as `schema.name`: what stands there as a string or a column is among them, which
 * costs nothing where they only say what had better come first.
 */
export function mentioned(sql: string): readonly ObjectId[] {
  const ids: ObjectId[] = [];
  for (const [, left = "", right = ""] of sql.matchAll(PAIRS)) ids.push(`${part(left)}.${part(right)}`);
  return ids;
}

const NAME = String.raw`"(?:[^"]|"")+"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*`;
const PAIRS = new RegExp(`(${NAME})\\.(${NAME})`, "g");

const part = (word: string): string => (word.startsWith('"') ? idPart(word.slice(1, -1).replaceAll('""', '"')) : word);
